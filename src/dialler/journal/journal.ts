import { type FSWatcher, watch } from "node:fs";
import { chmod, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Signal } from "../../signal";
import type { WireRecord } from "../api/record/wire";
import type { RunPlan } from "../runs/plan";
import { type RunSnapshot, type RunState, RunTracker } from "../runs/runSnapshot";
import { JournalUnavailable, NoSuchRun, RunBusy } from "./journalFailure";
import { type Hiding, readRecords, readTracker } from "./journalFile";
import { JournalRecorder } from "./journalRecorder";
import { JournalWriter } from "./journalWriter";
import { isLocked, takeLock } from "./runLock";
import { isAlive, thisOwner } from "./runOwner";
import type { RunRecorder } from "./runRecorder";

const ending = ".jsonl";
/** A run's name is made by us; a file of another name is not a run, whatever a directory holds. */
const runName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}$/;
const dayMs = 24 * 60 * 60 * 1000;

/** How many runs were taken out of the journal, and how many stay because somebody is writing them. */
export interface Removed {
  readonly removed: number;
  readonly kept: number;
}

/**
 * The write-ahead journal: a file of JSON lines per run, which only its owner reads on a system with owners. Before a
 * deletion leaves, the record is on disk.
 */
export class Journal {
  /** Something was written or removed, here or, while it is watched, in another window. */
  readonly changed = new Signal();
  readonly #open = new Map<string, JournalRecorder>();
  readonly #read = new Map<
    string,
    { readonly size: number; readonly mtimeMs: number; readonly tracker: RunTracker }
  >();
  #watcher: FSWatcher | undefined;

  readonly directory: string;

  /** `storage`: the extension's own folder; the journal is a folder in it. */
  constructor(
    storage: string,
    readonly hiding: Hiding,
  ) {
    this.directory = join(storage, "journal");
  }

  /** Begins a run: its file is there, with its plan, when this resolves. @throws JournalUnavailable, RunBusy */
  async begin(plan: RunPlan): Promise<RunRecorder> {
    return this.#trying(async () => {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      // A directory that is there already may be open to others.
      if (process.platform !== "win32") await chmod(this.directory, 0o700);
      const recorder = await this.#record(plan.run, new RunTracker(plan), "wx");
      try {
        await recorder.begin();
        await this.#syncDirectory();
        return recorder;
      } catch (error) {
        // A run that has not begun is none; the lock is given back last.
        await rm(this.#pathOf(plan.run), { force: true }).catch(() => undefined);
        await recorder.giveUp();
        throw error;
      }
    });
  }

  /**
   * Goes on with a run that has ended or was interrupted. @throws RunBusy while somebody else has it; NoSuchRun;
   * JournalUnavailable
   */
  async reopen(run: string): Promise<RunRecorder> {
    return this.#trying(async () => {
      if (!runName.test(run) || (await this.#sizeOf(run)) === undefined) throw new NoSuchRun();
      const release = await takeLock(this.#lockOf(run));
      try {
        // Looked for and read under the lock: nobody removes it or writes to it any more.
        if ((await this.#sizeOf(run)) === undefined) throw new NoSuchRun();
        const tracker = await readTracker(this.#pathOf(run));
        if (tracker === undefined) throw new NoSuchRun();
        if (tracker.open && (await isAlive(tracker.owner)) && this.#isElsewhere(tracker)) throw new RunBusy();
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
      // One after the other: hundreds of files at once would be more than a process may have open.
      for (const run of await this.#runs()) {
        const snapshot = await this.snapshot(run);
        if (snapshot !== undefined) snapshots.push(snapshot);
      }
      return snapshots;
    });
  }

  /** One run as it stands; undefined when it is not there or cannot be read. */
  async snapshot(run: string): Promise<RunSnapshot | undefined> {
    const recorder = this.#open.get(run);
    if (recorder !== undefined) return recorder.snapshot();
    const tracker = await this.#trackerOf(run);
    return tracker?.snapshot(await this.#stateOf(run, tracker), true);
  }

  /** The records of these items, in the order in which they were written, read while they are needed. */
  records(
    run: string,
    items: ReadonlySet<number>,
  ): AsyncIterable<{ readonly item: number; readonly record: WireRecord }> {
    return readRecords(this.#pathOf(run), items);
  }

  /** Removes one run, unless somebody is writing it. @throws JournalUnavailable */
  async remove(run: string): Promise<Removed> {
    return this.#trying(async () => this.#removing(runName.test(run) ? [run] : []));
  }

  /** Removes the runs that began more than so many days ago. @throws JournalUnavailable */
  async removeOlderThan(days: number, now = new Date()): Promise<Removed> {
    const oldest = new Date(now.getTime() - days * dayMs).toISOString().replace(/[:.]/g, "-");
    return this.#trying(async () => this.#removing((await this.#runs()).filter((run) => run < oldest)));
  }

  /** From now on other windows' changes are told, too; as well as the system can. */
  watch(): void {
    if (this.#watcher !== undefined) return;
    try {
      this.#watcher = watch(this.directory, { persistent: false }, () => this.changed.send());
      this.#watcher.on("error", () => undefined);
    } catch {
      // There is no directory yet, or the system cannot watch it; the view reads again when it is shown.
    }
  }

  dispose(): void {
    this.#watcher?.close();
  }

  #pathOf(run: string): string {
    return join(this.directory, `${run}${ending}`);
  }

  #lockOf(run: string): string {
    return join(this.directory, `${run}.lock`);
  }

  async #runs(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.directory);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
    return names
      .filter((name) => name.endsWith(ending) && runName.test(name.slice(0, -ending.length)))
      .map((name) => name.slice(0, -ending.length))
      .sort()
      .reverse();
  }

  async #sizeOf(run: string): Promise<number | undefined> {
    try {
      return (await stat(this.#pathOf(run))).size;
    } catch {
      return undefined;
    }
  }

  async #trackerOf(run: string): Promise<RunTracker | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.#pathOf(run));
      const before = this.#read.get(run);
      if (before?.size === size && before.mtimeMs === mtimeMs) return before.tracker;
      const tracker = await readTracker(this.#pathOf(run));
      if (tracker !== undefined) this.#read.set(run, { size, mtimeMs, tracker });
      return tracker;
    } catch {
      // Another window may be removing it.
      this.#read.delete(run);
      return undefined;
    }
  }

  async #stateOf(run: string, tracker: RunTracker): Promise<RunState> {
    if (!tracker.open) return "ended";
    const written =
      (await isLocked(this.#lockOf(run))) || (this.#isElsewhere(tracker) && (await isAlive(tracker.owner)));
    return written ? "elsewhere" : "interrupted";
  }

  /** Another process wrote last. This one has let go of what it wrote, if it is not among the open ones. */
  #isElsewhere({ owner }: RunTracker): boolean {
    return owner.pid !== thisOwner.pid;
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
    const release = locked ?? (await takeLock(this.#lockOf(run)));
    try {
      const path = this.#pathOf(run);
      const needsLineEnd = flags === "a" && !(await endsALine(path));
      const file = await open(path, flags, 0o600);
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
      // After a torn line the next one begins on a line of its own.
      const recorder = new JournalRecorder(tracker, new JournalWriter(file, needsLineEnd ? "\n" : ""), {
        ...{ directory, hiding, changed, close },
      });
      this.#open.set(run, recorder);
      return recorder;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** The name of a new file is on the disk only when its directory is, and so is the directory's own. */
  async #syncDirectory(): Promise<void> {
    if (process.platform === "win32") return;
    for (const path of [this.directory, dirname(this.directory)]) {
      const directory = await open(path, "r");
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
    }
  }

  async #removing(runs: readonly string[]): Promise<Removed> {
    let removed = 0;
    let kept = 0;
    for (const run of runs) {
      if (await this.#removed(run)) removed++;
      else kept++;
    }
    if (removed > 0) this.changed.send();
    return { removed, kept };
  }

  /** False when somebody is writing it: who writes a run holds its lock, and nobody can take it up while it goes. */
  async #removed(run: string): Promise<boolean> {
    if ((await this.#sizeOf(run)) === undefined) return true;
    let release: () => Promise<void>;
    try {
      release = await takeLock(this.#lockOf(run));
    } catch (error) {
      if (error instanceof RunBusy) return false;
      throw error;
    }
    try {
      await rm(this.#pathOf(run), { force: true });
      this.#read.delete(run);
      return true;
    } finally {
      await release();
    }
  }

  async #trying<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RunBusy || error instanceof NoSuchRun || error instanceof JournalUnavailable)
        throw error;
      throw new JournalUnavailable(this.directory, error);
    }
  }
}

async function endsALine(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await file.close();
  }
}
