import { isAction } from "./contactAction";
import { itemsThatEnded, restorableItems, undoableItems } from "./runResults";
import type { RunSnapshot } from "./runSnapshot";

/** What can still be done about a run: the indexes of the items for each remedy. */
export interface RunRemedies {
  /** Deleted contacts that can be re-created. */
  readonly restore: readonly number[];
  /** Locks or unlocks that can be undone: what the run itself changed, or may have changed. */
  readonly undo: readonly number[];
  readonly retryFailed: readonly number[];
  /** Items that were not attempted, and items that have to be verified first. */
  readonly resume: readonly number[];
  readonly verifyUnknown: readonly number[];
}

const none: RunRemedies = { restore: [], undo: [], retryFailed: [], resume: [], verifyUnknown: [] };

/** A run that is in progress or was undone has no remedies, nor has a transfer. */
export function remediesOf(snapshot: RunSnapshot): RunRemedies {
  if (isLive(snapshot) || snapshot.undone || !isAction(snapshot.plan.action)) return none;
  return {
    restore: restorableItems(snapshot),
    undo: snapshot.state === "ended" ? undoableItems(snapshot) : [],
    retryFailed: itemsThatEnded(snapshot, "failed"),
    resume: itemsThatEnded(snapshot, "notAttempted", "unknown"),
    verifyUnknown: itemsThatEnded(snapshot, "unknown"),
  };
}

/** Whether the run is in progress, in this window, another one or on another machine. */
export function isLive({ state }: Pick<RunSnapshot, "state">): boolean {
  return state === "running" || state === "elsewhere" || state === "otherMachine";
}
