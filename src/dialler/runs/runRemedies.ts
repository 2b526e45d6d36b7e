import { itemsThatEnded, restorableItems, type RunStory } from "./runStory";

/** What can still be done about a run: for each remedy the indexes of the items it is for. */
export interface RunRemedies {
  /** Deleted contacts that can be made again. */
  readonly restore: readonly number[];
  /** Locks or unlocks that can be taken back. */
  readonly undo: readonly number[];
  readonly retryFailed: readonly number[];
  /** What was not attempted, and what has to be verified first. */
  readonly resume: readonly number[];
  readonly verifyUnknown: readonly number[];
}

const none: RunRemedies = { restore: [], undo: [], retryFailed: [], resume: [], verifyUnknown: [] };

/** Nothing can be done about a run that somebody is writing, or that was taken back as a whole. */
export function remediesOf(story: RunStory): RunRemedies {
  if (isLive(story) || story.undone) return none;
  const takesBack = story.plan.action !== "delete" && story.state === "ended";
  return {
    restore: restorableItems(story),
    undo: takesBack ? itemsThatEnded(story, "done") : [],
    retryFailed: itemsThatEnded(story, "failed"),
    resume: itemsThatEnded(story, "notAttempted", "unknown"),
    verifyUnknown: itemsThatEnded(story, "unknown"),
  };
}

/** Somebody is at it, here or in another window. */
export function isLive({ state }: Pick<RunStory, "state">): boolean {
  return state === "running" || state === "elsewhere";
}
