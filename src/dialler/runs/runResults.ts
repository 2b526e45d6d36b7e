import { lockLeftBy } from "../api/changeRules";
import type { LockState } from "../api/record/contact";
import { type ActionReport, reportOf } from "./actionReport";
import type { EntryResult, Outcome, OutcomeDetails } from "./outcome";
import { recordedAction } from "./recordedAction";
import type { RunSnapshot } from "./runSnapshot";

/** The result of each item so far. Sent without an answer is `unknown`; never sent is `notAttempted`. */
export function resultsOf({ items }: Pick<RunSnapshot, "items">): EntryResult[] {
  return items.map(({ id, userData, result: result, pending }): EntryResult => {
    const own: OutcomeDetails = pending ? { outcome: "unknown" } : (result ?? { outcome: "notAttempted" });
    return { id, ...(userData === undefined ? {} : { userData }), ...own };
  });
}

/** The report of a run, brought up to date. */
export function reportOfRun(snapshot: RunSnapshot): ActionReport {
  return reportOf(snapshot.plan.action, snapshot.plan.endpoint, resultsOf(snapshot));
}

/** The indexes of the items that have one of these outcomes and an ID. */
export function itemsThatEnded(snapshot: RunSnapshot, ...outcomes: readonly Outcome[]): number[] {
  return resultsOf(snapshot).flatMap(({ id, outcome }, index) =>
    id !== undefined && outcomes.includes(outcome) ? [index] : [],
  );
}

/**
 * The indexes of the deleted contacts that can be re-created: their record is saved, the server would not refuse it, and
 * no earlier attempt succeeded or may have succeeded.
 */
export function restorableItems(snapshot: RunSnapshot): number[] {
  if (!recordedAction(snapshot.plan.action).keepsRecord) return [];
  return itemsThatEnded(snapshot, "done", "gone").filter((index) => {
    const item = snapshot.items[index];
    const before = item?.restored?.outcome;
    if (item?.recorded !== true || item.notImportable !== undefined) return false;
    return before === undefined || before === "failed" || before === "skipped";
  });
}

/**
 * The indexes of the items that the run changed and that can be undone. A contact that was already in the state that
 * the run set was not changed by it. Where the state before is unknown, the run may have changed it.
 */
export function undoableItems(snapshot: RunSnapshot): number[] {
  if (recordedAction(snapshot.plan.action).opposite === undefined) return [];
  const left = lockLeftByRun(snapshot);
  return itemsThatEnded(snapshot, "done").filter((index) => snapshot.items[index]?.lockBefore !== left);
}

/** The lock that the run left where it was done; undefined if its action is no lock or unlock. */
export function lockLeftByRun({ plan }: Pick<RunSnapshot, "plan">): LockState | undefined {
  return lockLeftBy(recordedAction(plan.action).effect);
}

/** Whether it is known that the run itself changed the item: its state before was another one. */
export function isKnownChange({ plan, items }: RunSnapshot, index: number): boolean {
  const before = items[index]?.lockBefore ?? "unknown";
  return before !== "unknown" && before !== lockLeftByRun({ plan });
}

/** The indexes of the deleted contacts that were re-created. */
export function restoredItems(snapshot: RunSnapshot): number[] {
  return snapshot.items.flatMap(({ restored }, index) => (restored?.outcome === "done" ? [index] : []));
}
