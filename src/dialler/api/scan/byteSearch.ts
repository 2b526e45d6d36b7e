/** A text without case, accents and umlaut dots, for comparisons. */
export function foldedText(text: string): string {
  // Most texts are ASCII, and normalising is by far the most expensive step.
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower)
    ? lower
    : lower.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
}

/** Searches the bytes of texts without decoding them. Finds every match; may also match invalid UTF-8. */
export type ByteSearch = (bytes: Uint8Array, start: number, end: number) => boolean;

/** Separates texts that are stored together; a byte that UTF-8 does not use. */
export const separator = 0xff;

/** Finds a folded ASCII text in texts that are not folded. */
export function searchFolded(text: string): ByteSearch {
  const wanted = Buffer.from(text);
  const first = inAnyCase(wanted[0] ?? 0);
  const isForeign = bytesThatAreNotIn(wanted);
  const least = Math.max(1, Math.floor(wanted.length * fewestBytesPerLetter));
  return (bytes, start, end) => {
    for (let place = start; place + least <= end; place++) {
      const last = place + least - 1;
      if (isForeign[bytes[last] ?? 0] === 1) {
        place = last;
        continue;
      }
      const byte = bytes[place] ?? 0;
      if (byte < firstBeyondAscii) {
        if (inAnyCase(byte) === first && goesOn(bytes, place, end, wanted, 0)) return true;
      } else if (byte >= firstOfSeveral && byte < neverInText && beginsWithin(bytes, place, end, wanted)) {
        return true;
      }
    }
    return false;
  };
}

/** Finds digits within one text, with any characters between them. */
export function searchDigits(digits: string): ByteSearch {
  const wanted = Buffer.from(digits);
  return (bytes, start, end) => {
    for (let place = start; place < end; place++) {
      if (bytes[place] === wanted[0] && digitsGoOn(bytes, place, end, wanted)) return true;
    }
    return false;
  };
}

function digitsGoOn(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  let done = 1;
  for (let place = start + 1; place < end && done < wanted.length; place++) {
    const byte = bytes[place] ?? 0;
    if (byte === separator) return false;
    if (byte < zero || byte > nine) continue;
    if (byte !== wanted[done]) return false;
    done++;
  }
  return done === wanted.length;
}

const zero = 0x30;
const nine = 0x39;
/** The ratio for the characters with the most letters: ⑽ and ㏂ are three bytes for four letters. */
const fewestBytesPerLetter = 3 / 4;

/**
 * For each byte, 1 if no match can contain it: it is neither a wanted character in any case, nor part of a character
 * beyond ASCII.
 */
function bytesThatAreNotIn(wanted: Uint8Array): Uint8Array {
  const foreign = new Uint8Array(256).fill(1, 0, firstBeyondAscii);
  foreign[separator] = 1;
  for (const byte of wanted) {
    foreign[byte] = 0;
    if (byte >= 0x61 && byte <= 0x7a) foreign[byte & ~bitOfCase] = 0;
  }
  return foreign;
}

const firstBeyondAscii = 0x80;
/** From here on, bytes start a multi-byte character; lower ones continue it. */
const firstOfSeveral = 0xc0;
/** From here on, bytes are not valid in UTF-8. */
const neverInText = 0xf8;
const bitOfCase = 0x20;

/** Equal for both cases of a letter. Other characters may also become equal. */
function inAnyCase(byte: number): number {
  return byte | bitOfCase;
}

/** Whether the folded bytes from `start` begin with `wanted` from `done`. */
function goesOn(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array, done: number): boolean {
  let place = start;
  while (done < wanted.length) {
    if (place >= end) return false;
    const byte = bytes[place] ?? 0;
    if (byte < firstBeyondAscii) {
      if (byte !== wanted[done] && !(isCapital(byte) && inAnyCase(byte) === wanted[done])) return false;
      done++;
      place++;
      continue;
    }
    const behind = behindCharacter(bytes, place, end);
    const letters = lettersOf(codeOf(bytes, place, behind));
    for (let index = 0; index < letters.length && done < wanted.length; index++, done++) {
      if (letters[index] !== wanted[done]) return false;
    }
    place = behind;
  }
  return true;
}

/** One character may fold to several letters, such as ß, and a match may start at any of them. */
function beginsWithin(bytes: Uint8Array, place: number, end: number, wanted: Uint8Array): boolean {
  const behind = behindCharacter(bytes, place, end);
  const letters = lettersOf(codeOf(bytes, place, behind));
  for (let skipped = 0; skipped < letters.length; skipped++) {
    const shared = Math.min(letters.length - skipped, wanted.length);
    let same = 0;
    while (same < shared && letters[skipped + same] === wanted[same]) same++;
    if (same === shared && goesOn(bytes, behind, end, wanted, same)) return true;
  }
  return false;
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/** A match never continues across invalid UTF-8, so validity is not checked. */
function behindCharacter(bytes: Uint8Array, place: number, end: number): number {
  const lead = bytes[place] ?? 0;
  return Math.min(end, place + (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2));
}

function codeOf(bytes: Uint8Array, place: number, behind: number): number {
  let code = (bytes[place] ?? 0) & (0xff >> (behind - place + 1));
  for (let next = place + 1; next < behind; next++) code = (code << 6) | ((bytes[next] ?? 0) & 0x3f);
  return code;
}

/** Characters below this have two bytes, which covers nearly all of European names beyond ASCII. */
const firstOfThree = 0x800;
const ofTwoBytes = new Array<Uint8Array | undefined>(firstOfThree).fill(undefined);
const ofMoreBytes = new Map<number, Uint8Array>();
/** Unicode's first plane, which contains the alphabets in use. */
const mostKept = 0x10000;

/** The folded form of a character: empty for a mark; non-ASCII bytes for another alphabet. */
function lettersOf(code: number): Uint8Array {
  const before = code < firstOfThree ? ofTwoBytes[code] : ofMoreBytes.get(code);
  if (before !== undefined) return before;
  const letters = Buffer.from(code > 0x10ffff ? "" : foldedText(String.fromCodePoint(code)));
  if (code < firstOfThree) ofTwoBytes[code] = letters;
  else if (code < mostKept) ofMoreBytes.set(code, letters);
  return letters;
}
