import type { WireRecord } from "../api/record/wire";
import type { OutcomeDetails, Restored } from "../runs/outcome";
import type { RunOwner, RunPlan } from "../runs/plan";
import type { RunLine, RunSnapshot, RunTracker } from "../runs/runSnapshot";
import { JournalUnavailable } from "./journalFailure";
import { type Hiding, lineText } from "./journalFile";
import type { JournalWriter } from "./journalWriter";
import type { RunRecorder } from "./runRecorder";

/** The parts of the journal that a recorder needs. */
export interface RecorderPorts {
  readonly directory: string;
  readonly hiding: Hiding;
  changed(): void;
  /** Releases the file and the lock. */
  close(): Promise<void>;
}

/** Records a run on disk. */
export class JournalRecorder implements RunRecorder {
  readonly keepsRecords = true;
  #ended: Promise<void> | undefined;

  constructor(
    readonly tracker: RunTracker,
    readonly writer: JournalWriter,
    readonly ports: RecorderPorts,
    /** This process. */
    readonly owner: RunOwner,
  ) {}

  get plan(): RunPlan {
    return this.tracker.plan;
  }

  snapshot(): RunSnapshot {
    return this.tracker.snapshot(this.tracker.open ? "running" : "ended", true);
  }

  /** Writes the first line of a run. @throws JournalUnavailable */
  begin(): Promise<void> {
    return this.#write({ line: "run", version: 1, ...this.plan }, true);
  }

  async confirm(): Promise<void> {
    try {
      await this.writer.confirm();
    } catch (error) {
      throw new JournalUnavailable(this.ports.directory, error);
    }
  }

  intent(item: number, record?: WireRecord): Promise<void> {
    return this.#take({ line: "intent", item, at: now(), ...(record === undefined ? {} : { record }) }, true);
  }

  settling(item: number): void {
    this.tracker.settling(item);
    this.ports.changed();
  }

  outcome(item: number, result: OutcomeDetails): void {
    const { failure } = this.writer;
    // A failure is thrown by the next call, because this one must not wait for the disk. Until then the outcome is kept
    // in memory.
    this.#take({ line: "outcome", item, ...result }, false).catch(() => undefined);
    if (failure !== undefined) throw new JournalUnavailable(this.ports.directory, failure);
  }

  restoring(item: number): Promise<void> {
    return this.#take({ line: "restoring", item, at: now() }, true);
  }

  restored(item: number, restored: Restored): Promise<void> {
    return this.#take({ line: "restored", item, ...restored }, true);
  }

  undone(): Promise<void> {
    return this.#take({ line: "undone", at: now() }, true);
  }

  again(): Promise<void> {
    return this.#take({ line: "again", at: now(), owner: this.owner }, true);
  }

  end(): Promise<void> {
    this.#ended ??= this.#take({ line: "end", at: now() }, true).finally(() => this.ports.close());
    return this.#ended;
  }

  /** Releases a run that could not be begun or reopened. */
  async giveUp(): Promise<void> {
    await this.ports.close().catch(() => undefined);
  }

  async #write(line: RunLine, synced: boolean): Promise<void> {
    const { directory, hiding } = this.ports;
    try {
      await this.writer.append(lineText(line, hiding), synced);
    } catch (error) {
      throw new JournalUnavailable(directory, error);
    }
  }

  async #take(line: Exclude<RunLine, { line: "run" }>, synced: boolean): Promise<void> {
    const writing = this.#write(line, synced);
    this.tracker.take(line);
    this.ports.changed();
    await writing;
  }
}

function now(): string {
  return new Date().toISOString();
}
