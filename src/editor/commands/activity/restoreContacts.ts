import { type NamedResult, restoreSummary, restoreWords, resultSentence } from "../../shown/summaries";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import { isSuccess } from "../../../dialler/runs/actionReport";
import { contactFromRecord } from "../../../dialler/api/record/contact";
import { type RestoreReport, restoreRun } from "../../../dialler/journal/restoreRun";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { restorableItems } from "../../../dialler/runs/runResults";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { sentenceOf } from "../ask/confirmWords";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { warningsText, wholeLevel } from "../call/resultRemarks";
import { RunProgress } from "../progress/progress";
import { Refusal } from "../call/refusal";
import { chosenRun, isChosen } from "./chosenRun";
import { changingConnectionOfRun, type ReopenedRun, withReopenedRun } from "./reopenRun";

/** Re-creates deleted contacts from the journal, unless they are still on the server. */
export async function restoreContacts(
  parts: Parts,
  args: readonly unknown[],
): Promise<RestoreReport | undefined> {
  const chosen = await chosenRun(parts, args, {
    title: l10n.t("Restore Contacts"),
    applies: (snapshot) => remediesOf(snapshot).restore.length > 0,
    otherwise: nothingToRestore(),
    none: l10n.t("There is no run with contacts that can be restored."),
  });
  if (chosen === undefined) return undefined;
  const connection = await changingConnectionOfRun(parts, chosen.snapshot);
  const entries = restorableItems(chosen.snapshot)
    .filter((number) => isChosen(chosen, number))
    .map((number) => ({ id: chosen.snapshot.items[number]?.id, name: chosen.snapshot.items[number]?.name }));
  if (entries.length === 0) throw new Refusal(nothingToRestore());
  if (!(await parts.ask.restoreContacts(entries, placeOf(parts, connection)))) return undefined;
  return withReopenedRun(parts, chosen.snapshot.plan.run, connection, async (reopened) => {
    // Read again: another window may have restored them since.
    const numbers = restorableItems(reopened.recorder.snapshot()).filter((number) =>
      isChosen(chosen, number),
    );
    if (numbers.length === 0) throw new Refusal(nothingToRestore());
    const report = await restoring(parts, reopened, new Set(numbers));
    if (parts.store.state.kind !== "opened") await parts.store.refresh();
    return report;
  });
}

function nothingToRestore(): string {
  return l10n.t(
    "Nothing in this run can be restored: it was restored already, no record was kept, or the record lacks a name, campaign or phone number.",
  );
}

async function restoring(
  parts: Parts,
  { connection, recorder }: ReopenedRun,
  numbers: ReadonlySet<number>,
): Promise<RestoreReport> {
  const { plan } = recorder;
  const { lockField } = parts.preferences.now;
  const endpoint = connection.endpoint.name;
  const place = placeOf(parts, connection);
  let skipAll = false;
  let mayRead: boolean | undefined;
  const report = await parts.progress.cancellable(
    l10n.t("Restoring contacts on {endpoint}", { endpoint: plainText(endpoint, 40) }),
    (tell, cancelled) => {
      const progress = new RunProgress(numbers.size, tell, parts.channel);
      return restoreRun(parts.history.records(plan.run, numbers), numbers, {
        client: connection.client,
        endpoint,
        lockField,
        cancelled,
        recorder,
        redact: (text) => parts.secrets.redact(text),
        mayReadWholeList: async () => (mayRead ??= await parts.ask.readWholeList(place)),
        mayDuplicate: async (existing, record) => {
          if (skipAll) return false;
          const answer = await parts.ask.mayDuplicate(contactFromRecord(record, lockField), existing, place);
          skipAll = answer === "skipAll";
          return answer === "make";
        },
        mayTryAgain: (record) => parts.ask.mayTryAgain(contactFromRecord(record, lockField), place),
        onWarning: ({ line, level }) => parts.channel.say(level, line),
        onPause: progress.onPause,
        onPace: progress.onPace,
        onSettling: progress.onSettling,
        onResult: ({ line, level }, finished) => {
          parts.channel.say(level, line);
          progress.finish(finished);
        },
      });
    },
  );
  const { counts } = report;
  const success = isSuccess(report);
  const snapshot = recorder.snapshot();
  const restored = [...numbers].flatMap((number) => snapshot.items[number]?.restored ?? []);
  const warnings = plainText(parts.discreet(warningsText(restored)), 300);
  parts.channel.say(wholeLevel(success, restored), restoreSummary(report));
  const results = namedResults(parts, report, snapshot, numbers);
  const isWhole = success && counts.skipped + counts.notAttempted === 0;
  void parts.notify({
    level: isWhole && warnings === "" ? "success" : success ? "warning" : "error",
    sentence: [
      resultSentence(restoreWords, plainText(endpoint, 40), results),
      reasonOf(parts, report),
      warnings,
    ]
      .filter((part) => part !== "")
      .join(" "),
    steps: ["showLog"],
  });
  return report;
}

/** Why the first contact was not restored; empty if all were. */
function reasonOf({ discreet }: Parts, { items }: RestoreReport): string {
  const outcomes = ["failed", "unknown", "skipped"] as const;
  const [first] = outcomes.flatMap((outcome) => items.find((item) => item.outcome === outcome) ?? []);
  return plainText(discreet(sentenceOf(first?.reason ?? "")), 300);
}

/** Each contact under its new ID, or under the old one if it was not restored. */
function namedResults(
  { discreet, history }: Parts,
  report: RestoreReport,
  snapshot: RunSnapshot,
  numbers: ReadonlySet<number>,
): NamedResult[] {
  const endings = new Map(report.items.map((item) => [item.id, item]));
  const { items } = history.completed(snapshot);
  return [...numbers].map((number): NamedResult => {
    const { id, name } = items[number] ?? {};
    const ending = endings.get(id ?? null);
    return {
      outcome: ending?.outcome ?? "notAttempted",
      id: ending?.newId ?? id,
      name: name === undefined ? undefined : discreet(name),
    };
  });
}
