/**
 * The grammar of JSON over bytes. Each function takes the position where an element starts and returns the position
 * after it, or `incomplete` if the bytes end first. Nothing is decoded or copied.
 */

export const incomplete = -1;

/** The bytes are not JSON, or not the JSON of a list. `at` counts from the first byte. */
export class BrokenJson extends Error {
  override readonly name = "BrokenJson";

  constructor(
    readonly how: "notJson" | "wrongShape",
    readonly at: number,
  ) {
    super(`${how} at byte ${at}`);
  }
}

/** What is nested deeper is read without recursion, which would exhaust the stack. */
const deepest = 200;

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const zero = 0x30;
const nine = 0x39;

/** A byte, or 0 after the end, which has no meaning in JSON. */
function byteAt(bytes: Uint8Array, place: number): number {
  return bytes[place] ?? 0;
}

export function skipSpace(bytes: Uint8Array, start: number): number {
  let place = start;
  for (;;) {
    const byte = bytes[place];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return place;
    place++;
  }
}

/** `start` is at the opening quote. Control characters and unknown escapes are not JSON. */
export function skipString(bytes: Uint8Array, start: number): number {
  const end = bytes.length;
  for (let place = start + 1; place < end; place++) {
    const byte = byteAt(bytes, place);
    if (byte === quote) return place + 1;
    if (byte < 0x20) throw new BrokenJson("notJson", place);
    if (byte === backslash) {
      place = lastOfEscape(bytes, place);
      if (place === incomplete) return incomplete;
    }
  }
  return incomplete;
}

function lastOfEscape(bytes: Uint8Array, start: number): number {
  if (start + 1 >= bytes.length) return incomplete;
  switch (byteAt(bytes, start + 1)) {
    case quote:
    case backslash:
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return start + 1;
    case 0x75: // u
      for (let place = start + 2; place < start + 6; place++) {
        if (place >= bytes.length) return incomplete;
        if (!isHex(byteAt(bytes, place))) throw new BrokenJson("notJson", place);
      }
      return start + 5;
    default:
      throw new BrokenJson("notJson", start + 1);
  }
}

function isHex(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

/** Any value. A number at the very end is incomplete: another digit may follow. */
export function skipValue(bytes: Uint8Array, start: number, depth = 0): number {
  if (start >= bytes.length) return incomplete;
  switch (byteAt(bytes, start)) {
    case quote:
      return skipString(bytes, start);
    case 0x6e: // n
      return skipWord(bytes, start, "null");
    case 0x74: // t
      return skipWord(bytes, start, "true");
    case 0x66: // f
      return skipWord(bytes, start, "false");
    case openBrace:
      return skipObject(bytes, start, depth + 1);
    case openBracket:
      return skipArray(bytes, start, depth + 1);
    default:
      return skipNumber(bytes, start);
  }
}

function skipWord(bytes: Uint8Array, start: number, word: string): number {
  for (let index = 1; index < word.length; index++) {
    if (start + index >= bytes.length) return incomplete;
    if (bytes[start + index] !== word.charCodeAt(index)) throw new BrokenJson("notJson", start + index);
  }
  return start + word.length;
}

function skipNumber(bytes: Uint8Array, start: number): number {
  let place = bytes[start] === 0x2d ? start + 1 : start;
  if (bytes[place] === zero) place++;
  else place = skipDigits(bytes, place);
  if (place !== incomplete && bytes[place] === 0x2e) place = skipDigits(bytes, place + 1);
  if (place !== incomplete && (byteAt(bytes, place) | 0x20) === 0x65) {
    const sign = bytes[place + 1];
    place = skipDigits(bytes, sign === 0x2b || sign === 0x2d ? place + 2 : place + 1);
  }
  return place >= bytes.length ? incomplete : place;
}

/** At least one digit. */
function skipDigits(bytes: Uint8Array, start: number): number {
  let place = start;
  while (isDigit(byteAt(bytes, place))) place++;
  if (place >= bytes.length) return incomplete;
  if (place === start) throw new BrokenJson("notJson", place);
  return place;
}

function skipObject(bytes: Uint8Array, start: number, depth: number): number {
  if (depth > deepest) return skipNested(bytes, start);
  let place = skipSpace(bytes, start + 1);
  if (bytes[place] === closeBrace) return place + 1;
  for (;;) {
    if (place >= bytes.length) return incomplete;
    if (bytes[place] !== quote) throw new BrokenJson("notJson", place);
    place = skipColon(bytes, skipString(bytes, place));
    if (place === incomplete) return incomplete;
    place = skipValue(bytes, place, depth);
    if (place === incomplete) return incomplete;
    place = skipSpace(bytes, place);
    if (bytes[place] === closeBrace) return place + 1;
    place = skipComma(bytes, place);
    if (place === incomplete) return incomplete;
  }
}

function skipArray(bytes: Uint8Array, start: number, depth: number): number {
  if (depth > deepest) return skipNested(bytes, start);
  let place = skipSpace(bytes, start + 1);
  if (bytes[place] === closeBracket) return place + 1;
  for (;;) {
    place = skipValue(bytes, place, depth);
    if (place === incomplete) return incomplete;
    place = skipSpace(bytes, place);
    if (bytes[place] === closeBracket) return place + 1;
    place = skipComma(bytes, place);
    if (place === incomplete) return incomplete;
  }
}

/** An object or array, however deep it is nested. `start` is at its bracket. */
function skipNested(bytes: Uint8Array, start: number): number {
  const closing: number[] = [];
  let place = start;
  for (;;) {
    const opening = bytes[place];
    let end: number;
    if (opening === openBrace || opening === openBracket) {
      closing.push(opening === openBrace ? closeBrace : closeBracket);
      end = skipSpace(bytes, place + 1);
      if (bytes[end] !== closing.at(-1)) {
        place = firstInside(bytes, end, opening);
        if (place === incomplete) return incomplete;
        continue;
      }
    } else {
      end = skipValue(bytes, place);
      if (end === incomplete) return incomplete;
      end = skipSpace(bytes, end);
    }
    while (bytes[end] === closing.at(-1)) {
      const isWhole = closing.length === 1;
      closing.pop();
      if (isWhole) return end + 1;
      end = skipSpace(bytes, end + 1);
    }
    const isObject = closing.at(-1) === closeBrace;
    place = firstInside(bytes, skipComma(bytes, end), isObject ? openBrace : openBracket);
    if (place === incomplete) return incomplete;
  }
}

/** From the start of an element to its value: behind the key, in an object. */
function firstInside(bytes: Uint8Array, start: number, opening: number): number {
  if (start === incomplete || start >= bytes.length) return incomplete;
  if (opening === openBracket) return start;
  if (bytes[start] !== quote) throw new BrokenJson("notJson", start);
  const value = skipColon(bytes, skipString(bytes, start));
  return value >= bytes.length ? incomplete : value;
}

/** From the end of a key to its value. */
export function skipColon(bytes: Uint8Array, behindKey: number): number {
  if (behindKey === incomplete) return incomplete;
  const place = skipSpace(bytes, behindKey);
  if (place >= bytes.length) return incomplete;
  if (bytes[place] !== colon) throw new BrokenJson("notJson", place);
  return skipSpace(bytes, place + 1);
}

/** From a comma to the next element. A bracket there starts neither a key nor a value, so the caller rejects it. */
export function skipComma(bytes: Uint8Array, start: number): number {
  if (start >= bytes.length) return incomplete;
  if (bytes[start] !== comma) throw new BrokenJson("notJson", start);
  const place = skipSpace(bytes, start + 1);
  return place >= bytes.length ? incomplete : place;
}
