import type { RestoreReport } from "../../dialler/journal/restoreRun";
import type { ActionReport } from "../../dialler/runs/actionReport";
import { type Outcome, outcomes } from "../../dialler/runs/outcome";
import { type ActionRow, recordedAction } from "../../dialler/runs/recordedAction";
import type { ImportReport } from "../../dialler/transfer/importReport";
import * as l10n from "../../l10n";
import { outcomeMeaning, outcomeWord } from "./outcomeWords";
import { type NamedContact, namedInSentence, whoText } from "./who";

/** The words of an action in results. */
export type ResultWords = Pick<ActionRow, "participle" | "headline">;

/** One contact of a result, as a person is told about it. */
export interface NamedResult extends NamedContact {
  readonly outcome: Outcome;
}

/** Restores are results, but no runs of their own. */
export const restoreWords: ResultWords = {
  participle: () => l10n.t("restored"),
  headline: (achieved, planned, endpoint) =>
    l10n.t("Restored {achieved} of {planned} on {endpoint}", {
      achieved: l10n.number(achieved),
      planned: l10n.number(planned),
      endpoint,
    }),
};

/** For the log: "Deleted 42 of 100 on production: 41 done, 1 gone, …", and the IDs of up to three contacts. No names. */
export function actionSummary({ action, endpoint, items }: ActionReport): string {
  const results = items.map(({ id, outcome }) => ({ id: id ?? undefined, outcome }));
  return loggedSummary(recordedAction(action), endpoint, results);
}

/** For the log: "Imported 42 of 100 on test: 42 done, 58 skipped." */
export function importSummary({ endpoint, items }: ImportReport): string {
  const results = items.map(({ id, outcome }) => ({ id: id ?? undefined, outcome }));
  return loggedSummary(recordedAction("import"), endpoint, results);
}

/** For the log: "Restored 58 of 60 on production: 58 done, 1 failed, 1 skipped." */
export function restoreSummary({ endpoint, counts, items }: RestoreReport): string {
  const rest = Array.from({ length: counts.notAttempted }, () => ({ outcome: "notAttempted" }) as const);
  const results = items.map(({ id, newId, outcome }) => ({ id: newId ?? id ?? undefined, outcome }));
  return loggedSummary(restoreWords, endpoint, [...results, ...rest]);
}

function loggedSummary(words: ResultWords, endpoint: string, results: readonly NamedResult[]): string {
  const groups = groupsOf(results);
  const headline = words.headline(achievedIn(results), results.length, endpoint);
  const parts = groups.map(({ outcome, of }) => `${l10n.number(of.length)} ${outcomeWord(outcome)}`);
  const counted = parts.length === 0 ? `${headline}.` : `${headline}: ${parts.join(", ")}.`;
  const ids = results.flatMap(({ id }) => (id === undefined ? [] : [`#${id}`]));
  if (ids.length === 0 || results.length > namedInSentence) return counted;
  const list = ids.join(", ");
  const which =
    ids.length === 1 ? l10n.t("Contact: {ids}.", { ids: list }) : l10n.t("Contacts: {ids}.", { ids: list });
  return `${counted} ${which}`;
}

/**
 * For a person: names up to three contacts, of more it tells the counts. "Locked Bünzli, Beat #40516 on test.";
 * "Deleted 42 of 100 contacts on production: 41 deleted, 2 failed, 57 not attempted."
 */
export function resultSentence(
  words: ResultWords,
  endpoint: string,
  results: readonly NamedResult[],
): string {
  const groups = groupsOf(results);
  const [only] = groups;
  if (only === undefined) return `${words.headline(0, 0, endpoint)}.`;
  const done = words.participle();
  const planned = results.length;
  const isNamed = planned <= namedInSentence;
  if (groups.length === 1 && (isNamed || only.outcome === "done")) {
    return oneGroup(only, whoText(results), done, endpoint);
  }
  const parts = groups.map(({ outcome, of }) => {
    const counted = `${l10n.number(of.length)} ${outcomeMeaning(outcome, done)}`;
    return isNamed ? `${counted} (${whoText(of)})` : counted;
  });
  const head = sentenceStart(
    planned === 1
      ? l10n.t("{done} {achieved} of {planned} contact on {endpoint}", values())
      : l10n.t("{done} {achieved} of {planned} contacts on {endpoint}", values()),
    done,
  );
  return `${head}: ${parts.join(", ")}.`;

  function values(): Record<string, string> {
    return {
      done,
      achieved: l10n.number(achievedIn(results)),
      planned: l10n.number(planned),
      endpoint,
    };
  }
}

interface Group {
  readonly outcome: Outcome;
  readonly of: readonly NamedResult[];
}

/** All contacts ended alike. */
function oneGroup({ outcome, of }: Group, contacts: string, done: string, endpoint: string): string {
  const values = { done, contacts, endpoint };
  switch (outcome) {
    case "done":
      return sentenceStart(l10n.t("{done} {contacts} on {endpoint}.", values), done);
    case "gone":
      return sentenceStart(
        l10n.t("{done} {contacts} on {endpoint} (not confirmed by the server; no longer there).", values),
        done,
      );
    case "unknown":
      return l10n.t("{contacts} may have been {done} on {endpoint}.", values);
    case "notFound":
      return notFoundSentence(of, values);
    case "failed":
    case "skipped":
    case "notAttempted": {
      const told = { ...values, outcome: outcomeWord(outcome) };
      return of.length === 1
        ? l10n.t("{contacts} was not {done} on {endpoint}: {outcome}.", told)
        : l10n.t("{contacts} were not {done} on {endpoint}: {outcome}.", told);
    }
  }
}

function notFoundSentence(
  [only, ...others]: readonly NamedResult[],
  values: Readonly<Record<"done" | "contacts" | "endpoint", string>>,
): string {
  if (others.length > 0)
    return l10n.t("{contacts} were not {done} on {endpoint}: the server has no such contacts.", values);
  return only?.id === undefined && only?.userData !== undefined
    ? l10n.t("No contact on {endpoint} has UserData {contacts}.", values)
    : l10n.t("{contacts} was not {done} on {endpoint}: the server has no such contact.", values);
}

/** A sentence that starts with the participle starts with a capital letter; a name stays as it is. */
export function sentenceStart(sentence: string, participle: string): string {
  return sentence.startsWith(participle)
    ? `${sentence.charAt(0).toLocaleUpperCase()}${sentence.slice(1)}`
    : sentence;
}

/** The outcomes that occur, in their order. */
function groupsOf(results: readonly NamedResult[]): Group[] {
  return outcomes
    .map((outcome) => ({ outcome, of: results.filter((result) => result.outcome === outcome) }))
    .filter(({ of }) => of.length > 0);
}

function achievedIn(results: readonly NamedResult[]): number {
  return results.filter(({ outcome }) => outcome === "done" || outcome === "gone").length;
}
