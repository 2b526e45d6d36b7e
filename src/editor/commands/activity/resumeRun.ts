import type { ActionReport } from "../../../dialler/runs/actionReport";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { itemsThatEnded, reportOfStory, type RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { continueRun } from "./continueRun";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { isMeant, type RunMeant, runMeant } from "./chosenRun";
import { changingConnectionOfRun, takingUp } from "./reopenRun";
import { tellReport } from "../change/reportRun";
import { unknownOf, type Verified, verifying } from "./verifyRun";

/** Finishes a run that was cancelled, stopped or interrupted: verifies what is unknown and does only the rest. */
export async function resumeRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("Nothing of this run is left to do.");
  const applies = (story: RunStory): boolean => remediesOf(story).resume.length > 0;
  const meant = await runMeant(parts, args, { title: l10n.t("Resume Run"), applies, otherwise });
  return meant && goOn(parts, meant, restOf, otherwise);
}

/** Tries the items of a run that failed once more. */
export async function retryRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("No item of this run has failed.");
  const applies = (story: RunStory): boolean => remediesOf(story).retryFailed.length > 0;
  const meant = await runMeant(parts, args, { title: l10n.t("Retry Failed"), applies, otherwise });
  return meant && goOn(parts, meant, failedOf, otherwise);
}

async function goOn(
  parts: Parts,
  meant: RunMeant,
  which: (story: RunStory) => number[],
  nothingLeft: string,
): Promise<ActionReport> {
  const connection = await changingConnectionOfRun(parts, meant.story);
  return takingUp(parts, meant.story.plan.run, connection, async (taken) => {
    // Read anew: another window may have gone on with it since the row was drawn.
    const before = taken.recorder.story();
    const wanted = which(before).filter((number) => isMeant(meant, number));
    if (wanted.length === 0) throw new Refusal(nothingLeft);
    const unknown = unknownOf(before).filter((number) => wanted.includes(number));
    const { results, cancelled } = unknown.length === 0 ? nothing : await verifying(parts, taken, unknown);
    const story = taken.recorder.story();
    if (cancelled) {
      const report = reportOfStory(story);
      tellReport(parts, report, results, story.plan.run, new Set(unknown));
      return report;
    }
    // What was unknown and is seen to be undone was tried and failed; it is part of the rest. What stays unknown is not.
    const done = new Set(itemsThatEnded(story, "done", "gone", "notFound", "unknown"));
    const rest = wanted.filter((number) => !done.has(number));
    return continueRun(parts, taken, story, rest, results);
  });
}

const nothing: Verified = { results: [], cancelled: false };

function restOf(story: RunStory): number[] {
  return itemsThatEnded(story, "notAttempted", "unknown");
}

function failedOf(story: RunStory): number[] {
  return itemsThatEnded(story, "failed");
}
