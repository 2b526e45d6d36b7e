import { LinesOf } from "./lines";

/** What a file that is not valid UTF-8 holds all the same. */
export interface Utf8Scan {
  /** Characters of more than one byte. */
  readonly valid: number;
  /** Whether one of them is a Latin letter, a punctuation mark or a currency sign. */
  readonly hasLatin: boolean;
  /** Places where bytes are not UTF-8; faulty bytes in a row are one place. */
  readonly invalid: number;
  /** The first byte of a character that the end of the file cuts. */
  readonly cutLead: number | undefined;
  /** The lines that hold something invalid, ascending. */
  readonly spoiled: readonly number[];
}

/** Counts characters and faults, as the standard's decoder does. */
export function scanUtf8(bytes: Uint8Array): Utf8Scan {
  const lines = new LinesOf(bytes);
  const spoiled: number[] = [];
  let [valid, invalid] = [0, 0];
  let hasLatin = false;
  let cutLead: number | undefined;
  let afterFault = -1;
  for (let place = 0; place < bytes.length;) {
    const lead = bytes[place] ?? 0;
    if (lead < 0x80) {
      place++;
      continue;
    }
    const length = lengthAfter(lead);
    const found = 1 + continuations(bytes, place, length - 1);
    if (length > 1 && found === length) {
      valid++;
      hasLatin ||= isLatinLead(lead, bytes[place + 1] ?? 0);
    } else {
      if (place !== afterFault) invalid++;
      afterFault = place + found;
      const line = lines.lineAt(place);
      if (spoiled.at(-1) !== line) spoiled.push(line);
      if (length > 1 && place + found === bytes.length) cutLead = lead;
    }
    place += found;
  }
  return { valid, hasLatin, invalid, cutLead, spoiled };
}

/** How many bytes the character has that begins with this one; 1 if none does. */
function lengthAfter(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
}

function continuations(bytes: Uint8Array, leadPlace: number, wanted: number): number {
  let found = 0;
  while (found < wanted) {
    const byte = bytes[leadPlace + 1 + found] ?? 0;
    const [least, most] = found === 0 ? secondByteAfter(bytes[leadPlace] ?? 0) : anyContinuation;
    if (byte < least || byte > most) break;
    found++;
  }
  return found;
}

const anyContinuation = [0x80, 0xbf] as const;

/** Excludes overlong forms, surrogates and what lies beyond Unicode. */
function secondByteAfter(lead: number): readonly [least: number, most: number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  return lead === 0xf4 ? [0x80, 0x8f] : anyContinuation;
}

function isLatinLead(lead: number, second: number): boolean {
  if (lead === 0xe1) return second >= 0xb8 && second <= 0xbb;
  return (lead >= 0xc2 && lead <= 0xc9) || (lead === 0xe2 && second <= 0x83);
}
