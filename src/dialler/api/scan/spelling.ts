/**
 * Bytes that are expected at a position, compared four at a time. Most bytes of a list reply repeat in every record,
 * and comparing them is most of the work.
 */
export class Spelling {
  readonly length: number;
  readonly #words: Int32Array;
  /** The last four bytes. They overlap the last word if the length is not a multiple of four. */
  readonly #tail: number;

  /** At least four bytes. */
  constructor(bytes: Uint8Array) {
    const view = viewOf(bytes);
    this.length = bytes.length;
    this.#words = new Int32Array(bytes.length >> 2);
    for (let index = 0; index < this.#words.length; index++) this.#words[index] = view.getInt32(4 * index);
    this.#tail = view.getInt32(bytes.length - 4);
  }

  /** Whether the view has exactly these bytes at `start`. */
  standsAt(view: DataView, start: number): boolean {
    const end = start + this.length;
    if (end > view.byteLength || view.getInt32(end - 4) !== this.#tail) return false;
    const words = this.#words;
    for (let index = 0, place = start; index < words.length; index++, place += 4) {
      if (view.getInt32(place) !== words[index]) return false;
    }
    return true;
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
