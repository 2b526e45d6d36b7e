import { incomplete, skipColon, skipSpace, skipString } from "./jsonBytes";
import { Spelling } from "./spelling";

/** Which slot a member's value goes to; undefined: it is not wanted. */
export type SlotOf = (name: string) => number | undefined;

/** Bytes, and the same bytes as words. */
export interface Bytes {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** A member as it stood in the record before, and what followed it there. */
export interface MemberName {
  /** From the opening quote to behind the colon, as the server writes it. */
  readonly spelling: Spelling;
  readonly key: string;
  readonly slot: number;
  /** Only such a name is ever guessed: the others would hold on to one another. */
  readonly isRemembered: boolean;
  /** The name that followed last time; most servers write their members in one order. */
  next: MemberName | undefined;
}

/**
 * More names than any record has, and longer ones, are not remembered, so that a hostile server cannot fill the memory
 * with them.
 */
const mostRemembered = 2000;
const longestRemembered = 1000;

export const notWanted = -1;

/**
 * Recognises the members of records. It guesses that a member is followed by the same one as in the record before;
 * a right guess costs one comparison of bytes, a wrong one a look into a table.
 */
export class MemberNames {
  readonly #known = new Map<string, MemberName>();
  /** The same names by a hash of their bytes; of those that share one, the last: the others are found by their text. */
  readonly #byHash = new Map<number, MemberName>();
  readonly #start: MemberName = newName(Buffer.alloc(4), "", notWanted, true);
  /** The member that was read last. */
  last = this.#start;

  constructor(readonly slotOf: SlotOf) {}

  /** A record begins. */
  restart(): void {
    this.last = this.#start;
  }

  /** From the opening quote of a key to its value, with the member in `last`; `incomplete` when the bytes end first. */
  skip({ bytes, view }: Bytes, start: number): number {
    const guess = this.last.next;
    if (guess?.spelling.standsAt(view, start) === true) {
      this.last = guess;
      return skipSpace(bytes, start + guess.spelling.length);
    }
    const behindKey = skipString(bytes, start);
    const value = skipColon(bytes, behindKey);
    if (value === incomplete || value >= bytes.length) return incomplete;
    const hash = hashOf(view, start, behindKey);
    let name = this.#byHash.get(hash);
    if (name?.spelling.standsAt(view, start) !== true) {
      name = this.#named(bytes, start, behindKey);
      if (name.isRemembered) this.#byHash.set(hash, name);
    }
    if (name.isRemembered) this.last.next = name;
    this.last = name;
    return value;
  }

  #named(bytes: Buffer, start: number, behindKey: number): MemberName {
    // Keys are ASCII on every server seen; latin1 tells any two spellings apart, and is the quickest to make.
    const key = bytes.toString("latin1", start, behindKey);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const decoded: unknown = JSON.parse(bytes.toString("utf8", start, behindKey));
    const colon = bytes.indexOf(0x3a, behindKey);
    const spelling = bytes.subarray(start, colon + 1);
    const isRemembered = this.#known.size < mostRemembered && spelling.length <= longestRemembered;
    const name = newName(spelling, key, this.slotOf(String(decoded)) ?? notWanted, isRemembered);
    if (isRemembered) this.#known.set(key, name);
    return name;
  }
}

/** Of the length and the last eight bytes: keys that are numbered, or begin alike, differ there. Within 31 bits. */
function hashOf(view: DataView, start: number, end: number): number {
  if (end - start < 8) return end - start;
  const last = view.getInt32(end - 4);
  const before = view.getInt32(end - 8);
  return (Math.imul(last, 0x9e3779b1) ^ Math.imul(before, 0x85ebca6b) ^ (end - start)) >>> 1;
}

function newName(bytes: Uint8Array, key: string, slot: number, isRemembered: boolean): MemberName {
  // A key of one character and its colon are the shortest that a spelling takes.
  const spelling = new Spelling(bytes.length >= 4 ? bytes : Buffer.alloc(4));
  return {
    spelling,
    key,
    slot,
    isRemembered,
    next: undefined,
  };
}
