import { chmod, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { WireRecord } from "../api/wire";
import { Signal } from "../signal";
import { readRecords, readStory, lineText } from "./journalFile";
import { JournalUnavailable, NoSuchRun, RunBusy } from "./journalFailure";
import { JournalWriter } from "./journalWriter";
import { isLocked, takeLock } from "./runLock";
import { isAlive, thisOwner } from "./runOwner";
import type { RunRecorder } from "./runRecorder";
import {
  type Fate,
  type Restored,
  type RunLine,
  type RunPlan,
  type RunState,
  type RunStory,
  type StoryTeller,
} from "./runStory";
import { StoryTeller as Teller } from "./runStory";

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
    { readonly size: number; readonly mtimeMs: number; readonly teller: StoryTeller }
  >();
  #watcher: FSWatcher | undefined;

  readonly directory: string;

  /** `storage`: the extension's own folder; the journal is a folder in it. */
  constructor(
    storage: string,
    readonly redact: (text: string) => string,
  ) {
    this.directory = join(storage, "journal");
  }

  /** Begins a run: its file is there, with its plan, when this resolves. @throws JournalUnavailable, RunBusy */
  async begin(plan: RunPlan): Promise<RunRecorder> {
    return this.#trying(async () => {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      // A directory that is there already may be open to others.
      if (process.platform !== "win32") await chmod(this.directory, 0o700);
      const recorder = await this.#record(plan.run, new Teller(plan), "wx");
      await recorder.write({ line: "run", version: 1, ...plan }, true);
      await this.#syncDirectory();
      return recorder;
    });
  }

  /**
   * Goes on with a run that has ended or was interrupted. @throws RunBusy while somebody else has it; NoSuchRun;
   * JournalUnavailable
   */
  async takeUp(run: string): Promise<RunRecorder> {
    return this.#trying(async () => {
      if (!runName.test(run) || (await this.#sizeOf(run)) === undefined) throw new NoSuchRun();
      const release = await takeLock(this.#lockOf(run));
      try {
        // Read under the lock: what was written until now is known, and nobody writes any more.
        const teller = await readStory(this.#pathOf(run));
        if (teller === undefined) throw new NoSuchRun();
        if (teller.open && (await isAlive(teller.owner)) && this.#isElsewhere(teller)) throw new RunBusy();
        const recorder = await this.#record(run, teller, "a", release);
        await recorder.again();
        return recorder;
      } catch (error) {
        await release();
        throw error;
      }
    });
  }

  /** Every run, newest first. @throws JournalUnavailable */
  async list(): Promise<readonly RunStory[]> {
    return this.#trying(async () => {
      const stories = await Promise.all((await this.#runs()).map((run) => this.story(run)));
      return stories.filter((story) => story !== undefined);
    });
  }

  /** One run as it stands; undefined when it is not there or cannot be read. */
  async story(run: string): Promise<RunStory | undefined> {
    const recorder = this.#open.get(run);
    if (recorder !== undefined) return recorder.story();
    const teller = await this.#tellerOf(run);
    return teller?.story(await this.#stateOf(run, teller), true);
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
    return this.#removing(runName.test(run) ? [run] : []);
  }

  /** Removes every run that nobody is writing. @throws JournalUnavailable */
  async removeAll(): Promise<Removed> {
    return this.#trying(async () => this.#removing(await this.#runs()));
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

  async #tellerOf(run: string): Promise<StoryTeller | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.#pathOf(run));
      const before = this.#read.get(run);
      if (before?.size === size && before.mtimeMs === mtimeMs) return before.teller;
      const teller = await readStory(this.#pathOf(run));
      if (teller !== undefined) this.#read.set(run, { size, mtimeMs, teller });
      return teller;
    } catch {
      // Another window may be removing it.
      this.#read.delete(run);
      return undefined;
    }
  }

  async #stateOf(run: string, teller: StoryTeller): Promise<RunState> {
    if (!teller.open) return "ended";
    const written =
      (await isLocked(this.#lockOf(run))) || (this.#isElsewhere(teller) && (await isAlive(teller.owner)));
    return written ? "elsewhere" : "interrupted";
  }

  /** Another process wrote last. This one has let go of what it wrote, if it is not among the open ones. */
  #isElsewhere({ owner }: StoryTeller): boolean {
    return owner.pid !== thisOwner.pid;
  }

  async #record(
    run: string,
    teller: StoryTeller,
    flags: "wx" | "a",
    locked?: () => Promise<void>,
  ): Promise<JournalRecorder> {
    const release = locked ?? (await takeLock(this.#lockOf(run)));
    try {
      const path = this.#pathOf(run);
      const file = await open(path, flags, 0o600);
      // After a torn line the next one begins on a line of its own.
      if (flags === "a" && !(await endsALine(path))) await file.appendFile("\n");
      const writer = new JournalWriter(file);
      const close = async (): Promise<void> => {
        this.#open.delete(run);
        await file.close();
        await release();
        this.changed.send();
      };
      const recorder = new JournalRecorder(this, teller, writer, close);
      this.#open.set(run, recorder);
      return recorder;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** The name of a new file is on the disk only when its directory is. */
  async #syncDirectory(): Promise<void> {
    if (process.platform === "win32") return;
    const directory = await open(this.directory, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  async #removing(runs: readonly string[]): Promise<Removed> {
    let removed = 0;
    let kept = 0;
    for (const run of runs) {
      const teller = await this.#tellerOf(run);
      const busy =
        this.#open.has(run) || (teller !== undefined && (await this.#stateOf(run, teller)) === "elsewhere");
      if (busy || (await isLocked(this.#lockOf(run)))) {
        kept++;
        continue;
      }
      await rm(this.#pathOf(run), { force: true });
      await rm(this.#lockOf(run), { force: true });
      this.#read.delete(run);
      removed++;
    }
    if (removed > 0) this.changed.send();
    return { removed, kept };
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

/** The account of a run on disk. */
class JournalRecorder implements RunRecorder {
  #ended: Promise<void> | undefined;

  constructor(
    readonly journal: Journal,
    readonly teller: StoryTeller,
    readonly writer: JournalWriter,
    readonly close: () => Promise<void>,
  ) {}

  get plan(): RunPlan {
    return this.teller.plan;
  }

  story(): RunStory {
    return this.teller.story(this.teller.open ? "running" : "ended", true);
  }

  intent(item: number, record?: WireRecord): Promise<void> {
    return this.#take({ line: "intent", item, at: now(), ...(record === undefined ? {} : { record }) }, true);
  }

  outcome(item: number, fate: Fate): void {
    const { failure } = this.writer;
    if (failure !== undefined) throw new JournalUnavailable(this.journal.directory, failure);
    // A failure is told by the next call: this one must not wait for the disk.
    this.#take({ line: "outcome", item, ...fate }, false).catch(() => undefined);
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
    return this.#take({ line: "again", at: now(), owner: thisOwner }, true);
  }

  end(): Promise<void> {
    this.#ended ??= this.#take({ line: "end", at: now() }, true).finally(this.close);
    return this.#ended;
  }

  /** Written, and not part of the story: the plan is its beginning. */
  async write(line: RunLine, synced: boolean): Promise<void> {
    try {
      await this.writer.append(lineText(line, this.journal.redact), synced);
    } catch (error) {
      throw new JournalUnavailable(this.journal.directory, error);
    }
  }

  async #take(line: Exclude<RunLine, { line: "run" }>, synced: boolean): Promise<void> {
    const writing = this.write(line, synced);
    this.teller.take(line);
    this.journal.changed.send();
    await writing;
  }
}

function now(): string {
  return new Date().toISOString();
}
