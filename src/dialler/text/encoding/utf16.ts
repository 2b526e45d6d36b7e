import { LineCounter } from "./lines";

export type Utf16 = "utf-16le" | "utf-16be";

/** The text after a mark, and the lines that hold half a character. */
export function textOfUtf16(
  encoding: Utf16,
  bytes: Uint8Array,
): { readonly text: string; readonly spoiled: readonly number[] } {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, spoiled: text.includes("\ufffd") ? spoiledLines(encoding, bytes) : [] };
}

/** The lines with a surrogate that has no partner, or with the first byte of a unit only. */
function spoiledLines(encoding: Utf16, bytes: Uint8Array): number[] {
  const counter = new LineCounter();
  const spoiled: number[] = [];
  const high = encoding === "utf-16le" ? 1 : 0;
  const unitAt = (place: number): number =>
    ((bytes[place + high] ?? 0) << 8) | (bytes[place + 1 - high] ?? 0);
  const spoil = (): void => {
    if (spoiled.at(-1) !== counter.line) spoiled.push(counter.line);
  };
  let place = 0;
  for (; place + 1 < bytes.length; place += 2) {
    const unit = unitAt(place);
    counter.take(unit);
    if (!isBetween(unit, 0xd800, 0xdfff)) continue;
    const hasPartner =
      unit <= 0xdbff && place + 3 < bytes.length && isBetween(unitAt(place + 2), 0xdc00, 0xdfff);
    if (hasPartner) place += 2;
    else spoil();
  }
  if (place < bytes.length) spoil();
  return spoiled;
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

/** How sure the zero bytes make it that a text without a mark is UTF-16. */
export interface Utf16Guess {
  readonly encoding: Utf16;
  readonly clear: boolean;
}

/**
 * In UTF-16, every ASCII character has a zero byte on the same side. Two ASCII characters side by side speak against
 * it, and so do zero bytes on the other side or in pairs: then a text of single bytes just holds NULs.
 */
export function guessUtf16(bytes: Uint8Array): Utf16Guess | undefined {
  if (!bytes.includes(0)) return undefined;
  let [little, big, narrow, empty] = [0, 0, 0, 0];
  for (let place = 0; place + 1 < bytes.length; place += 2) {
    const [first, second] = [bytes[place] ?? 0, bytes[place + 1] ?? 0];
    if (first === 0 && second === 0) empty++;
    else if (second === 0 && isText(first)) little++;
    else if (first === 0 && isText(second)) big++;
    else if (isText(first) && isText(second)) narrow++;
  }
  const [wide, other] = little >= big ? [little, big] : [big, little];
  const against = narrow + empty + 4 * other;
  const encoding = little >= big ? "utf-16le" : "utf-16be";
  if (wide === 0 || wide < against) return undefined;
  return { encoding, clear: wide >= 4 * against };
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
