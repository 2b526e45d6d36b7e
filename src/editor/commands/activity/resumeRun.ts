import type { ActionReport } from "../../../dialler/runs/actionReport";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { itemsThatEnded, reportOfRun } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { reportRun } from "../change/reportRun";
import { type ChosenRun, chosenRun, isChosen } from "./chosenRun";
import { continueRun } from "./continueRun";
import { changingConnectionOfRun, withReopenedRun } from "./reopenRun";
import { unknownOf, type Verified, verifyWithProgress } from "./verifyRun";

/** Finishes a run that was cancelled, stopped or interrupted: verifies what is unknown and does only the rest. */
export async function resumeRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("Nothing of this run is left to do.");
  const applies = (snapshot: RunSnapshot): boolean => remediesOf(snapshot).resume.length > 0;
  const meant = await chosenRun(parts, args, { title: l10n.t("Resume Run"), applies, otherwise });
  return meant && goOn(parts, meant, restOf, otherwise);
}

/** Tries the items of a run that failed once more. */
export async function retryRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("No item of this run has failed.");
  const applies = (snapshot: RunSnapshot): boolean => remediesOf(snapshot).retryFailed.length > 0;
  const meant = await chosenRun(parts, args, { title: l10n.t("Retry Failed"), applies, otherwise });
  return meant && goOn(parts, meant, failedOf, otherwise);
}

async function goOn(
  parts: Parts,
  meant: ChosenRun,
  which: (snapshot: RunSnapshot) => number[],
  nothingLeft: string,
): Promise<ActionReport> {
  const connection = await changingConnectionOfRun(parts, meant.snapshot);
  return withReopenedRun(parts, meant.snapshot.plan.run, connection, async (taken) => {
    // Read anew: another window may have gone on with it since the row was drawn.
    const before = taken.recorder.snapshot();
    const wanted = which(before).filter((number) => isChosen(meant, number));
    if (wanted.length === 0) throw new Refusal(nothingLeft);
    const unknown = unknownOf(before).filter((number) => wanted.includes(number));
    const { results, cancelled } =
      unknown.length === 0 ? nothing : await verifyWithProgress(parts, taken, unknown);
    const snapshot = taken.recorder.snapshot();
    if (cancelled) {
      const report = reportOfRun(snapshot);
      reportRun(parts, report, results, snapshot.plan.run, new Set(unknown));
      return report;
    }
    // What was unknown and is seen to be undone was tried and failed; it is part of the rest. What stays unknown is not.
    const done = new Set(itemsThatEnded(snapshot, "done", "gone", "notFound", "unknown"));
    const rest = wanted.filter((number) => !done.has(number));
    return continueRun(parts, taken, snapshot, rest, results);
  });
}

const nothing: Verified = { results: [], cancelled: false };

function restOf(snapshot: RunSnapshot): number[] {
  return itemsThatEnded(snapshot, "notAttempted", "unknown");
}

function failedOf(snapshot: RunSnapshot): number[] {
  return itemsThatEnded(snapshot, "failed");
}
