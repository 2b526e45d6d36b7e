/** A text as a person means it: without case, accents and umlaut dots. */
export function foldedText(text: string): string {
  // Most texts are ASCII, and normalising is by far the dearest part.
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower)
    ? lower
    : lower.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
}

/**
 * Whether the bytes of a text hold `wanted`, a folded text of ASCII, when they are folded: found without decoding
 * them. True for every text that does; also for some that are no UTF-8.
 */
export function holdsFolded(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  const first = inAnyCase(wanted[0] ?? 0);
  for (let place = start; place < end; place++) {
    const byte = bytes[place] ?? 0;
    if (byte < firstBeyondAscii) {
      if (inAnyCase(byte) === first && goesOn(bytes, place, end, wanted, 0)) return true;
    } else if (byte >= firstOfSeveral && byte < neverInText && beginsWithin(bytes, place, end, wanted)) {
      return true;
    }
  }
  return false;
}

const firstBeyondAscii = 0x80;
/** Bytes from here on begin a character of several bytes, those before it go on with one. */
const firstOfSeveral = 0xc0;
/** From here on no byte belongs to any character; lists separate texts with one. */
const neverInText = 0xf8;
const bitOfCase = 0x20;

/** The same for a letter in both cases; other signs may fall together, too. */
function inAnyCase(byte: number): number {
  return byte | bitOfCase;
}

/** Whether the folded bytes from `start` on begin with `wanted` from `done` on. */
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

/** One character may stand for several letters, such as ß, and the text that is looked for may begin with any of them. */
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

/** Nothing that is wanted goes on across what is no UTF-8, so it need not be told from what is. */
function behindCharacter(bytes: Uint8Array, place: number, end: number): number {
  const lead = bytes[place] ?? 0;
  return Math.min(end, place + (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2));
}

function codeOf(bytes: Uint8Array, place: number, behind: number): number {
  let code = (bytes[place] ?? 0) & (0xff >> (behind - place + 1));
  for (let next = place + 1; next < behind; next++) code = (code << 6) | ((bytes[next] ?? 0) & 0x3f);
  return code;
}

/** Characters below it, those of two bytes, are nearly all that is beyond ASCII in European names. */
const firstOfThree = 0x800;
const ofTwoBytes = new Array<Uint8Array | undefined>(firstOfThree).fill(undefined);
const ofMoreBytes = new Map<number, Uint8Array>();
/** Unicode's first plane, in which living alphabets are. */
const mostKept = 0x10000;

/** What a character is when it is folded: nothing for a mark; bytes that no text of ASCII has for another alphabet's. */
function lettersOf(code: number): Uint8Array {
  const before = code < firstOfThree ? ofTwoBytes[code] : ofMoreBytes.get(code);
  if (before !== undefined) return before;
  const letters = Buffer.from(code > 0x10ffff ? "" : foldedText(String.fromCodePoint(code)));
  if (code < firstOfThree) ofTwoBytes[code] = letters;
  else if (code < mostKept) ofMoreBytes.set(code, letters);
  return letters;
}
