import { outcomes, type Restored } from "../../../dialler/runs/outcome";
import { type EntryState, outlineOf, type RunVerdict } from "../../../dialler/runs/runOutline";
import { recordedAction } from "../../../dialler/runs/recordedAction";
import { isLive } from "../../../dialler/runs/runRemedies";
import { resultOf } from "../../../dialler/runs/runResults";
import type { RunEntry, RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { outcomeWord } from "../../shown/outcomeWords";
import { plainLine, plainText } from "../../shown/plainText";
import { sentenceStart } from "../../shown/summaries";
import { contactsText, namedInSentence, whoText } from "../../shown/who";

/** How the Activity view writes texts. */
export interface Speech {
  /** Of the user's interface, such as "de". */
  readonly language: string;
  redact(text: string): string;
}

/** "Deleted Birkenwald, Käthe", "Locked 25 contacts", "Deleted 42 of 100 contacts". */
export function runLabel(snapshot: RunSnapshot, speech: Speech): string {
  const { counts } = outlineOf(snapshot);
  const { achieved, planned } = snapshot.total ?? {
    achieved: counts.done + counts.gone,
    planned: snapshot.items.length,
  };
  const done = recordedAction(snapshot.plan.action).participle();
  const contacts = snapshot.items.length === 0 ? undefined : namesIn(snapshot, speech);
  if (achieved === planned) {
    const values = { done, contacts: contacts ?? contactsText(planned) };
    return sentenceStart(l10n.t("{done} {contacts}", values), done);
  }
  // With one contact that is not done, a count would not say which one.
  if (planned === 1 && contacts !== undefined && isLive(snapshot))
    return l10n.t("{contacts}: being {done}", { done, contacts });
  if (planned === 1 && contacts !== undefined) return l10n.t("{contacts}: not {done}", { done, contacts });
  const values = { done, achieved: l10n.number(achieved), planned: l10n.number(planned) };
  return sentenceStart(
    planned === 1
      ? l10n.t("{done} {achieved} of {planned} contact", values)
      : l10n.t("{done} {achieved} of {planned} contacts", values),
    done,
  );
}

/** Up to three contacts by name, or by ID where the session knows no name; undefined for more. */
function namesIn({ items }: RunSnapshot, speech: Speech): string | undefined {
  if (items.length > namedInSentence) return undefined;
  const named = items.map((item) => ({ ...item, name: shownName(item, speech) }));
  return whoText(named, "count");
}

function shownName({ name }: RunEntry, speech: Speech): string | undefined {
  return name === undefined ? undefined : plainText(speech.redact(plainLine(name)), 60) || undefined;
}

/** The state of the run, what did not end as planned, where it was, and when it began. */
export function runDescription(snapshot: RunSnapshot, speech: Speech): string {
  const where = plainText(snapshot.plan.endpoint, 40);
  const parts = [verdictNote(snapshot), ...runNotes(snapshot), where, shortTimeOf(snapshot, speech)];
  return parts.filter((part) => part !== "").join(" · ");
}

/** For a screen reader: the state comes first. */
export function runSpoken(snapshot: RunSnapshot, speech: Speech): string {
  const where = plainText(snapshot.plan.endpoint, 40);
  const parts = [
    stateText(snapshot),
    runLabel(snapshot, speech),
    ...runNotes(snapshot),
    where,
    shortTimeOf(snapshot, speech),
  ];
  return parts.filter((part) => part !== "").join(". ");
}

/** Empty where the counts already say it. */
function verdictNote(snapshot: RunSnapshot): string {
  const { verdict, settled, counts } = outlineOf(snapshot);
  const planned = snapshot.items.length;
  switch (verdict) {
    case "running":
      if (settled === planned) return l10n.t("running");
      if (planned === 1)
        return counts.settling === 1
          ? l10n.t("running: the answer was lost; looking again")
          : l10n.t("running: waiting for the answer");
      return l10n.t("running {settled} of {planned}", {
        settled: l10n.number(settled),
        planned: l10n.number(planned),
      });
    case "elsewhere":
      return l10n.t("running in another window");
    case "otherMachine": {
      const host = hostOf(snapshot);
      return host === "" ? l10n.t("running elsewhere") : l10n.t("running elsewhere ({host})", { host });
    }
    case "interrupted":
      return l10n.t("interrupted");
    case "undone":
      return l10n.t("undone");
    case "problem":
    case "incomplete":
    case "warned":
    case "done":
      return "";
  }
}

/** The state of a run, and the name of the machine that it is running on if that is another one. */
export function stateText(snapshot: RunSnapshot): string {
  const { verdict } = outlineOf(snapshot);
  const host = hostOf(snapshot);
  return verdict === "otherMachine" && host !== ""
    ? l10n.t("Running elsewhere ({host})", { host })
    : verdictWord(verdict);
}

/** The name of the machine that wrote last; empty if it is not known. */
function hostOf({ owner }: RunSnapshot): string {
  return plainText(owner.host ?? "", 60);
}

function verdictWord(verdict: RunVerdict): string {
  switch (verdict) {
    case "running":
      return l10n.t("Running");
    case "elsewhere":
      return l10n.t("Running in another window");
    case "otherMachine":
      return l10n.t("Running elsewhere");
    case "interrupted":
      return l10n.t("Interrupted");
    case "undone":
      return l10n.t("Undone");
    case "problem":
      return l10n.t("With failures");
    case "incomplete":
      return l10n.t("Incomplete");
    case "warned":
      return l10n.t("Done with a warning");
    case "done":
      return l10n.t("Done");
  }
}

/** The counts other than `done`, and how many deleted contacts were restored since. */
function runNotes(snapshot: RunSnapshot): string[] {
  const { counts, restored, warned } = outlineOf(snapshot);
  const states: readonly EntryState[] = [
    ...outcomes,
    ...(snapshot.items.length > 1 ? (["settling"] as const) : []),
  ];
  const others = states.filter((state) => state !== "done" && counts[state] > 0);
  const notes = [countsText(others, counts)];
  if (warned.size > 0) notes.push(warningsText(warned.size));
  if (restored.done > 0) notes.push(l10n.t("{count} restored", { count: l10n.number(restored.done) }));
  if (restored.failed > 0)
    notes.push(l10n.t("{count} could not be restored", { count: l10n.number(restored.failed) }));
  if (restored.unknown > 0)
    notes.push(l10n.t("{count} may have been restored", { count: l10n.number(restored.unknown) }));
  return notes.filter((note) => note !== "");
}

function warningsText(count: number): string {
  return count === 1
    ? l10n.t("1 with a warning")
    : l10n.t("{count} with a warning", { count: l10n.number(count) });
}

/** "1 gone, 2 failed". */
export function countsText<S extends EntryState>(
  states: readonly S[],
  counts: Readonly<Record<S, number>>,
): string {
  return states
    .filter((state) => counts[state] > 0)
    .map((state) => `${l10n.number(counts[state])} ${stateWord(state)}`)
    .join(", ");
}

export function stateWord(state: EntryState): string {
  if (state === "underWay") return l10n.t("under way");
  if (state === "settling") return l10n.t("answer lost, looking again");
  return state === "waiting" ? l10n.t("waiting") : outcomeWord(state);
}

export function timeOf({ plan }: RunSnapshot, speech: Speech): string {
  return momentText(Date.parse(plan.startedAt), speech) ?? plainText(plan.startedAt, 30);
}

/** The time alone for today, else with the date. */
export function shortTimeOf(snapshot: RunSnapshot, speech: Speech, now = new Date()): string {
  const at = new Date(snapshot.plan.startedAt);
  if (at.toDateString() !== now.toDateString()) return timeOf(snapshot, speech);
  return new Intl.DateTimeFormat(speech.language, { timeStyle: "short" }).format(at);
}

/** Local time, short; undefined when `at` is not a time. */
export function momentText(at: number, { language }: Speech): string | undefined {
  return Number.isFinite(at)
    ? new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(at)
    : undefined;
}

/** "Birkenwald, Käthe · CRM-000441", else the ID in place of what is not known. */
export function entryLabel(snapshot: RunSnapshot, index: number, speech: Speech): string {
  const item = snapshot.items[index];
  if (item === undefined) return l10n.t("No contact");
  const id = item.id === undefined ? "" : `#${item.id}`;
  const name = shownName(item, speech) ?? id;
  const key = plainText(item.userData ?? "", 80) || (name === id ? "" : id);
  return [name, key].filter((part) => part !== "").join(" · ") || l10n.t("No contact");
}

/** The outcome, its reason, and whether the contact was restored since. */
export function entryDescription(snapshot: RunSnapshot, index: number, speech: Speech): string {
  const state = outlineOf(snapshot).states[index];
  const item = snapshot.items[index];
  if (state === undefined || item === undefined) return "";
  const reason = item.pending ? "" : reasonText(resultOf(item).reason, speech);
  const word = stateWord(state);
  const since = item.restored === undefined ? "" : sinceText(snapshot, item.restored, speech);
  return [reason === "" ? word : `${word}: ${reason}`, since].filter((part) => part !== "").join(" · ");
}

/** In a live run an unknown restore is still in progress. */
function sinceText(snapshot: RunSnapshot, restored: Restored, speech: Speech): string {
  return isLive(snapshot) && restored.outcome === "unknown"
    ? l10n.t("being restored")
    : restoredText(restored, speech);
}

export function restoredText({ outcome, newId, reason }: Restored, speech: Speech): string {
  const why = reasonText(reason, speech);
  const said = restoredWord(outcome, newId);
  return why === "" ? said : `${said}: ${why}`;
}

function restoredWord(outcome: Restored["outcome"], newId: number | undefined): string {
  switch (outcome) {
    case "done":
      return newId === undefined ? l10n.t("restored") : l10n.t("restored as #{id}", { id: newId });
    case "skipped":
      return l10n.t("restore was skipped");
    case "failed":
      return l10n.t("could not be restored");
    case "unknown":
      return l10n.t("may have been restored");
  }
}

/** A reason may quote the server, and the server's text may contain the token. */
export function reasonText(reason: string | undefined, speech: Speech): string {
  return reason === undefined ? "" : plainText(speech.redact(plainLine(reason)), 200);
}

/** Every outcome that occurs, the planned one included. */
export function allCounts(snapshot: RunSnapshot): string {
  const states: readonly EntryState[] = [...outcomes, "underWay", "settling", "waiting"];
  return countsText(states, outlineOf(snapshot).counts);
}
