import { randomBytes } from "node:crypto";
import { Signal } from "../../signal";
import type { WireRecord } from "../api/record/wire";
import type { EntryBefore, RunOwner, RunPlan } from "../runs/plan";
import { changedNothing } from "../runs/runResults";
import type { RunSnapshot, RunTotal } from "../runs/runSnapshot";
import type { Journal, Removed } from "./journal";
import { JournalUnavailable, NoSuchRun, RunBusy } from "./journalFailure";
import { MemoryRecorder, type RunRecorder } from "./runRecorder";
import { newestFirst, type RunsKept, type RunsRemoved } from "./runsKept";

/** The content of a run before it has a name. */
export type NewRun = Omit<RunPlan, "run" | "startedAt" | "owner">;

/** What only this session knows of a run, for the Activity view and for undo; never written to disk. */
export interface RunBefore {
  /** By position in the plan. */
  readonly entries?: readonly EntryBefore[];
  readonly total?: RunTotal;
}

/** The most runs of this session that are kept in addition to the journal. */
const mostInMemory = 100;
const reportEveryMs = 1000;

/** The runs on disk together with the runs that only this session knows. */
export class RunHistory implements RunsKept {
  /** Sent at most once a second during a run, so that a row does not change constantly under the pointer. */
  readonly changed = new Signal();
  readonly owner: RunOwner;
  readonly #memory = new Map<string, MemoryRecorder>();
  readonly #before = new Map<string, RunBefore>();
  readonly #completed = new WeakMap<RunSnapshot, RunSnapshot>();
  /** The runs of this session that can be the last one. */
  readonly #own: string[] = [];
  readonly #listening: { dispose(): void };
  #problem: JournalUnavailable | undefined;
  #telling: NodeJS.Timeout | undefined;

  constructor(readonly journal: Journal) {
    this.owner = journal.owner;
    this.#listening = journal.changed.listen(() => this.#tell());
  }

  /** Why the journal could not be read the last time. */
  get problem(): JournalUnavailable | undefined {
    return this.#problem;
  }

  /** Begins a run. A journaled run is on disk when this resolves. @throws JournalUnavailable */
  async begin(
    about: NewRun,
    journaled: boolean,
    now = new Date(),
    before: RunBefore = {},
  ): Promise<RunRecorder> {
    const recorder = await this.#begun(about, journaled, now);
    const { run } = recorder.plan;
    this.#before.set(run, before);
    const [oldest] = this.#before.keys();
    if (this.#before.size > mostInMemory && oldest !== undefined) this.#before.delete(oldest);
    if (about.undoes === undefined && before.total === undefined) this.#own.push(run);
    if (this.#own.length > mostInMemory) this.#own.shift();
    return recorder;
  }

  /**
   * The last run of this session that changed contacts, unless it took back another one; if all have left everything as
   * it was, the last of those. Undefined if there is none, or the last is no longer kept.
   */
  async last(): Promise<RunSnapshot | undefined> {
    let last: RunSnapshot | undefined;
    for (const run of this.#own.toReversed()) {
      const snapshot = await this.snapshot(run).catch(() => undefined);
      // What was forgotten may have changed something, and an earlier run is not taken back in its place.
      if (snapshot === undefined || !changedNothing(snapshot)) return snapshot;
      last ??= snapshot;
    }
    return last;
  }

  /** The snapshot with what this session knows: names, and locks before the run. */
  completed(snapshot: RunSnapshot): RunSnapshot {
    const before = this.#before.get(snapshot.plan.run);
    if (before === undefined) return snapshot;
    let completed = this.#completed.get(snapshot);
    if (completed === undefined) {
      const { entries = [], total } = before;
      const items = snapshot.items.map((item, index) => ({ ...item, ...entries[index] }));
      completed = { ...snapshot, items, ...(total === undefined ? {} : { total }) };
      this.#completed.set(snapshot, completed);
    }
    return completed;
  }

  async #begun(about: NewRun, journaled: boolean, now: Date): Promise<RunRecorder> {
    const startedAt = now.toISOString();
    const run = `${startedAt.replace(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}`;
    const plan: RunPlan = { run, startedAt, owner: this.owner, ...about };
    if (journaled) {
      const recorder = await this.journal.begin(plan);
      this.journal.watch();
      return recorder;
    }
    const recorder = new MemoryRecorder(plan, () => this.#tell());
    this.#memory.set(run, recorder);
    const [oldest] = this.#memory.keys();
    if (this.#memory.size > mostInMemory && oldest !== undefined) this.#memory.delete(oldest);
    this.#tell();
    return recorder;
  }

  /** Continues a run. @throws RunBusy, NoSuchRun, JournalUnavailable */
  async reopen(run: string): Promise<RunRecorder> {
    const recorder = this.#memory.get(run);
    if (recorder === undefined) return this.journal.reopen(run);
    if (recorder.snapshot().state === "running") throw new RunBusy();
    recorder.again();
    return recorder;
  }

  async list(): Promise<readonly RunSnapshot[]> {
    const own = [...this.#memory.values()].map((recorder) => this.completed(recorder.snapshot()));
    try {
      this.journal.watch();
      const journaled = await this.journal.list();
      this.#problem = undefined;
      return newestFirst([...own, ...journaled.map((snapshot) => this.completed(snapshot))]);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      this.#problem = error;
      return newestFirst(own);
    }
  }

  /** The current state of one run. @throws NoSuchRun */
  async snapshot(run: string): Promise<RunSnapshot> {
    const snapshot = this.#memory.get(run)?.snapshot() ?? (await this.journal.snapshot(run));
    if (snapshot === undefined) throw new NoSuchRun();
    return this.completed(snapshot);
  }

  /** The records of deleted contacts, from the journal. */
  records(
    run: string,
    items: ReadonlySet<number>,
  ): AsyncIterable<{ readonly item: number; readonly record: WireRecord }> {
    return this.journal.records(run, items);
  }

  /** Forgets these runs, on disk and in memory. Runs that are being written stay. @throws JournalUnavailable */
  async remove(runs: readonly string[]): Promise<RunsRemoved> {
    let removed = 0;
    let inUse = 0;
    for (const run of runs) {
      const recorder = this.#memory.get(run);
      const { removed: gone, kept } =
        recorder === undefined ? await this.journal.remove(run) : this.#forget(run, recorder);
      if (gone > 0) this.#before.delete(run);
      removed += gone;
      inUse += kept;
    }
    this.#tell();
    return { removed, inUse };
  }

  /** Removes the runs that two starts found to be older than `days` days. @throws JournalUnavailable */
  async removeOlderThan(days: number): Promise<Removed> {
    return this.journal.removeOlderThan(days);
  }

  dispose(): void {
    clearTimeout(this.#telling);
    this.#listening.dispose();
    this.journal.dispose();
  }

  #forget(run: string, recorder: MemoryRecorder): Removed {
    if (recorder.snapshot().state === "running") return { removed: 0, kept: 1 };
    this.#memory.delete(run);
    return { removed: 1, kept: 0 };
  }

  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.changed.send();
    }, reportEveryMs);
  }
}
