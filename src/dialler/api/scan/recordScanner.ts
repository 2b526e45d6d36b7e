import { BrokenJson, incomplete, skipColon, skipComma, skipSpace, skipString, skipValue } from "./jsonBytes";
import { type Bytes, MemberNames, notWanted, type SlotOf } from "./memberNames";
import { viewOf } from "./spelling";

/**
 * Called for every record, in the order of the list. The record is `bytes` from `start` to `end`. `picks` has two
 * entries per slot: the start and end of its value, or `absent` or `isNull` as the start. Both are valid only during
 * the call.
 */
export type OnRecord = (bytes: Buffer, start: number, end: number, picks: Int32Array) => void;

export interface ScannerOptions {
  /** The number of slots. */
  readonly slots: number;
  readonly slotOf: SlotOf;
  readonly onRecord: OnRecord;
  /** The slot in which the first of several members counts. In all others the last one does, as in JSON.parse. */
  readonly firstWins?: number;
}

/** In `picks`: the record has no such member. */
export const absent = -1;
/** In `picks`: the member is null. */
export const isNull = -2;

type Where = "start" | "envelope" | "firstRecord" | "nextRecord" | "afterMember" | "end";

const quote = 0x22;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;
const letterN = 0x6e;

/**
 * Reads a list reply from its bytes, in chunks of any size. Finds each record and its wanted values without decoding
 * the rest. Throws BrokenJson if it is not a list reply.
 */
export class RecordScanner {
  readonly #options: ScannerOptions;
  readonly #names: MemberNames;
  readonly #picks: Int32Array;
  #where: Where = "start";
  #sawRecords = false;
  #parts: Buffer[] = [];
  #size = 0;
  /**
   * An incomplete record is scanned again when its bytes have doubled. Scanning it for every chunk would be quadratic.
   */
  #lookAgainAt = 1;
  #behind = 0;
  /** The raw text of the envelope's own relevant members. */
  readonly envelope: { count?: string; status?: string } = {};

  constructor(options: ScannerOptions) {
    this.#options = options;
    this.#names = new MemberNames(options.slotOf);
    this.#picks = new Int32Array(2 * options.slots);
  }

  /** The number of bytes of incomplete elements. */
  get pending(): number {
    return this.#size;
  }

  /** @throws BrokenJson, with a position from the start of the reply */
  push(chunk: Uint8Array): void {
    this.#parts.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#size += chunk.length;
    if (this.#size >= this.#lookAgainAt) this.#scanParts();
  }

  /** Ends the input. True if the list was complete, false if it was truncated. @throws BrokenJson */
  end(): boolean {
    this.#scanParts();
    if (this.#where !== "end") return false;
    if (!this.#sawRecords) throw new BrokenJson("wrongShape", this.#behind);
    return true;
  }

  #scanParts(): void {
    const [first] = this.#parts;
    if (first === undefined) return;
    const bytes = this.#parts.length === 1 ? first : Buffer.concat(this.#parts, this.#size);
    const done = this.#scanned(bytes);
    const rest = bytes.subarray(done);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    this.#lookAgainAt = Math.max(1, 2 * rest.length);
    this.#behind += done;
  }

  #scanned(bytes: Buffer): number {
    try {
      return this.#scan(bytes);
    } catch (error) {
      throw error instanceof BrokenJson ? new BrokenJson(error.how, this.#behind + error.at) : error;
    }
  }

  /** Scans complete members of the envelope and complete records. Returns the position after the last one. */
  #scan(bytes: Buffer): number {
    const at = { bytes, view: viewOf(bytes) };
    let done = 0;
    for (;;) {
      const place = this.#step(at, done);
      if (place === incomplete) return done;
      done = place;
    }
  }

  #step(at: Bytes, start: number): number {
    const { bytes } = at;
    const place = skipSpace(bytes, this.#where === "start" ? behindMark(bytes, start) : start);
    if (place >= bytes.length) return place > start && this.#where === "end" ? place : incomplete;
    const byte = bytes[place];
    switch (this.#where) {
      case "start":
        return byte === openBrace ? this.#go("envelope", place + 1) : otherThanObject(bytes, place);
      case "envelope":
        return byte === closeBrace ? this.#go("end", place + 1) : this.#envelopeMember(bytes, place);
      case "afterMember":
        if (byte === closeBrace) return this.#go("end", place + 1);
        return this.#envelopeMember(bytes, skipComma(bytes, place));
      case "firstRecord":
        return byte === closeBracket ? this.#go("afterMember", place + 1) : this.#record(at, place);
      case "nextRecord":
        if (byte === closeBracket) return this.#go("afterMember", place + 1);
        return this.#record(at, skipComma(bytes, place));
      case "end":
        throw new BrokenJson("notJson", place);
    }
  }

  #go(where: Where, place: number): number {
    if (place !== incomplete) this.#where = where;
    return place;
  }

  #envelopeMember(bytes: Buffer, start: number): number {
    if (start === incomplete) return incomplete;
    if (bytes[start] !== quote) throw new BrokenJson("notJson", start);
    const behindKey = skipString(bytes, start);
    const value = skipColon(bytes, behindKey);
    if (value === incomplete || value >= bytes.length) return incomplete;
    const key: unknown = JSON.parse(textOf(bytes, start, behindKey));
    if (key === "records") return this.#records(bytes, value);
    const end = skipValue(bytes, value);
    if (end === incomplete) return incomplete;
    if (key === "count" || key === "status") this.envelope[key] = textOf(bytes, value, end);
    return this.#go("afterMember", end);
  }

  #records(bytes: Buffer, value: number): number {
    // A second list would be a second answer to the same request.
    if (bytes[value] === 0x5b && !this.#sawRecords) {
      this.#sawRecords = true;
      return this.#go("firstRecord", value + 1);
    }
    if (skipValue(bytes, value) === incomplete) return incomplete;
    throw new BrokenJson("wrongShape", value);
  }

  #record(at: Bytes, start: number): number {
    const { bytes } = at;
    if (start === incomplete) return incomplete;
    if (bytes[start] !== openBrace) {
      if (skipValue(bytes, start) === incomplete) return incomplete;
      throw new BrokenJson("wrongShape", start);
    }
    const end = this.#members(at, start);
    if (end === incomplete) return incomplete;
    this.#options.onRecord(bytes, start, end, this.#picks);
    return this.#go("nextRecord", end);
  }

  /** Scans the members of one record. The picks are valid if the record was complete. */
  #members(at: Bytes, start: number): number {
    const { bytes } = at;
    const names = this.#names;
    this.#picks.fill(absent);
    names.restart();
    let place = skipSpace(bytes, start + 1);
    if (bytes[place] === closeBrace) return place + 1;
    for (;;) {
      if (place >= bytes.length) return incomplete;
      if (bytes[place] !== quote) throw new BrokenJson("notJson", place);
      const value = names.skip(at, place);
      if (value === incomplete) return incomplete;
      const end = skipValue(bytes, value);
      if (end === incomplete) return incomplete;
      if (bytes[value] === letterN) this.#pick(names.last.slot, isNull, isNull);
      else this.#pick(names.last.slot, value, end);
      // Most servers write no space.
      if (bytes[end] === comma && bytes[end + 1] === quote) {
        place = end + 1;
        continue;
      }
      place = skipSpace(bytes, end);
      if (bytes[place] === closeBrace) break;
      place = skipComma(bytes, place);
      if (place === incomplete) return incomplete;
    }
    return place + 1;
  }

  /** If a slot has several members, the last one counts, even if it is null, as in JSON.parse. */
  #pick(slot: number, start: number, end: number): void {
    if (slot === notWanted) return;
    const picks = this.#picks;
    if (slot === this.#options.firstWins && picks[2 * slot] !== absent) return;
    picks[2 * slot] = start;
    picks[2 * slot + 1] = end;
  }
}

const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return utf8.decode(bytes.subarray(start, end));
}

/** The position after a byte order mark, if there is one. */
function behindMark(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0xef) return start;
  if (bytes.length < start + 3) return bytes.length;
  return bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? start + 3 : start;
}

/**
 * Rejects a reply that is not an object. A list, a text or a number is JSON but not a dialler's reply; a web page is
 * not JSON. Long values are not read to their end, because the first byte is enough.
 */
function otherThanObject(bytes: Uint8Array, start: number): number {
  const mayBeLong = `["-0123456789`.includes(String.fromCharCode(bytes[start] ?? 0));
  if (!mayBeLong && skipValue(bytes, start) === incomplete) return incomplete;
  throw new BrokenJson("wrongShape", start);
}
