import * as l10n from "../../../l10n";
import type { ChangeOutcome } from "../../api/change";
import type { ApiError } from "../../api/http/apiError";
import { NoSuchPath, UnreadableReply } from "../../api/http/replyErrors";
import type { RepeatControl } from "../../api/repeat";
import { type Clock, longestWaitMs, monotonicClock } from "../../api/waits";
import { Pace } from "./pace";

export interface LaneOptions {
  /** The number of requests in flight, at most eight. Halved whenever the server reports that it is too busy. */
  readonly concurrency: number;
  /** Aborted: nothing more is sent, but requests in flight may finish. */
  readonly cancelled: AbortSignal;
  /** The run has a single contact and no Cancel button, so it does not wait long. */
  readonly single?: boolean;
  /** Called if the server asks for a long wait: the whole run pauses until then. */
  onPause?: ((until: Date) => void) | undefined;
  /** Called when the number of requests a second changes that a busy server allows; undefined: no longer limited. */
  onPace?: ((perSecond: number | undefined) => void) | undefined;
  /**
   * Called when the number of contacts changes whose answer was lost and that are looked at again; `isOver`: the run
   * sends nothing else any more.
   */
  onSettling?: ((lost: number, isOver: boolean) => void) | undefined;
  /** Called before each request of a change. If it throws, nothing more is sent and the run stops. */
  beforeSending?: (() => Promise<void>) | undefined;
  readonly random?: (() => number) | undefined;
  readonly clock?: Clock | undefined;
  /** A longer wait pauses the run. Contacts that were read before the pause are read again. */
  readonly longWaitMs?: number | undefined;
}

const mostInFlight = 8;
const repeatsPerRun = 20;
const failuresInARow = 5;
/** The server asks all requests in flight to wait; within this time that is one pause. */
const samePauseMs = 5000;

/**
 * Controls how many requests a run has in flight, how fast they follow each other, how long it waits, and when it stops
 * by itself. Each run has its own.
 */
export class Lanes {
  /** Aborted when the run stops or is cancelled: nothing more is started, and waits end. */
  readonly ended: AbortSignal;
  /** Shared by all requests of the run: the budget of repeats, the pace and the cancellation. */
  readonly control: RepeatControl;
  /** The same without repeats, for reads that are repeated later anyway. */
  readonly controlOfLooks: RepeatControl;
  readonly longWaitMs: number;
  readonly clock: Clock;
  readonly #pace: Pace;
  readonly #stopping = new AbortController();
  readonly #inFlight = new Set<Promise<unknown>>();
  #waitingBeside = 0;
  #stopped: string | undefined;
  #inARow = 0;
  #hasSucceeded = false;
  #repeatsLeft = repeatsPerRun;
  #toldUntil = 0;
  #toldPace: number | undefined;
  #longPauses = 0;
  #refusesToWait = false;

  constructor(readonly options: LaneOptions) {
    const random = options.random ?? Math.random;
    this.clock = options.clock ?? monotonicClock;
    const slots = Math.max(1, Math.min(mostInFlight, Math.floor(options.concurrency) || 1));
    this.#pace = new Pace(slots, this.clock, random);
    this.longWaitMs = options.longWaitMs ?? longestWaitMs;
    this.ended = AbortSignal.any([options.cancelled, this.#stopping.signal]);
    this.control = {
      cancelled: options.cancelled,
      now: () => this.clock.now(),
      takeRepeat: () => !this.ended.aborted && this.#repeatsLeft > 0 && this.#repeatsLeft-- > 0,
      backOff: async (ms) => (await this.clock.wait(ms, this.ended)) && (await this.#hasTurn()),
      turn: () => this.#pace.turn(this.ended),
      busy: (askedMs, sentAt) => this.#busy(askedMs, sentAt),
      outlastBusy: async () => !this.#refusesToWait && !this.#givesUp() && (await this.#hasTurn()),
      answered: () => {
        this.#pace.answered();
        this.#tellPace();
      },
      random,
    };
    this.controlOfLooks = {
      ...this.control,
      takeRepeat: () => false,
      outlastBusy: () => Promise.resolve(false),
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

  /** A path that worked before in this run is not missing or wrong: something else answers now. */
  readonly explain = (error: ApiError): string => {
    const isOther = error instanceof NoSuchPath || (error instanceof UnreadableReply && error.how !== "cut");
    if (!isOther || !this.#hasSucceeded) return error.sentence;
    return l10n.t(
      "The answer came from something else than before (HTTP {status}): the dialler had carried out earlier requests of this run. Check the server and the proxies in front of it.",
      { status: error.status ?? "-" },
    );
  };

  /** So many answers were lost, and their contacts are looked at again. */
  tellSettling(lost: number): void {
    this.tell(() => this.options.onSettling?.(lost, this.ended.aborted));
  }

  /** Settles the items in order, as many at once as allowed. Items that are never started are left out. */
  async each<T>(items: readonly T[], settle: (item: T, index: number) => Promise<void>): Promise<void> {
    for (let next = 0; next < items.length && (await this.mayGoOn());) {
      if (this.#inFlight.size + this.#waitingBeside >= this.#mayBeInFlight && this.#inFlight.size > 0) {
        await Promise.race(this.#inFlight);
        continue;
      }
      const item = items[next];
      if (item !== undefined) this.#begin(settle(item, next));
      next++;
    }
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  /** Does something beside the items as soon as a request may be in flight, before further items begin. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    this.#waitingBeside++;
    while (this.#inFlight.size >= this.#pace.slots) await Promise.race(this.#inFlight);
    this.#waitingBeside--;
    const doing = work();
    this.#begin(doing.catch(() => undefined));
    return doing;
  }

  /** Waits for the end of a pause. False if nothing more may be sent. */
  async mayGoOn(): Promise<boolean> {
    await this.#pace.resumed(this.ended);
    return !this.ended.aborted;
  }

  /** Waits for the turn of the next request. False if nothing more may be sent. */
  async mayGoNext(): Promise<boolean> {
    return this.#hasTurn();
  }

  /** Counts an outcome. Too many failures in a row stop the run. */
  count(outcome: ChangeOutcome | "skipped" | "notAttempted"): void {
    if (outcome === "done" || outcome === "gone") this.#hasSucceeded = true;
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
    const { slots } = this.#pace;
    return this.#inARow === 0 ? slots : Math.max(1, Math.min(slots, failuresInARow - this.#inARow));
  }

  #begin(settling: Promise<unknown>): void {
    const begun = settling.finally(() => this.#inFlight.delete(begun));
    this.#inFlight.add(begun);
  }

  async #hasTurn(): Promise<boolean> {
    await this.#pace.turn(this.ended);
    if (this.ended.aborted) return false;
    try {
      await this.options.beforeSending?.();
    } catch (error) {
      this.stop(error instanceof Error ? error.message : String(error));
    }
    return !this.ended.aborted;
  }

  #givesUp(): boolean {
    if (!this.#pace.isGivenUp) return false;
    this.stop(l10n.t("Stopped: the server stayed too busy."));
    return true;
  }

  #busy(askedMs: number | undefined, sentAt: number): void {
    const isLong = askedMs !== undefined && askedMs > this.longWaitMs;
    this.#refusesToWait = isLong && this.options.single === true;
    if (this.#refusesToWait) return;
    this.#pace.busy(askedMs, sentAt);
    this.#tellPace();
    if (!isLong) return;
    this.#longPauses++;
    const until = this.clock.now() + askedMs;
    const isNews = until > this.#toldUntil + samePauseMs;
    this.#toldUntil = Math.max(this.#toldUntil, until);
    if (isNews) this.tell(() => this.options.onPause?.(new Date(Date.now() + askedMs)));
  }

  #tellPace(): void {
    const { perSecond } = this.#pace;
    if (perSecond === this.#toldPace) return;
    this.#toldPace = perSecond;
    this.tell(() => this.options.onPace?.(perSecond));
  }
}
