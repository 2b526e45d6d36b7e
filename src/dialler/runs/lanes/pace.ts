import { backOffMs, type Clock } from "../../api/waits";

/** Without a readable Retry-After, refusals of requests that are already in flight belong to the same wait. */
const shortestWaitMs = 100;
/** After so many waits without a success between them, the server is given up. */
const mostWaits = 10;
/** So many answers in a row that are not "too busy" allow one more request in flight. */
const answersPerSlot = 20;
const slowestPerSecond = 0.1;

/**
 * How fast the requests of a run follow each other. Unlimited until the server reports that it is too busy. Then the
 * rate is halved at each wait that begins after a success, and grows by one request a second with every second that goes well.
 */
export class Pace {
  readonly #most: number;
  #slots: number;
  /** Requests a second. */
  #rate = Infinity;
  #nextAt = 0;
  /** When the last wait began. */
  #pausedAt = -Infinity;
  #pausedUntil = 0;
  #waits = 0;
  #calmAnswers = 0;
  /** When answers arrived that were not "too busy", within the last second. */
  #recent: number[] = [];

  constructor(
    slots: number,
    readonly clock: Clock,
    readonly random: () => number,
  ) {
    this.#most = slots;
    this.#slots = slots;
  }

  /** The number of requests that may be in flight. */
  get slots(): number {
    return this.#slots;
  }

  /** Requests a second, rounded; undefined if there is no limit that a person would notice. */
  get perSecond(): number | undefined {
    return this.#rate > 100 ? undefined : Math.max(1, Math.round(this.#rate));
  }

  /** The server was too busy too often without a success. */
  get isGivenUp(): boolean {
    return this.#waits > mostWaits;
  }

  /** Waits for the end of a pause. Ends early if the signal aborts. */
  async resumed(ended: AbortSignal): Promise<void> {
    for (let ms = this.#pauseLeft(); ms > 0 && !ended.aborted; ms = this.#pauseLeft()) {
      await this.clock.wait(ms, ended);
    }
  }

  /** Waits for the end of a pause and for the next place in the row of requests. Ends early if the signal aborts. */
  async turn(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      const now = this.clock.now();
      const ms = Math.max(this.#pausedUntil, this.#nextAt) - now;
      if (ms <= 0) {
        this.#nextAt = now + 1000 / this.#rate;
        return;
      }
      await this.clock.wait(ms, ended);
    }
  }

  /**
   * The server is too busy. Returns the length of the wait that begins, or 0 if the refusal belongs to one: it arrives
   * during it, or the request was sent before it.
   */
  busy(askedMs: number | undefined, sentAt: number): number {
    const now = this.clock.now();
    this.#calmAnswers = 0;
    if (now < this.#pausedUntil || sentAt <= this.#pausedAt) {
      this.#pausedUntil = Math.max(this.#pausedUntil, now + (askedMs ?? 0));
      return 0;
    }
    const ms = Math.max(askedMs ?? backOffMs(this.#waits, this.random()), shortestWaitMs);
    if (this.#waits === 0) this.#slowDown(now);
    this.#waits++;
    this.#pausedAt = now;
    this.#pausedUntil = now + ms;
    return ms;
  }

  /** Not for a wait that follows another one without a success: that one was too short, whatever the rate. */
  #slowDown(now: number): void {
    this.#slots = Math.max(1, Math.floor(this.#slots / 2));
    // What went well within the last second is a measure only as long as nothing held the requests back.
    const recent = this.#recent.filter((at) => at > now - 1000).length;
    const rate = this.#rate === Infinity ? Math.max(1, recent) : this.#rate;
    this.#rate = Math.max(slowestPerSecond, rate / 2);
  }

  answered(): void {
    const now = this.clock.now();
    this.#waits = 0;
    if (++this.#calmAnswers % answersPerSlot === 0) this.#slots = Math.min(this.#most, this.#slots + 1);
    if (this.#rate < Infinity) {
      this.#rate += Math.min(1, 1 / this.#rate);
      return;
    }
    this.#recent.push(now);
    if (this.#recent[0] !== undefined && this.#recent[0] <= now - 1000) {
      this.#recent = this.#recent.filter((at) => at > now - 1000);
    }
  }

  #pauseLeft(): number {
    return this.#pausedUntil - this.clock.now();
  }
}
