import type { ActionReport } from "../../../dialler/runs/actionReport";
import { isAction } from "../../../dialler/runs/contactAction";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { itemsThatEnded, reportOfRun } from "../../../dialler/runs/runResults";
import type { Source } from "../../../dialler/runs/confirmationRule";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { refuseUnderWay } from "../change/refuseUnderWay";
import { reportRun } from "../change/reportRun";
import { type ChosenRun, chosenRun, isChosen } from "./chosenRun";
import { changingConnectionOfRun, type ReopenedRun, withReopenedRun } from "./reopenRun";
import { nothingVerified, unknownOf, verifyWithProgress } from "./verifyRun";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import { type EntryResult, outcomeDetails } from "../../../dialler/runs/outcome";
import { restOfRun } from "../../../dialler/runs/restOfRun";
import { confirmChange } from "../change/confirmChange";
import { runWithProgress } from "../change/runWithProgress";

/** Finishes a run that was cancelled, stopped or interrupted: verifies unknown items and sends only the rest. */
export async function resumeRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("This run is complete.");
  const applies = (snapshot: RunSnapshot): boolean => remediesOf(snapshot).resume.length > 0;
  const chosen = await chosenRun(parts, args, {
    title: l10n.t("Resume Run of Contacts"),
    applies,
    otherwise,
    none: l10n.t("There is no run to resume."),
  });
  return chosen && finishRun(parts, chosen, restOf, otherwise);
}

/** Sends the failed items of a run once more. */
export async function retryRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const [title, otherwise] = [l10n.t("Retry Failed Contacts"), l10n.t("Nothing in this run failed.")];
  const none = l10n.t("There is no run with failed contacts.");
  const applies = (snapshot: RunSnapshot): boolean => remediesOf(snapshot).retryFailed.length > 0;
  const chosen = await chosenRun(parts, args, { title, applies, otherwise, none });
  return chosen && finishRun(parts, chosen, failedOf, otherwise);
}

async function finishRun(
  parts: Parts,
  chosen: ChosenRun,
  which: (snapshot: RunSnapshot) => number[],
  nothingLeft: string,
): Promise<ActionReport> {
  const connection = await changingConnectionOfRun(parts, chosen.snapshot);
  return withReopenedRun(parts, chosen.snapshot.plan.run, connection, async (reopened) => {
    // Read again: another window may have continued the run since the row was drawn.
    const before = reopened.recorder.snapshot();
    const wanted = which(before).filter((number) => isChosen(chosen, number));
    if (wanted.length === 0) throw new Refusal(nothingLeft);
    const unknown = unknownOf(before).filter((number) => wanted.includes(number));
    const { results, pending, cancelled } =
      unknown.length === 0 ? nothingVerified : await verifyWithProgress(parts, reopened, unknown);
    const snapshot = reopened.recorder.snapshot();
    if (cancelled) {
      const report = reportOfRun(snapshot);
      reportRun(parts, report, results, { run: parts.history.completed(snapshot), tried: new Set(unknown) });
      return report;
    }
    // An unknown item that was read and is unchanged is sent again, by its ID; one that could not be read is not.
    const done = new Set(itemsThatEnded(snapshot, "done", "gone", "notFound"));
    const unread = new Set(itemsThatEnded(snapshot, "unknown").filter((number) => !pending.has(number)));
    const rest = wanted.filter((number) => !done.has(number) && !unread.has(number));
    return sendRest(parts, reopened, snapshot, { numbers: rest, afterPicker: chosen.isPicked }, results);
  });
}

function restOf(snapshot: RunSnapshot): number[] {
  return itemsThatEnded(snapshot, "notAttempted", "unknown");
}

function failedOf(snapshot: RunSnapshot): number[] {
  return itemsThatEnded(snapshot, "failed");
}

/** What is left of a run. */
interface Rest {
  readonly numbers: readonly number[];
  /** The run was picked from a list, which ends with Enter. */
  readonly afterPicker: boolean;
}

/**
 * Sends the remaining entries of a run: a contact that has changed since it was shown is skipped. Everything that is
 * confirmed before a run is confirmed again. The report covers the whole run.
 */
async function sendRest(
  parts: Parts,
  { connection, recorder }: ReopenedRun,
  snapshot: RunSnapshot,
  { numbers, afterPicker }: Rest,
  said: readonly EntryResult[],
): Promise<ActionReport> {
  const change = snapshot.plan.action;
  // Only changes can be resumed.
  if (!isAction(change)) throw new Refusal(l10n.t("This run is complete."));
  const ids = numbers.flatMap((number) => snapshot.items[number]?.id ?? []);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  refuseUnderWay(
    parts,
    connection,
    ids.map((id) => ({ id, shown: found.get(id) })),
  );
  const rest = restOfRun(snapshot.items, numbers, found);
  for (const { number, of } of rest.settled) recorder.outcome(number, outcomeDetails(of));
  const settled = rest.settled.map(({ of }) => of);
  parts.store.apply(connection, change, settled);
  const unsaid = [...said, ...settled];
  if (rest.contacts.length > 0) {
    const contacts = rest.contacts.map(({ of }) => of);
    const numberOf = new Map(rest.contacts.map(({ of, number }) => [of, number]));
    const { journaled } = snapshot;
    const source: Source = "passed";
    const offered: PlannedEntry[] = [];
    const proposal = { change, connection, contacts, settled, offered, source, journaled, afterPicker };
    const agreement = await confirmChange(parts, proposal);
    // A lock instead of a delete would be another run.
    if (agreement.kind === "act" && agreement.change === change) {
      const entries = agreement.contacts;
      const own = entries.map((entry) => numberOf.get(entry) ?? 0);
      const run = { change, connection, entries, recorder, numbers: own };
      const results = await runWithProgress(parts, run);
      unsaid.push(...results.filter(({ outcome }) => outcome === "notAttempted"));
    }
  }
  const run = parts.history.completed(recorder.snapshot());
  const report = reportOfRun(run);
  reportRun(parts, report, unsaid, { run, tried: new Set(numbers) });
  return report;
}
