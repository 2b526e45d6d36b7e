import * as l10n from "../../l10n";
import type { RepeatControl } from "../api/repeat";
import { longestWaitMs, waitFor } from "../api/waits";
import type { Outcome } from "./outcome";

export interface LaneOptions {
  /** The number of requests in flight, at most eight. Halved whenever the server reports that it is too busy. */
  readonly concurrency: number;
  /** Aborted: nothing more is sent, but requests in flight may finish. */
  readonly cancelled: AbortSignal;
  /** The run has a single contact and no Cancel button, so it does not wait long. */
  readonly single?: boolean;
  /** Called if the server asks for a long wait: the whole run pauses until then. */
  onPause?: ((until: Date) => void) | undefined;
  readonly random?: (() => number) | undefined;
  /** A longer wait pauses the run. Contacts that were read before the pause are read again. */
  readonly longWaitMs?: number | undefined;
}

const mostInFlight = 8;
const repeatsPerRun = 20;
const failuresInARow = 5;
/** The server asks all requests in flight to wait; within this time that is one pause. */
const samePauseMs = 5000;

/**
 * Controls how many requests a run has in flight, how long it waits, and when it stops by itself. Each run has its own.
 */
export class Lanes {
  /** Aborted when the run stops or is cancelled: nothing more is started, and waits end. */
  readonly ended: AbortSignal;
  /** Shared by all requests of the run: the budget of repeats, the pauses and the cancellation. */
  readonly control: RepeatControl;
  readonly longWaitMs: number;
  readonly #stopping = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  #stopped: string | undefined;
  #slots: number;
  #inARow = 0;
  #repeatsLeft = repeatsPerRun;
  #pausedUntil = 0;
  #longPauses = 0;

  constructor(readonly options: LaneOptions) {
    this.#slots = Math.max(1, Math.min(mostInFlight, Math.floor(options.concurrency) || 1));
    this.longWaitMs = options.longWaitMs ?? longestWaitMs;
    this.ended = AbortSignal.any([options.cancelled, this.#stopping.signal]);
    this.control = {
      cancelled: options.cancelled,
      takeRepeat: () => !this.ended.aborted && this.#repeatsLeft > 0 && this.#repeatsLeft-- > 0,
      wait: (ms, why) => this.#wait(ms, why === "serverAsked"),
      busy: () => this.slowDown(),
      random: options.random ?? Math.random,
    };
  }

  /** Why nothing more is sent. */
  get stopReason(): string {
    return this.#stopped ?? l10n.t("cancelled");
  }

  /** The number of long pauses. Contacts that were read before a long pause are read again after it. */
  get longPauses(): number {
    return this.#longPauses;
  }

  /** Settles the items in order, as many at once as allowed. Items that are never started are left out. */
  async each<T>(items: readonly T[], settle: (item: T, index: number) => Promise<void>): Promise<void> {
    for (let next = 0; next < items.length && (await this.mayGoOn());) {
      if (this.#inFlight.size >= this.#mayBeInFlight) {
        await Promise.race(this.#inFlight);
        continue;
      }
      const item = items[next];
      if (item !== undefined) this.#begin(settle(item, next));
      next++;
    }
    await Promise.all(this.#inFlight);
  }

  /** Waits for the end of a pause. False if nothing more may be sent. */
  async mayGoOn(): Promise<boolean> {
    while (Date.now() < this.#pausedUntil && !this.ended.aborted) {
      await waitFor(this.#pausedUntil - Date.now(), this.ended);
    }
    return !this.ended.aborted;
  }

  /** Counts an outcome. Too many failures in a row stop the run. */
  count(outcome: Outcome): void {
    if (outcome === "failed" || outcome === "unknown") {
      if (++this.#inARow >= failuresInARow)
        this.stop(l10n.t("Stopped after {count} failures in a row.", { count: l10n.number(failuresInARow) }));
    } else if (outcome !== "notAttempted") this.#inARow = 0;
  }

  /** Stops the run, because the next request would fail the same way. The first reason is kept. */
  stop(reason: string): void {
    this.#stopped ??= reason;
    this.#stopping.abort();
  }

  /** Called when the server reports that it is too busy. */
  slowDown(): void {
    this.#slots = Math.max(1, Math.floor(this.#slots / 2));
  }

  /** If a listener throws, the run stops: no change goes unreported. */
  tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
      this.stop(l10n.t("Stopped: a result could not be recorded ({reason}).", { reason }));
    }
  }

  /** After a failure, only as many requests are in flight as further failures would stop the run. */
  get #mayBeInFlight(): number {
    return this.#inARow === 0
      ? this.#slots
      : Math.max(1, Math.min(this.#slots, failuresInARow - this.#inARow));
  }

  #begin(settling: Promise<void>): void {
    const begun = settling.finally(() => this.#inFlight.delete(begun));
    this.#inFlight.add(begun);
  }

  async #wait(ms: number, pausesRun: boolean): Promise<boolean> {
    const isLong = ms > this.longWaitMs;
    if (isLong && this.options.single === true) return false;
    if (pausesRun) {
      const until = Date.now() + ms;
      const isNews = until > this.#pausedUntil + samePauseMs;
      this.#pausedUntil = Math.max(this.#pausedUntil, until);
      if (isLong) this.#longPauses++;
      if (isLong && isNews) this.tell(() => this.options.onPause?.(new Date(until)));
    }
    return waitFor(ms, this.ended);
  }
}
