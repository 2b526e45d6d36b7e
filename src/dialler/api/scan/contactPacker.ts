import { isLockMember, keptMembers, lockFromValue, type LockState } from "../record/contact";
import { exactJson, numberText } from "../record/exactJson";
import { separator } from "./byteSearch";
import {
  backslash,
  exactDigits,
  lockStates,
  nine,
  openBrace,
  openBracket,
  PackedContacts,
  quote,
  replacement,
  zero,
} from "./packedContacts";
import { isNull, type OnRecord } from "./recordScanner";

const lockSlot = keptMembers.length;
/** A number with few characters, such as 1e20, may be written with this many. */
const longestNumber = 25;

/** Extracts the wanted values from records and packs them. Its members are those that a scanner needs. */
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

  /** The number of contacts to be taken. */
  get count(): number {
    return this.#ends.length;
  }

  readonly onRecord: OnRecord = (bytes, _start, _end, picks) => {
    let separators = 0;
    for (let slot = 0; slot < lockSlot; slot++) {
      const start = picks[2 * slot] ?? -1;
      if (start >= 0) {
        const end = picks[2 * slot + 1] ?? start;
        // Separators are written only when a text follows them, so that a contact ends with its last text.
        this.#reserve(separators + 3 * (end - start) + longestNumber);
        for (; separators > 0; separators--) this.#bytes[this.#length++] = separator;
        this.#append(bytes, start, end);
      }
      separators++;
    }
    this.#ends.push(this.#length);
    this.#locks.push(lockStates.indexOf(this.#lockOf(bytes, picks)));
  };

  /** Returns the contacts packed since the last call. */
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
    if (start === isNull) return lockFromValue(null);
    return start < 0
      ? "unknown"
      : lockFromValue(exactJson(bytes.toString("utf8", start, picks[2 * lockSlot + 1])));
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
    if (this.#copiedDigits(bytes, start, end)) return;
    // As in a single record, so that both show the same contact.
    this.#write(numberText(bytes.toString("latin1", start, end)));
  }

  /** Copies a number that has only digits, and few enough to be exact; returns false for others. */
  #copiedDigits(bytes: Buffer, start: number, end: number): boolean {
    if (end - start > exactDigits) return false;
    let length = this.#length;
    for (let place = start; place < end; place++) {
      const byte = bytes[place] ?? 0;
      if (byte < zero || byte > nine) return false;
      this.#bytes[length++] = byte;
    }
    this.#length = length;
    return true;
  }

  /** Copies a text that needs no decoding; returns false for others. */
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
