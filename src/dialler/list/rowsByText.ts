import { textHash } from "../api/scan/textHash";
import { Pause } from "./pause";

/** One text of each row of a table. */
export interface RowTexts {
  readonly textOf: (row: number) => string;
  /** The `textHash` of that text. */
  readonly hashOf: (row: number) => number;
}

/** Finds the rows of a table by one of their texts. Keeps two numbers a row, and no text. */
export class RowsByText {
  /** The last row of each chain + 1; 0 for none. */
  #heads = new Int32Array(1);
  /** The row before it in its chain + 1; 0 for none. */
  #before = new Int32Array(0);

  constructor(readonly texts: RowTexts) {}

  /** Makes the first `count` rows findable. Works in slices. */
  async include(count: number): Promise<void> {
    const pause = new Pause();
    const heads = new Int32Array(2 ** Math.ceil(Math.log2(count + 1)));
    const before = new Int32Array(count);
    for (let row = 0; row < count; row++) {
      if (row % 1024 === 1023) await pause.ifDue();
      const hash = this.texts.hashOf(row);
      // An empty text is none.
      if (hash === 0) continue;
      const chain = hash & (heads.length - 1);
      before[row] = heads[chain] ?? 0;
      heads[chain] = row + 1;
    }
    this.#heads = heads;
    this.#before = before;
  }

  /** The included rows with exactly this text. */
  *rowsWith(text: string): Generator<number, void> {
    let next = this.#heads[textHash(text) & (this.#heads.length - 1)] ?? 0;
    while (next !== 0) {
      const row = next - 1;
      if (this.texts.textOf(row) === text) yield row;
      next = this.#before[row] ?? 0;
    }
  }
}
