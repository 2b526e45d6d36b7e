import { lockLeftBy } from "../api/changeRules";
import type { LockState } from "../api/record/contact";
import { type ActionReport, reportOf } from "./actionReport";
import * as l10n from "../../l10n";
import type { EntryResult, Outcome, OutcomeDetails } from "./outcome";
import { recordedAction } from "./recordedAction";
import type { RunEntry, RunSnapshot } from "./runSnapshot";

/** The result of each item so far. Sent without an answer is `unknown`; never sent is `notAttempted`. */
export function resultsOf({ items }: Pick<RunSnapshot, "items">): EntryResult[] {
  return items.map((item): EntryResult => {
    const { id, userData } = item;
    return { id, ...(userData === undefined ? {} : { userData }), ...resultOf(item) };
  });
}

/** How an item ended, as far as is known now. */
export function resultOf({ result, pending, restored }: RunEntry): OutcomeDetails {
  const own: OutcomeDetails = pending ? { outcome: "unknown" } : (result ?? { outcome: "notAttempted" });
  // A contact is re-created only after the server said that it is absent.
  return own.outcome === "unknown" && restored?.outcome === "done"
    ? { outcome: "gone", reason: l10n.t("Restoring the contact showed that it was gone.") }
    : own;
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
 * The indexes of the contacts that can be re-created if they are absent then: their record was saved before the request
 * was sent, the server would not refuse it, and no restore has re-created them. The outcome does not matter, because a
 * request whose answer was lost may be carried out later.
 */
export function restorableItems(snapshot: RunSnapshot): number[] {
  if (!recordedAction(snapshot.plan.action).keepsRecord) return [];
  return snapshot.items.flatMap(({ id, recorded, restored, notImportable }, index) =>
    id !== undefined && recorded && notImportable === undefined && restored?.outcome !== "done"
      ? [index]
      : [],
  );
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

/** Whether the run has ended and certainly left every contact as it was. */
export function changedNothing(snapshot: RunSnapshot): boolean {
  const { state, undone, items } = snapshot;
  if (state !== "ended" || undone || restorableItems(snapshot).length > 0) return false;
  const left = lockLeftByRun(snapshot);
  return resultsOf(snapshot).every(({ outcome }, index) => {
    const mayHaveChanged = outcome === "done" || outcome === "gone" || outcome === "unknown";
    return !mayHaveChanged || (outcome === "done" && left !== undefined && items[index]?.lockBefore === left);
  });
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
