import { type FSWatcher, watch } from "node:fs";
import { chmod, type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunOwner } from "../runs/plan";
import type { RunTracker } from "../runs/runSnapshot";
import { RunBusy } from "./journalFailure";
import { readTracker } from "./journalFile";
import { ageingOf, readSightings, writeSightings } from "./retention";
import type { HeldLock } from "./heldLock";
import { type LockHolder, lockHolder, takeLock } from "./runLock";

const ending = ".jsonl";
/** The names of runs, which the extension creates. Files with other names are not runs. */
const runName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}$/;

export function isRunName(text: string): boolean {
  return runName.test(text);
}

/** The moment in a run's name, in milliseconds since 1970. */
function momentOf(run: string): number {
  return Date.parse(run.slice(0, 24).replace(/T(..)-(..)-(..)-(...)Z/, "T$1:$2:$3.$4Z"));
}

/** The contents of a run's file when it had this size and time. */
interface ReadFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly tracker: RunTracker;
}

interface OpenedRun {
  readonly file: FileHandle;
  readonly isTorn: boolean;
  /** Whether the file is still found under its name, so that what is written to it is not lost. */
  readonly isInPlace: () => Promise<boolean>;
}

/** The folder of the journal and its files. On systems with file owners, only the owner can read them. */
export class JournalFolder {
  readonly #read = new Map<string, ReadFile>();

  /** `self`: this process. */
  constructor(
    readonly path: string,
    readonly self: RunOwner,
  ) {}

  pathOf(run: string): string {
    return join(this.path, `${run}${ending}`);
  }

  /** Only one process can hold the lock of a run. @throws RunBusy */
  lock(run: string): Promise<HeldLock> {
    return takeLock(this.#lockOf(run), { self: this.self });
  }

  holder(run: string): Promise<LockHolder | undefined> {
    return lockHolder(this.#lockOf(run), this.self);
  }

  /** Creates the folder, and makes an existing one private. */
  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    if (process.platform !== "win32") await chmod(this.path, 0o700);
  }

  /** The names of the runs, newest first; empty without a folder. */
  async runs(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.path);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
    return names
      .filter((name) => name.endsWith(ending) && isRunName(name.slice(0, -ending.length)))
      .map((name) => name.slice(0, -ending.length))
      .sort()
      .reverse();
  }

  async has(run: string): Promise<boolean> {
    try {
      await stat(this.pathOf(run));
      return true;
    } catch {
      return false;
    }
  }

  /** The contents of a run's file, read again only if its size or time has changed. Undefined if it cannot be read. */
  async trackerOf(run: string): Promise<RunTracker | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.pathOf(run));
      const before = this.#read.get(run);
      if (before?.size === size && before.mtimeMs === mtimeMs) return before.tracker;
      const tracker = await readTracker(this.pathOf(run));
      if (tracker !== undefined) this.#read.set(run, { size, mtimeMs, tracker });
      return tracker;
    } catch {
      // Another window may be deleting it.
      this.#read.delete(run);
      return undefined;
    }
  }

  /** Opens a new file (`wx`) or appends to one (`a`). `isTorn`: its last line is incomplete. */
  async open(run: string, flags: "wx" | "a"): Promise<OpenedRun> {
    const path = this.pathOf(run);
    const isTorn = flags === "a" && !(await endsALine(path));
    const file = await open(path, flags, 0o600);
    const { ino } = await file.stat();
    const isInPlace = async (): Promise<boolean> => (await stat(path).catch(() => undefined))?.ino === ino;
    return { file, isTorn, isInPlace };
  }

  /** Removes a run unless it is being written, and returns whether it is gone. The writer of a run holds its lock. */
  async removeIdle(run: string): Promise<boolean> {
    if (!(await this.has(run))) return true;
    let lock: HeldLock;
    try {
      lock = await this.lock(run);
    } catch (error) {
      if (error instanceof RunBusy) return false;
      throw error;
    }
    try {
      await this.remove(run);
      return true;
    } finally {
      await lock.release();
    }
  }

  /**
   * Notes which runs this start found too old, and returns those that are now to be removed. One start at a time; the
   * next one looks again. @throws RunBusy
   */
  async noteOld(days: number, now: number): Promise<readonly string[]> {
    const path = join(this.path, "retention.json");
    const runs = await this.runs();
    if (runs.length === 0) {
      await rm(path, { force: true });
      return [];
    }
    const lock = await takeLock(join(this.path, "retention.lock"), { self: this.self });
    try {
      const before = await readSightings(path);
      const dated = runs.map((run) => ({ run, startedAt: momentOf(run) }));
      const { sightings, due } = ageingOf(dated, before, days, now);
      await writeSightings(path, sightings);
      return due;
    } finally {
      await lock.release();
    }
  }

  /** Removes a run's file, if it exists. The caller holds the lock. */
  async remove(run: string): Promise<void> {
    await rm(this.pathOf(run), { force: true });
    this.#read.delete(run);
  }

  /** Calls `changed` when a file in the folder changes; undefined if the system cannot watch it. */
  watch(changed: () => void): FSWatcher | undefined {
    try {
      const heard = (event: string, name: string | null): void => {
        if (name === null || !isNoise(event, name)) changed();
      };
      return watch(this.path, { persistent: false }, heard).on("error", () => undefined);
    } catch {
      // The folder may not exist yet; the view reads it again when it is shown.
      return undefined;
    }
  }

  #lockOf(run: string): string {
    return join(this.path, `${run}.lock`);
  }

  /** Syncs the folder and its parent, because a new file's name is on disk only when its folder is. */
  async sync(): Promise<void> {
    if (process.platform === "win32") return;
    for (const path of [this.path, dirname(this.path)]) {
      const folder = await open(path, "r");
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    }
  }
}

/** Temporary files, and locks that are renewed. Reading the runs writes such files, and must not lead to reading them. */
function isNoise(event: string, name: string): boolean {
  return name.startsWith(".") || (event === "change" && /\.lock\.\d+$/.test(name));
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
