import { incomplete, skipColon, skipSpace, skipString } from "./jsonBytes";
import { Spelling } from "./spelling";

/** The slot of a member's value; undefined if it is not wanted. */
export type SlotOf = (name: string) => number | undefined;

/** Bytes, with a view for reading words. */
export interface Bytes {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** A member of the previous record, with the one that followed it. */
export interface MemberName {
  /** From the opening quote to the colon, as the server writes it. */
  readonly spelling: Spelling;
  readonly key: string;
  readonly slot: number;
  /** Only remembered names are guessed, because others would keep each other in memory. */
  readonly isRemembered: boolean;
  /** The name that followed last time. Most servers write members in a fixed order. */
  next: MemberName | undefined;
}

/**
 * Names beyond these limits are not remembered, so that a hostile server cannot fill the memory. No real record reaches
 * them.
 */
const mostRemembered = 2000;
const longestRemembered = 1000;

export const notWanted = -1;

/**
 * Recognises the members of records. Guesses that a member is followed by the same one as in the previous record: a
 * correct guess costs one comparison of bytes, a wrong one a table lookup.
 */
export class MemberNames {
  readonly #known = new Map<string, MemberName>();
  /**
   * The same names by a hash of their bytes. If several share a hash, the last one is stored, and the others are found
   * by text.
   */
  readonly #byHash = new Map<number, MemberName>();
  readonly #start: MemberName = newName(Buffer.alloc(4), "", notWanted, true);
  /** The member that was read last. */
  last = this.#start;

  constructor(readonly slotOf: SlotOf) {}

  /** Starts a record. */
  restart(): void {
    this.last = this.#start;
  }

  /**
   * Skips from the opening quote of a key to its value and sets `last` to the member; `incomplete` if the bytes end
   * first.
   */
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
    // Keys are ASCII on all known servers. latin1 keeps any two spellings distinct, and is the fastest to create.
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

/**
 * Hashes the length and the last eight bytes, where numbered keys and keys with a common beginning differ. Fits into 31
 * bits.
 */
function hashOf(view: DataView, start: number, end: number): number {
  if (end - start < 8) return end - start;
  const last = view.getInt32(end - 4);
  const before = view.getInt32(end - 8);
  return (Math.imul(last, 0x9e3779b1) ^ Math.imul(before, 0x85ebca6b) ^ (end - start)) >>> 1;
}

function newName(bytes: Uint8Array, key: string, slot: number, isRemembered: boolean): MemberName {
  // The shortest spelling is a key of one character with its colon.
  const spelling = new Spelling(bytes.length >= 4 ? bytes : Buffer.alloc(4));
  return {
    spelling,
    key,
    slot,
    isRemembered,
    next: undefined,
  };
}
