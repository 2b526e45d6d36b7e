import {
  type Contact,
  contactFromTexts,
  isLockMember,
  keptMembers,
  lockFromText,
  type LockState,
  slots,
} from "../record/contact";
import { type ByteSearch, separator } from "./byteSearch";
import { exactJson } from "../record/exactJson";
import { contactIdOf } from "../record/key";
import { isNull, type OnRecord } from "./recordScanner";

const replacement = 0x3f;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const zero = 0x30;
const nine = 0x39;
/** Whole numbers of so many digits are all below 2^53. */
const exactDigits = 15;

const lockStates: readonly LockState[] = ["unknown", "unlocked", "locked"];

/**
 * Contacts of a list, kept as the bytes of their texts: about as many as the texts have, a fifth of what objects take.
 * A contact becomes an object when somebody asks for it.
 */
export class PackedContacts {
  readonly #bytes: Buffer;
  /** Where the texts of each contact end. */
  readonly #ends: Uint32Array;
  readonly #locks: Uint8Array;

  constructor(bytes: Buffer, ends: Uint32Array, locks: Uint8Array) {
    this.#bytes = bytes;
    this.#ends = ends;
    this.#locks = locks;
  }

  get count(): number {
    return this.#ends.length;
  }

  /** How many bytes the contacts take, in all. */
  get size(): number {
    return this.#bytes.length + this.#ends.byteLength + this.#locks.byteLength;
  }

  lockAt(index: number): LockState {
    return lockStates[this.#locks[index] ?? 0] ?? "unknown";
  }

  /** Undefined for an ID that cannot be sent. The first text; read without decoding it, because each contact of a list is asked. */
  idAt(index: number): number | undefined {
    const bytes = this.#bytes;
    const start = this.#startOf(index);
    const end = this.#ends[index] ?? 0;
    if (bytes[start] === zero) return undefined;
    let id = 0;
    for (let place = start; place < end; place++) {
      const byte = bytes[place] ?? 0;
      if (byte === separator) break;
      const isPlain = byte >= zero && byte <= nine && place - start < exactDigits;
      if (!isPlain) return contactIdOf(this.textAt(index, slots.id));
      id = 10 * id + byte - zero;
    }
    return id === 0 ? undefined : id;
  }

  /** The text of one slot; empty where there is none. */
  textAt(index: number, slot: number): string {
    const bytes = this.#bytes;
    const end = this.#ends[index] ?? 0;
    let start = this.#startOf(index);
    for (let skipped = 0; skipped < slot; skipped++) {
      const next = bytes.indexOf(separator, start);
      if (next === -1 || next >= end) return "";
      start = next + 1;
    }
    const behind = bytes.indexOf(separator, start);
    return bytes.toString("utf8", start, behind === -1 || behind > end ? end : behind);
  }

  contactAt(index: number): Contact {
    const texts: string[] = [];
    const end = this.#ends[index] ?? 0;
    for (let start = this.#startOf(index); start < end;) {
      const next = this.#bytes.indexOf(separator, start);
      const behind = next === -1 || next > end ? end : next;
      texts.push(start === behind ? "" : this.#bytes.toString("utf8", start, behind));
      start = behind + 1;
    }
    return contactFromTexts((slot) => texts[slot] ?? "", this.lockAt(index));
  }

  /** Whether all of the searches find something in a contact. */
  isFound(index: number, searches: readonly ByteSearch[]): boolean {
    const start = this.#startOf(index);
    const end = this.#ends[index] ?? 0;
    return searches.every((search) => search(this.#bytes, start, end));
  }

  /** Some of the contacts, in the order of `indices`. */
  pick(indices: readonly number[]): PackedContacts {
    const parts = indices.map((index) => this.#bytes.subarray(this.#startOf(index), this.#ends[index] ?? 0));
    const ends = new Uint32Array(indices.length);
    let end = 0;
    for (const [place, part] of parts.entries()) ends[place] = end += part.length;
    const locks = Uint8Array.from(indices, (index) => this.#locks[index] ?? 0);
    return new PackedContacts(Buffer.concat(parts, end), ends, locks);
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
  }
}

const lockSlot = keptMembers.length;

/** Takes the wanted values out of records and packs them. Its members are what a scanner asks for. */
export class ContactPacker {
  readonly slots = keptMembers.length + 1;
  readonly firstWins = lockSlot;
  #bytes = Buffer.allocUnsafe(256 * 1024);
  #length = 0;
  #ends: number[] = [];
  #locks: number[] = [];

  constructor(readonly lockField: string) {}

  readonly slotOf = (name: string): number | undefined => {
    if (isLockMember(name, this.lockField)) return lockSlot;
    const slot = keptMembers.indexOf(name);
    return slot === -1 ? undefined : slot;
  };

  /** How many contacts wait to be taken. */
  get count(): number {
    return this.#ends.length;
  }

  readonly onRecord: OnRecord = (bytes, _start, _end, picks) => {
    let separators = 0;
    for (let slot = 0; slot < lockSlot; slot++) {
      const start = picks[2 * slot] ?? -1;
      if (start >= 0) {
        const end = picks[2 * slot + 1] ?? start;
        // Separators are only written once a text follows them, so that a contact ends with its last text.
        this.#reserve(separators + 3 * (end - start));
        for (; separators > 0; separators--) this.#bytes[this.#length++] = separator;
        this.#append(bytes, start, end);
      }
      separators++;
    }
    this.#ends.push(this.#length);
    this.#locks.push(lockStates.indexOf(this.#lockOf(bytes, picks)));
  };

  /** What was packed since the last time. */
  take(): PackedContacts {
    const bytes = Buffer.from(this.#bytes.subarray(0, this.#length));
    const packed = new PackedContacts(bytes, Uint32Array.from(this.#ends), Uint8Array.from(this.#locks));
    this.#length = 0;
    this.#ends = [];
    this.#locks = [];
    return packed;
  }

  #lockOf(bytes: Buffer, picks: Int32Array): LockState {
    const start = picks[2 * lockSlot] ?? -1;
    if (start === isNull) return "unlocked";
    if (start < 0) return "unknown";
    const text = bytes.toString("utf8", start, picks[2 * lockSlot + 1]);
    if (text.startsWith("{") || text.startsWith("[")) return "unknown";
    const value = exactJson(text);
    // As a value, not as it is spelled: 1.0 is 1.
    return lockFromText(String(value), typeof value === "string");
  }

  #append(bytes: Buffer, start: number, end: number): void {
    const first = bytes[start] ?? 0;
    if (first === openBrace || first === openBracket) return;
    if (first === quote) {
      if (this.#copied(bytes, start + 1, end - 1)) return;
      const decoded: unknown = JSON.parse(bytes.toString("utf8", start, end));
      this.#write(String(decoded));
      return;
    }
    if (first > nine) {
      this.#copied(bytes, start, end);
      return;
    }
    // Whole numbers stay as they are spelled, so that one above 2^53 is not rounded silently.
    if (this.#copiedDigits(bytes, start, end)) return;
    this.#write(String(Number(bytes.toString("latin1", start, end))));
  }

  /** Copies a number that is spelled with digits only; false when it is not. */
  #copiedDigits(bytes: Buffer, start: number, end: number): boolean {
    let length = this.#length;
    for (let place = start; place < end; place++) {
      const byte = bytes[place] ?? 0;
      if (byte < zero || byte > nine) return false;
      this.#bytes[length++] = byte;
    }
    this.#length = length;
    return true;
  }

  /** Copies a text that needs no decoding; false when it does. */
  #copied(bytes: Buffer, start: number, end: number): boolean {
    let length = this.#length;
    for (let place = start; place < end; place++) {
      const byte = bytes[place] ?? 0;
      if (byte === backslash) return false;
      this.#bytes[length++] = byte === separator ? replacement : byte;
    }
    this.#length = length;
    return true;
  }

  #write(text: string): void {
    this.#length += this.#bytes.write(text, this.#length, "utf8");
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
