import { countsOf, type EntryResult, type Outcome } from "./outcome";
import type { RecordedAction } from "./recordedAction";

/** The return value of a command. */
export interface ActionReport {
  readonly action: RecordedAction;
  readonly endpoint: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly items: readonly {
    readonly id: number | null;
    readonly userData?: string;
    readonly outcome: Outcome;
    readonly status?: number;
    readonly reason?: string;
  }[];
}

export function reportOf(
  action: RecordedAction,
  endpoint: string,
  results: readonly EntryResult[],
): ActionReport {
  return {
    action,
    endpoint,
    counts: countsOf(results),
    items: results.map(({ id, userData, outcome, status, reason }) => ({
      id: id ?? null,
      ...(userData === undefined ? {} : { userData }),
      outcome,
      ...(status === undefined ? {} : { status }),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}

/** Whether the run can be shown as a success: nothing failed, and nothing is in doubt. */
export function isSuccess({ counts }: Pick<ActionReport, "counts">): boolean {
  return counts.failed === 0 && counts.unknown === 0;
}
