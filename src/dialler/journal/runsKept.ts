import type { Signal } from "../../signal";
import type { RunSnapshot } from "../runs/runSnapshot";

/** The runs of this session and those on disk, as far as the Activity view and its commands need them. */
export interface RunsKept {
  /** In no order. A snapshot whose run has not changed is the same object as before. May read from disk. */
  list(): Promise<readonly RunSnapshot[]>;
  /** `list` would answer something else by now; `list` itself never sends it. No more often than a person can follow. */
  readonly changed: Pick<Signal, "listen">;
  /** Why the journal could not be read, as a sentence; the runs of this session are listed nevertheless. */
  readonly problem?: Error | undefined;
  /** Forgets the journals of these runs; one that anybody is writing stays. */
  remove(runs: readonly string[]): Promise<RunsRemoved>;
}

export interface RunsRemoved {
  readonly removed: number;
  readonly inUse: number;
}

/** Newest first: runs are named by the time of their beginning. */
export function newestFirst(snapshots: readonly RunSnapshot[]): RunSnapshot[] {
  return [...snapshots].sort((a, b) => (a.plan.run < b.plan.run ? 1 : a.plan.run > b.plan.run ? -1 : 0));
}
