/**
 * Repeatable chance: every answer depends only on the seed, the contact and the question. A contact is computed each
 * time it is read, so half a million of them need no memory.
 */
export class Dice {
  readonly #start: number;

  constructor(seed: number, index: number) {
    this.#start = scrambled(Math.imul(seed, 0x9e3779b1) ^ scrambled(index + 0x5bd1e995));
  }

  /** A whole number from 0 to `limit - 1`. */
  below(limit: number, question: string): number {
    return hashOf(question, this.#start) % limit;
  }

  /** True in `percent` of 100 cases. */
  happens(percent: number, question: string): boolean {
    return hashOf(question, this.#start) % 10_000 < percent * 100;
  }

  pick<T>(choices: readonly T[], question: string): T {
    return at(choices, this.below(choices.length, question));
  }
}

/** The element at an index that is known to exist. */
export function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  if (found === undefined) throw new RangeError(`Nothing at place ${place} of ${list.length}`);
  return found;
}

/** A number from 0 to 2^32 - 1 for a text. */
export function hashOf(text: string, start = 0): number {
  let hash = start ^ 0x811c9dc5;
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return scrambled(hash);
}

/** Maps each number to another one from 0 to 2^32 - 1, without a visible order. */
export function scrambled(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
