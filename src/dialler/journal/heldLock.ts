import { open, readFile, rm } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { RunTakenOver } from "./journalFailure";
import { freshMs } from "./lockAge";

/** How often a lock is renewed, so that other machines see that its holder is running. */
export const renewEveryMs = 15_000;

/** The file that names the holder of a lock. */
export interface Claim {
  readonly path: string;
  /** Different for each claim. */
  readonly text: string;
  /** The machine of another claim on the same lock; undefined if there is none. @throws NodeJS.ErrnoException */
  other(): Promise<{ readonly host: string | undefined } | undefined>;
}

/** A lock that this process holds. It is renewed by writing the same text again, so that its time is the file system's. */
export class HeldLock {
  readonly #timer: NodeJS.Timeout;
  #renewed = moment();
  #lost: RunTakenOver | undefined;
  #looking: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #released: Promise<void> | undefined;

  constructor(
    readonly claim: Claim,
    readonly everyMs = renewEveryMs,
  ) {
    // A failure is reported by the next `confirm`, which comes before anything is sent.
    this.#timer = setInterval(() => void this.#renew().catch(() => undefined), everyMs);
    this.#timer.unref();
  }

  /**
   * Resolves if the lock is still held, and could be renewed if that is due. A machine that was asleep finds out here.
   * Calls during a look at the file share the next one, so that requests stay in their order.
   * @throws RunTakenOver; NodeJS.ErrnoException
   */
  confirm(): Promise<void> {
    if (this.#looking === undefined) {
      this.#looking = this.#confirm().finally(() => (this.#looking = undefined));
      return this.#looking;
    }
    this.#next ??= this.#looking
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.confirm();
      });
    return this.#next;
  }

  async #confirm(): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    if (elapsedMs(this.#renewed) >= this.everyMs) await this.#renew();
    else await this.#look();
  }

  /** May be called again: a second call must not remove a lock that another process has taken since. */
  release(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    clearInterval(this.#timer);
    // A claim of another process may have the same number by now.
    if ((await this.#text()) === this.claim.text) await rm(this.claim.path, { force: true });
  }

  async #renew(): Promise<void> {
    const now = moment();
    const file = await open(this.claim.path, "r+").catch((error: unknown) => {
      if (hasCode(error, "ENOENT")) return undefined;
      throw error;
    });
    if (file === undefined) throw await this.#loss();
    try {
      if ((await file.readFile("utf8")) !== this.claim.text) throw await this.#loss();
      await file.write(this.claim.text, 0, "utf8");
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#look();
    // After a long silence, another process may be about to take the lock. It gives way to a renewed one, and so does
    // this one.
    if (elapsedMs(this.#renewed) >= freshMs && (await this.claim.other()) !== undefined)
      throw await this.#loss();
    this.#renewed = now;
  }

  /** Opens the file: unlike its attributes, that is never answered from what a file server said a while ago. */
  async #look(): Promise<void> {
    if ((await this.#text()) !== this.claim.text) throw await this.#loss();
  }

  async #text(): Promise<string | undefined> {
    try {
      return await readFile(this.claim.path, "utf8");
    } catch (error) {
      if (hasCode(error, "ENOENT")) return undefined;
      throw error;
    }
  }

  async #loss(): Promise<RunTakenOver> {
    const other = await this.claim.other().catch(() => undefined);
    this.#lost ??= new RunTakenOver(other);
    clearInterval(this.#timer);
    return this.#lost;
  }
}

/** On both clocks: one does not count while the machine sleeps, the other one can be set. */
function moment(): readonly [steady: number, wall: number] {
  return [performance.now(), Date.now()];
}

function elapsedMs([steady, wall]: readonly [number, number]): number {
  return Math.max(performance.now() - steady, Math.abs(Date.now() - wall));
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
