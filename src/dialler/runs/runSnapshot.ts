import { contactFromRecord } from "../api/record/contact";
import { whyNotImportable } from "../api/record/importable";
import type { WireRecord } from "../api/record/wire";
import { type OutcomeDetails, outcomeDetails, type Restored } from "./outcome";
import { type EntryBefore, nameOf, type PlannedKey, type RunOwner, type RunPlan } from "./plan";

/** One line of a run's journal. Lines are only appended; for each item the last line counts. */
export type RunLine =
  | ({ readonly line: "run"; readonly version: 1 } & RunPlan)
  /** Written and synced before the request is sent. For a deletion it contains the complete record. */
  | { readonly line: "intent"; readonly item: number; readonly at: string; readonly record?: WireRecord }
  | ({ readonly line: "outcome"; readonly item: number } & OutcomeDetails)
  /** The run was reopened, to finish, verify or restore it. */
  | { readonly line: "again"; readonly at: string; readonly owner: RunOwner }
  | { readonly line: "restoring"; readonly item: number; readonly at: string }
  | ({ readonly line: "restored"; readonly item: number } & Restored)
  /** A lock or unlock was undone by the opposite action. */
  | { readonly line: "undone"; readonly at: string }
  | { readonly line: "end"; readonly at: string };

/** One item of a snapshot. */
export interface RunEntry extends PlannedKey, EntryBefore {
  /** Undefined if there is no result yet. */
  readonly result: OutcomeDetails | undefined;
  /** An intent was written, but no outcome after it. */
  readonly pending: boolean;
  /** Of a pending item: its answer was lost, and the run looks at the contact again. */
  readonly settling?: boolean;
  /** The complete record is in the journal. */
  readonly recorded: boolean;
  /** Why the server would refuse to re-create the contact from its record. */
  readonly notImportable?: string;
  readonly restored: Restored | undefined;
}

/**
 * `elsewhere`: another running window is writing it. `otherMachine`: another machine or container is writing it, or did
 * so less than a minute ago. `interrupted`: the process that wrote it has ended.
 */
export type RunState = "running" | "elsewhere" | "otherMachine" | "interrupted" | "ended";

/** What is known about a run. */
export interface RunSnapshot {
  readonly plan: RunPlan;
  /** The process that wrote last, which may have reopened the run. */
  readonly owner: RunOwner;
  readonly state: RunState;
  /** True if it is on disk and outlives this session. */
  readonly journaled: boolean;
  readonly undone: boolean;
  readonly items: readonly RunEntry[];
  /** The counts of a run without entries, such as an export. */
  readonly total?: RunTotal;
}

export interface RunTotal {
  readonly achieved: number;
  readonly planned: number;
}

/** Follows a run line by line, whether it is in progress or read from disk. */
export class RunTracker {
  readonly plan: RunPlan;
  owner: RunOwner;
  /** True if no `end` was written since it began or was reopened. */
  open = true;
  undone = false;
  readonly #items: RunEntry[];
  /** The last snapshot. Stays the same object until something changes. */
  #last: RunSnapshot | undefined;

  constructor(plan: RunPlan) {
    this.plan = plan;
    this.owner = plan.owner;
    this.#items = plan.items.map((key): RunEntry => {
      return { ...key, result: undefined, pending: false, recorded: false, restored: undefined };
    });
  }

  take(line: Exclude<RunLine, { line: "run" }>): void {
    this.#last = undefined;
    switch (line.line) {
      case "intent":
        this.#change(line.item, { pending: true, settling: false, ...recordedPart(line.record) });
        break;
      case "outcome":
        this.#change(line.item, { pending: false, settling: false, result: outcomeDetails(line) });
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

  /** Not a line, because it is of no use once the run is over. */
  settling(item: number): void {
    this.#last = undefined;
    this.#change(item, { settling: true });
  }

  /** `state` and `journaled` are not in the lines; the caller knows them. */
  snapshot(state: RunState, journaled: boolean): RunSnapshot {
    const { plan, owner, undone } = this;
    if (this.#last?.state !== state || this.#last.journaled !== journaled) {
      this.#last = { plan, owner, undone, state, journaled, items: [...this.#items] };
    }
    return this.#last;
  }

  #change(index: number, change: Partial<RunEntry>): void {
    const item = this.#items[index];
    if (item !== undefined) this.#items[index] = { ...item, ...change };
  }
}

function recordedPart(record: WireRecord | undefined): Partial<RunEntry> {
  if (record === undefined) return {};
  const contact = contactFromRecord(record);
  const name = nameOf(contact);
  const notImportable = whyNotImportable(contact);
  return {
    recorded: true,
    ...(name === undefined ? {} : { name }),
    ...(notImportable === undefined ? {} : { notImportable }),
  };
}

function restoredOf({ outcome, newId, reason, warns }: Restored): Restored {
  return {
    outcome,
    ...(newId === undefined ? {} : { newId }),
    ...(reason === undefined ? {} : { reason }),
    ...(warns === true ? { warns } : {}),
  };
}
