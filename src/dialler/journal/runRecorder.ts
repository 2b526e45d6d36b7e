import type { WireRecord } from "../api/record/wire";
import type { OutcomeDetails, Restored } from "../runs/outcome";
import type { RunPlan } from "../runs/plan";
import { type RunSnapshot, RunTracker } from "../runs/runSnapshot";

/** Records a run in progress. Items are identified by their position in the plan. */
export interface RunRecorder {
  readonly plan: RunPlan;
  /** Whether the records are kept, so that the contacts can be restored. */
  readonly keepsRecords: boolean;
  /** The current state. */
  snapshot(): RunSnapshot;
  /**
   * Resolves if this process may still send requests of the run. Called before each one, because another machine takes
   * a run over while this one sleeps. @throws JournalUnavailable
   */
  confirm(): Promise<void>;
  /** Resolves when the request may be sent. @throws JournalUnavailable */
  intent(item: number, record?: WireRecord): Promise<void>;
  /** The answer was lost, and the run looks at the contact again. Shown while the run lasts, not written down. */
  settling(item: number): void;
  /** @throws JournalUnavailable if an earlier line could not be written */
  outcome(item: number, result: OutcomeDetails): void;
  /** Resolves when the import may be sent. @throws JournalUnavailable */
  restoring(item: number): Promise<void>;
  restored(item: number, restored: Restored): Promise<void>;
  undone(): Promise<void>;
  /** May be called again. @throws JournalUnavailable */
  end(): Promise<void>;
}

/** Records a run in the memory of this session, without the contacts' records. */
export class MemoryRecorder implements RunRecorder {
  readonly keepsRecords = false;
  readonly #tracker: RunTracker;

  constructor(
    readonly plan: RunPlan,
    readonly changed: () => void,
  ) {
    this.#tracker = new RunTracker(plan);
  }

  snapshot(): RunSnapshot {
    return this.#tracker.snapshot(this.#tracker.open ? "running" : "ended", false);
  }

  confirm(): Promise<void> {
    return Promise.resolve();
  }

  intent(item: number): Promise<void> {
    return this.#take({ line: "intent", item, at: "" });
  }

  settling(item: number): void {
    this.#tracker.settling(item);
    this.changed();
  }

  outcome(item: number, result: OutcomeDetails): void {
    void this.#take({ line: "outcome", item, ...result });
  }

  restoring(item: number): Promise<void> {
    return this.#take({ line: "restoring", item, at: "" });
  }

  restored(item: number, restored: Restored): Promise<void> {
    return this.#take({ line: "restored", item, ...restored });
  }

  undone(): Promise<void> {
    return this.#take({ line: "undone", at: "" });
  }

  end(): Promise<void> {
    return this.#take({ line: "end", at: "" });
  }

  /** Continues a run that has ended. */
  again(): void {
    void this.#take({ line: "again", at: "", owner: this.plan.owner });
  }

  #take(line: Parameters<RunTracker["take"]>[0]): Promise<void> {
    this.#tracker.take(line);
    this.changed();
    return Promise.resolve();
  }
}
