import type { WireRecord } from "../api/record/wire";
import type { OutcomeDetails, Restored } from "./outcome";
import type { PlannedKey, RunOwner, RunPlan } from "./plan";

/** One line of a run's journal. Lines are only ever added; of several about one item the last counts. */
export type RunLine =
  | ({ readonly line: "run"; readonly version: 1 } & RunPlan)
  /** Written and synced before the request leaves; a delete's with the whole record. */
  | { readonly line: "intent"; readonly item: number; readonly at: string; readonly record?: WireRecord }
  | ({ readonly line: "outcome"; readonly item: number } & OutcomeDetails)
  /** The run was taken up again, to do its rest, to verify or to restore. */
  | { readonly line: "again"; readonly at: string; readonly owner: RunOwner }
  | { readonly line: "restoring"; readonly item: number; readonly at: string }
  | ({ readonly line: "restored"; readonly item: number } & Restored)
  /** A lock or unlock was taken back by the opposite action. */
  | { readonly line: "undone"; readonly at: string }
  | { readonly line: "end"; readonly at: string };

/** One item of a snapshot. */
export interface RunEntry extends PlannedKey {
  /** Undefined: nothing is known of it yet. */
  readonly result: OutcomeDetails | undefined;
  /** An intent was written, and no outcome after it. */
  readonly pending: boolean;
  /** The whole record is in the journal. */
  readonly recorded: boolean;
  readonly restored: Restored | undefined;
}

/** `elsewhere`: another window that is still there is writing it. `interrupted`: whoever wrote it is gone. */
export type RunState = "running" | "elsewhere" | "interrupted" | "ended";

/** What is known of a run. */
export interface RunSnapshot {
  readonly plan: RunPlan;
  /** Who wrote last; after a run was taken up again that is not who began it. */
  readonly owner: RunOwner;
  readonly state: RunState;
  /** It is on disk and survives this session. */
  readonly journaled: boolean;
  readonly undone: boolean;
  readonly items: readonly RunEntry[];
}

/** Follows a run line by line: the same for one that is under way and for one that is read from disk. */
export class RunTracker {
  readonly plan: RunPlan;
  owner: RunOwner;
  /** No `end` has been written since it was begun or taken up. */
  open = true;
  undone = false;
  readonly #items: RunEntry[];
  /** As it was told last; the same object for as long as nothing has changed. */
  #told: RunSnapshot | undefined;

  constructor(plan: RunPlan) {
    this.plan = plan;
    this.owner = plan.owner;
    this.#items = plan.items.map((key): RunEntry => {
      return { ...key, result: undefined, pending: false, recorded: false, restored: undefined };
    });
  }

  take(line: Exclude<RunLine, { line: "run" }>): void {
    this.#told = undefined;
    switch (line.line) {
      case "intent":
        this.#change(line.item, { pending: true, ...(line.record === undefined ? {} : { recorded: true }) });
        break;
      case "outcome":
        this.#change(line.item, { pending: false, result: outcomeDetails(line) });
        break;
      case "restoring":
        this.#change(line.item, { restored: { outcome: "unknown" } });
        break;
      case "restored":
        this.#change(line.item, { restored: restoredOf(line) });
        break;
      case "again":
        this.open = true;
        this.owner = line.owner;
        break;
      case "undone":
        this.undone = true;
        break;
      case "end":
        this.open = false;
        break;
    }
  }

  /** `state` and `journaled` are not in the lines: whoever reads them knows. */
  snapshot(state: RunState, journaled: boolean): RunSnapshot {
    const { plan, owner, undone } = this;
    if (this.#told?.state !== state || this.#told.journaled !== journaled) {
      this.#told = { plan, owner, undone, state, journaled, items: [...this.#items] };
    }
    return this.#told;
  }

  #change(index: number, change: Partial<RunEntry>): void {
    const item = this.#items[index];
    if (item !== undefined) this.#items[index] = { ...item, ...change };
  }
}

function outcomeDetails({ outcome, status, ms, reason }: OutcomeDetails): OutcomeDetails {
  return {
    outcome,
    ...(status === undefined ? {} : { status }),
    ...(ms === undefined ? {} : { ms }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function restoredOf({ outcome, newId, reason }: Restored): Restored {
  return {
    outcome,
    ...(newId === undefined ? {} : { newId }),
    ...(reason === undefined ? {} : { reason }),
  };
}
