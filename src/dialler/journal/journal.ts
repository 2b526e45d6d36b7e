import type { FSWatcher } from "node:fs";
import { join } from "node:path";
import { Signal } from "../../signal";
import type { RunOwner, RunPlan } from "../runs/plan";
import { type RunSnapshot, type RunState, RunTracker } from "../runs/runSnapshot";
import { NoSuchRun, RunBusy, withJournalFailure } from "./journalFailure";
import { type Hiding, readRecords, readTracker } from "./journalFile";
import { isRunName, JournalFolder } from "./journalFolder";
import { freshMs } from "./lockAge";
import { JournalRecorder } from "./journalRecorder";
import type { HeldLock } from "./heldLock";
import { JournalWriter } from "./journalWriter";
import { isOtherProcess, lifeOf, thisOwner } from "./runOwner";
import type { RunRecorder } from "./runRecorder";

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
  #lookingAgain: NodeJS.Timeout | undefined;

  /** `storage` is the extension's own folder, which contains the journal's folder. */
  constructor(
    storage: string,
    readonly hiding: Hiding,
    /** This process. */
    readonly owner: RunOwner = thisOwner,
  ) {
    this.#folder = new JournalFolder(join(storage, "journal"), owner);
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
      const lock = await this.#folder.lock(run);
      try {
        // Checked and read while holding the lock, so that it is neither removed nor written meanwhile.
        if (!(await this.#folder.has(run))) throw new NoSuchRun();
        const tracker = await readTracker(this.#folder.pathOf(run));
        if (tracker === undefined) throw new NoSuchRun();
        if (tracker.open && (await this.#isAliveBeside(tracker.owner))) throw new RunBusy();
        return await this.#again(await this.#record(run, tracker, "a", lock));
      } catch (error) {
        await lock.release();
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

  /**
   * Called once at each start: removes the runs that began more than `days` days ago, if an earlier start found the same.
   * @throws JournalUnavailable
   */
  async removeOlderThan(days: number, now = new Date()): Promise<Removed> {
    return this.#trying(async () => {
      try {
        return await this.#removing(await this.#folder.noteOld(days, now.getTime()));
      } catch (error) {
        // Another window is looking at the same runs.
        if (error instanceof RunBusy) return { removed: 0, kept: 0 };
        throw error;
      }
    });
  }

  /** Makes `changed` also report what other windows write, if the system can watch the folder. */
  watch(): void {
    this.#watcher ??= this.#folder.watch(() => this.changed.send());
  }

  dispose(): void {
    this.#watcher?.close();
    clearTimeout(this.#lookingAgain);
  }

  async #stateOf(run: string, tracker: RunTracker): Promise<RunState> {
    if (!tracker.open) return "ended";
    const holder = await this.#folder.holder(run);
    if (holder?.isOtherMachine === true) {
      this.#lookAgain();
      return "otherMachine";
    }
    if (holder !== undefined) return "elsewhere";
    return (await this.#isAliveBeside(tracker.owner)) ? "elsewhere" : "interrupted";
  }

  /** A lock that another machine no longer renews expires without an event. */
  #lookAgain(): void {
    this.#lookingAgain ??= setTimeout(() => {
      this.#lookingAgain = undefined;
      this.changed.send();
    }, freshMs);
    this.#lookingAgain.unref();
  }

  /** Whether the owner is another running process of this machine. */
  async #isAliveBeside(owner: RunOwner): Promise<boolean> {
    return isOtherProcess(owner, this.owner) && (await lifeOf(owner, this.owner)) === "alive";
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
    locked?: HeldLock,
  ): Promise<JournalRecorder> {
    const lock = locked ?? (await this.#folder.lock(run));
    try {
      const { file, isTorn, isInPlace } = await this.#folder.open(run, flags);
      const changed = (): void => this.changed.send();
      const close = async (): Promise<void> => {
        this.#open.delete(run);
        try {
          await file.close();
        } finally {
          await lock.release();
          changed();
        }
      };
      const { directory, hiding } = this;
      // After a torn line, the next one starts on a new line.
      const confirmLock = (): Promise<void> => lock.confirm();
      const writer = new JournalWriter(file, isTorn ? "\n" : "", isInPlace, confirmLock);
      const ports = { directory, hiding, changed, close };
      const recorder = new JournalRecorder(tracker, writer, ports, this.owner);
      this.#open.set(run, recorder);
      return recorder;
    } catch (error) {
      await lock.release();
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
