/** Milliseconds of the longest stretch in which nothing else had a turn. */
export class Blocks {
  #last = performance.now();
  #longest = 0;
  readonly #timer = setInterval(() => this.#look(), 1);

  /** The longest since the last time it was asked for. */
  take(): number {
    this.#look();
    const longest = this.#longest;
    this.#longest = 0;
    return Math.round(longest);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }
}
