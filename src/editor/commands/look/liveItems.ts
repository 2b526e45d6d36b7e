/** The items for a text while it is typed: computed once typing rests, and only shown for the text as it stands. */
export class LiveItems<Item> {
  #text: string | undefined;
  #items: Promise<readonly Item[] | undefined> = Promise.resolve(undefined);
  #running: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `compute` may give up when its signal is aborted. `show` gets the items, or undefined while they are computed. */
  constructor(
    readonly compute: (text: string, cancelled: AbortSignal) => Promise<readonly Item[] | undefined>,
    readonly show: (items: readonly Item[] | undefined) => void,
    readonly restMs: number,
  ) {}

  /** Drops what was computed for another text, and computes the items of this one after a rest. */
  typed(text: string): void {
    if (text === this.#text) return;
    this.dispose();
    this.show(undefined);
    this.#timer = setTimeout(() => void this.itemsOf(text), this.restMs);
  }

  /** The items of a text, without waiting for a rest; undefined if another text was typed meanwhile. */
  itemsOf(text: string): Promise<readonly Item[] | undefined> {
    if (text === this.#text) return this.#items;
    this.dispose();
    this.#text = text;
    this.#items = this.#computed(text);
    return this.#items;
  }

  /** Ends what is being computed. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = undefined;
    this.#text = undefined;
  }

  async #computed(text: string): Promise<readonly Item[] | undefined> {
    const running = (this.#running = new AbortController());
    const items = await this.compute(text, running.signal);
    if (running.signal.aborted) return undefined;
    if (items !== undefined) this.show(items);
    return items;
  }
}
