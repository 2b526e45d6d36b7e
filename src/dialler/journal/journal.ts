import type { FSWatcher } from "node:fs";
import { join } from "node:path";
import { Signal } from "../../signal";
import type { RunPlan } from "../runs/plan";
import { type RunSnapshot, type RunState, RunTracker } from "../runs/runSnapshot";
import { NoSuchRun, RunBusy, withJournalFailure } from "./journalFailure";
import { type Hiding, readRecords, readTracker } from "./journalFile";
import { firstNameAt, isRunName, JournalFolder } from "./journalFolder";
import { JournalRecorder } from "./journalRecorder";
import { JournalWriter } from "./journalWriter";
import { isLocked, takeLock } from "./runLock";
import { isAlive, isOtherProcess } from "./runOwner";
import type { RunRecorder } from "./runRecorder";

const dayMs = 24 * 60 * 60 * 1000;

/** The number of runs that were removed from the journal, and of those that stay because they are being written. */
export interface Removed {
  readonly removed: number;
  readonly kept: number;
}

/**
 * The write-ahead journal: one file of JSON lines per run. A contact's record is on disk before the request to delete
 * it is sent.
 */
export class Journal {
  /** Sent when something was written or removed, also by another window while the folder is watched. */
  readonly changed = new Signal();
  readonly #open = new Map<string, JournalRecorder>();
  readonly #folder: JournalFolder;
  #watcher: FSWatcher | undefined;

  /** `storage` is the extension's own folder, which contains the journal's folder. */
  constructor(
    storage: string,
    readonly hiding: Hiding,
  ) {
    this.#folder = new JournalFolder(join(storage, "journal"));
  }

  get directory(): string {
    return this.#folder.path;
  }

  /** Begins a run. When this resolves, its file with the plan is on disk. @throws JournalUnavailable, RunBusy */
  async begin(plan: RunPlan): Promise<RunRecorder> {
    return this.#trying(async () => {
      await this.#folder.make();
      const recorder = await this.#record(plan.run, new RunTracker(plan), "wx");
      try {
        await recorder.begin();
        await this.#folder.sync();
        return recorder;
      } catch (error) {
        // A run that has not begun leaves no file. The lock is released last.
        await this.#folder.remove(plan.run).catch(() => undefined);
        await recorder.giveUp();
        throw error;
      }
    });
  }

  /**
   * Continues a run that has ended or was interrupted.
   * @throws RunBusy if it is being written elsewhere; NoSuchRun; JournalUnavailable
   */
  async reopen(run: string): Promise<RunRecorder> {
    return this.#trying(async () => {
      if (!isRunName(run) || !(await this.#folder.has(run))) throw new NoSuchRun();
      const release = await takeLock(this.#folder.lockOf(run));
      try {
        // Checked and read while holding the lock, so that it is neither removed nor written meanwhile.
        if (!(await this.#folder.has(run))) throw new NoSuchRun();
        const tracker = await readTracker(this.#folder.pathOf(run));
        if (tracker === undefined) throw new NoSuchRun();
        if (tracker.open && (await isAlive(tracker.owner)) && isOtherProcess(tracker.owner))
          throw new RunBusy();
        return await this.#again(await this.#record(run, tracker, "a", release));
      } catch (error) {
        await release();
        throw error;
      }
    });
  }

  /** Every run, newest first. @throws JournalUnavailable */
  async list(): Promise<readonly RunSnapshot[]> {
    return this.#trying(async () => {
      const snapshots: RunSnapshot[] = [];
      // One at a time: a process may not open hundreds of files at once.
      for (const run of await this.#folder.runs()) {
        const snapshot = await this.snapshot(run);
        if (snapshot !== undefined) snapshots.push(snapshot);
      }
      return snapshots;
    });
  }

  /** The current state of one run; undefined if it does not exist or cannot be read. */
  async snapshot(run: string): Promise<RunSnapshot | undefined> {
    const recorder = this.#open.get(run);
    if (recorder !== undefined) return recorder.snapshot();
    const tracker = await this.#folder.trackerOf(run);
    return tracker?.snapshot(await this.#stateOf(run, tracker), true);
  }

  /** Reads the records of these items one by one, in the order in which they were written. */
  records(run: string, items: ReadonlySet<number>): ReturnType<typeof readRecords> {
    return readRecords(this.#folder.pathOf(run), items);
  }

  /** Removes one run, unless it is being written. @throws JournalUnavailable */
  async remove(run: string): Promise<Removed> {
    return this.#trying(async () => this.#removing(isRunName(run) ? [run] : []));
  }

  /** Removes the runs that began more than `days` days ago. @throws JournalUnavailable */
  async removeOlderThan(days: number, now = new Date()): Promise<Removed> {
    const oldest = firstNameAt(new Date(now.getTime() - days * dayMs));
    return this.#trying(async () =>
      this.#removing((await this.#folder.runs()).filter((run) => run < oldest)),
    );
  }

  /** Makes `changed` also report what other windows write, if the system can watch the folder. */
  watch(): void {
    this.#watcher ??= this.#folder.watch(() => this.changed.send());
  }

  dispose(): void {
    this.#watcher?.close();
  }

  async #stateOf(run: string, tracker: RunTracker): Promise<RunState> {
    if (!tracker.open) return "ended";
    const written =
      (await isLocked(this.#folder.lockOf(run))) ||
      (isOtherProcess(tracker.owner) && (await isAlive(tracker.owner)));
    return written ? "elsewhere" : "interrupted";
  }

  async #again(recorder: JournalRecorder): Promise<JournalRecorder> {
    try {
      await recorder.again();
      return recorder;
    } catch (error) {
      await recorder.giveUp();
      throw error;
    }
  }

  async #record(
    run: string,
    tracker: RunTracker,
    flags: "wx" | "a",
    locked?: () => Promise<void>,
  ): Promise<JournalRecorder> {
    const release = locked ?? (await takeLock(this.#folder.lockOf(run)));
    try {
      const { file, isTorn, isInPlace } = await this.#folder.open(run, flags);
      const changed = (): void => this.changed.send();
      const close = async (): Promise<void> => {
        this.#open.delete(run);
        try {
          await file.close();
        } finally {
          await release();
          changed();
        }
      };
      const { directory, hiding } = this;
      // After a torn line, the next one starts on a new line.
      const recorder = new JournalRecorder(tracker, new JournalWriter(file, isTorn ? "\n" : "", isInPlace), {
        ...{ directory, hiding, changed, close },
      });
      this.#open.set(run, recorder);
      return recorder;
    } catch (error) {
      await release();
      throw error;
    }
  }

  async #removing(runs: readonly string[]): Promise<Removed> {
    let removed = 0;
    let kept = 0;
    for (const run of runs) {
      if (await this.#folder.removeIdle(run)) removed++;
      else kept++;
    }
    if (removed > 0) this.changed.send();
    return { removed, kept };
  }

  #trying<T>(work: () => Promise<T>): Promise<T> {
    return withJournalFailure(this.directory, work);
  }
}
