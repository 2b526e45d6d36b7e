import { contactActions } from "./contactAction";
import { itemsThatEnded, restorableItems } from "./runResults";
import type { RunSnapshot } from "./runSnapshot";

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
export function remediesOf(snapshot: RunSnapshot): RunRemedies {
  if (isLive(snapshot) || snapshot.undone) return none;
  const takesBack = contactActions[snapshot.plan.action].opposite !== undefined && snapshot.state === "ended";
  return {
    restore: restorableItems(snapshot),
    undo: takesBack ? itemsThatEnded(snapshot, "done") : [],
    retryFailed: itemsThatEnded(snapshot, "failed"),
    resume: itemsThatEnded(snapshot, "notAttempted", "unknown"),
    verifyUnknown: itemsThatEnded(snapshot, "unknown"),
  };
}

/** Somebody is at it, here or in another window. */
export function isLive({ state }: Pick<RunSnapshot, "state">): boolean {
  return state === "running" || state === "elsewhere";
}
