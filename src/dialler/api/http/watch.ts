import type { ApiError, Asked } from "./apiError";
import { Cancelled, type Deadline, TimedOut } from "./connectionErrors";

/** In milliseconds, without the waits between repeats. */
export interface Deadlines {
  readonly totalMs: number;
  readonly firstByteMs?: number;
  readonly idleMs?: number;
}

/** Ends a request at its deadlines or when the caller aborts, and records which it was. */
export class Watch {
  readonly #abort = new AbortController();
  readonly #total: NodeJS.Timeout;
  #silence: NodeJS.Timeout | undefined;
  #verdict: ApiError | undefined;
  #isStopped = false;
  readonly #arrived = { count: 0 };
  readonly #cancelled = (): void => this.#end(new Cancelled(this.asked));

  constructor(
    readonly asked: Asked,
    readonly deadlines: Deadlines,
    readonly outside: AbortSignal | undefined,
  ) {
    this.#total = this.#endAfter(deadlines.totalMs, "total");
    if (deadlines.firstByteMs !== undefined) {
      this.#silence = this.#endAfter(deadlines.firstByteMs, "firstByte");
    }
    if (outside?.aborted === true) this.#cancelled();
    else outside?.addEventListener("abort", this.#cancelled);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why we ended the request; undefined if we did not. */
  get verdict(): ApiError | undefined {
    return this.#verdict;
  }

  byteArrived(): void {
    this.#arrived.count++;
    if (this.deadlines.idleMs === undefined) {
      clearTimeout(this.#silence);
    } else if (this.#silence !== undefined && this.#idles) {
      this.#silence.refresh();
    } else {
      clearTimeout(this.#silence);
      this.#silence = this.#endAfter(this.deadlines.idleMs, "idle");
      this.#idles = true;
    }
  }
  #idles = false;

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
    this.outside?.removeEventListener("abort", this.#cancelled);
  }

  #endAfter(ms: number, deadline: Deadline): NodeJS.Timeout {
    return setTimeout(() => {
      const { count } = this.#arrived;
      // After the computer slept, the timer is due before the answer that lies in the socket, which is read first.
      setImmediate(() => {
        const isSilenceOver = deadline !== "total" && count !== this.#arrived.count;
        const missed = deadline === "total" && count === 0 ? "firstByte" : deadline;
        if (!this.#isStopped && !isSilenceOver) this.#end(new TimedOut(this.asked, missed, ms));
      });
    }, ms);
  }

  #end(verdict: ApiError): void {
    this.#verdict ??= verdict;
    this.#abort.abort();
  }
}
