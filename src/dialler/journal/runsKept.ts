import type { Signal } from "../../signal";
import type { RunSnapshot } from "../runs/runSnapshot";

/** The runs of this session and those on disk, for the Activity view and its commands. */
export interface RunsKept {
  /** In no order. The snapshot of an unchanged run is the same object as before. May read from disk. */
  list(): Promise<readonly RunSnapshot[]>;
  /**
   * Sent when the result of `list` would differ, never by `list` itself, and no more often than a person can follow.
   */
  readonly changed: Pick<Signal, "listen">;
  /** Why the journal could not be read, as a sentence. The runs of this session are still listed. */
  readonly problem?: Error | undefined;
  /** Deletes the journals of these runs. Runs that are being written stay. */
  remove(runs: readonly string[]): Promise<RunsRemoved>;
}

export interface RunsRemoved {
  readonly removed: number;
  readonly inUse: number;
}

/** Newest first: the name of a run starts with its start time. */
export function newestFirst(snapshots: readonly RunSnapshot[]): RunSnapshot[] {
  return [...snapshots].sort((a, b) => (a.plan.run < b.plan.run ? 1 : a.plan.run > b.plan.run ? -1 : 0));
}
