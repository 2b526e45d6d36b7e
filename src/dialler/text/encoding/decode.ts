import { characterIn, type CodePage, isDefinedIn, textIn } from "./codePages";
import { contextsOf } from "./contexts";
import { clearReading, isPlausible, type Reading, readingsBy } from "./likelihood";
import { bytesOfLine, linesHolding } from "./lines";
import { guessUtf16, textOfUtf16, type Utf16 } from "./utf16";
import { scanUtf8 } from "./utf8";

export type Encoding = "utf-8" | Utf16 | CodePage;

/** A text and how its bytes were read. */
export interface DecodedText {
  readonly kind: "decoded";
  /** Without its byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** What decided: a byte order mark; nothing but ASCII; valid UTF-8; mostly valid UTF-8; zero bytes; letters; the caller. */
  readonly why: "mark" | "ascii" | "valid" | "mostlyValid" | "zeros" | "letters" | "chosen";
  /**
   * The lines, counted as an editor counts them (CRLF, LF and CR each end one), that hold bytes which this encoding
   * cannot have; ascending.
   */
  readonly spoiled: readonly number[];
}

/** Several encodings are possible and read differently, or none is. */
export interface UndecidedEncoding {
  readonly kind: "undecided";
  /** The likeliest first, each with the first line that differs as it would read. */
  readonly candidates: readonly { readonly encoding: Encoding; readonly sample: string }[];
  /** The lines that differ, ascending, at most 20. */
  readonly lines: readonly number[];
}

type Why = DecodedText["why"];

/** The longest sample, in characters. */
const longestSample = 80;

const marks: readonly (readonly [mark: readonly number[], encoding: Exclude<Encoding, CodePage>])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Reads the bytes of a text. A byte order mark decides, then `chosen`, then what the bytes show; what they do not show
 * beyond doubt stays undecided.
 */
export function decoded(bytes: Uint8Array, chosen?: Encoding): DecodedText | UndecidedEncoding {
  const marked = marks.find(([mark]) => mark.every((byte, place) => bytes[place] === byte));
  // The mark of UTF-32 begins like that of UTF-16.
  if (marked?.[1] === "utf-16le" && bytes.length >= 4 && bytes[2] === 0 && bytes[3] === 0)
    return { kind: "undecided", candidates: [], lines: [1] };
  if (marked !== undefined) return decodedAs(marked[1], bytes.subarray(marked[0].length), "mark");
  if (chosen !== undefined) return decodedAs(chosen, bytes, "chosen");
  const wide = guessUtf16(bytes);
  if (wide?.clear === true) return decodedAs(wide.encoding, bytes, "zeros");
  if (wide !== undefined) return undecidedWidth(wide.encoding, bytes);
  return decodedUtf8(bytes) ?? decodedByLetters(bytes);
}

/** A text that is valid UTF-8 as a whole. Letters of other scripts in the middle of Latin words make it doubtful. */
function decodedUtf8(bytes: Uint8Array): DecodedText | UndecidedEncoding | undefined {
  const text = validUtf8(bytes);
  if (text === undefined) return undefined;
  const why = text.length === bytes.length ? "ascii" : "valid";
  if (why === "valid" && !/[\u0080-\u024f\u1e00-\u1eff\u2000-\u20cf]/.test(text)) {
    const likely = readingsBy(contextsOf(bytes)).filter(isPlausible);
    if (likely.length > 0) return undecided(["utf-8", ...likely.map(({ page }) => page)], bytes);
  }
  return { kind: "decoded", text, encoding: "utf-8", why, spoiled: [] };
}

/** A text that is not valid UTF-8. */
function decodedByLetters(bytes: Uint8Array): DecodedText | UndecidedEncoding {
  const { valid, hasLatin, invalid, cutLead } = scanUtf8(bytes);
  const readings = readingsBy(contextsOf(bytes));
  const isMostlyUtf8 =
    valid > 0 ? invalid <= valid && !readings.some(isPlausible) : isLatinLead(cutLead, invalid);
  if (isMostlyUtf8) return decodedAs("utf-8", bytes, "mostlyValid");
  const clear = hasLatin ? undefined : clearReading(readings);
  // A reading has all bytes of the file.
  if (clear !== undefined)
    return {
      kind: "decoded",
      text: textIn(clear.page, bytes),
      encoding: clear.page,
      why: "letters",
      spoiled: [],
    };
  return undecided([...(valid > 0 ? ["utf-8" as const] : []), ...likelyPages(readings)], bytes);
}

/** Whether all that is not ASCII is one letter or sign of Latin text that the end of the file cuts. */
function isLatinLead(cutLead: number | undefined, invalid: number): boolean {
  return invalid === 1 && cutLead !== undefined && ((cutLead >= 0xc2 && cutLead <= 0xc5) || cutLead === 0xe2);
}

/** The code pages that a person may choose from; those that read nonsense are left out where others do not. */
function likelyPages(readings: readonly Reading[]): CodePage[] {
  const likely = readings.filter(isPlausible);
  return (likely.length > 1 ? likely : readings).map(({ page }) => page);
}

function decodedAs(encoding: Encoding, bytes: Uint8Array, why: Why): DecodedText {
  return { kind: "decoded", encoding, why, ...readAs(encoding, bytes) };
}

function readAs(encoding: Encoding, bytes: Uint8Array): Pick<DecodedText, "text" | "spoiled"> {
  if (encoding === "utf-16le" || encoding === "utf-16be") return textOfUtf16(encoding, bytes);
  if (encoding !== "utf-8") return { text: textIn(encoding, bytes), spoiled: linesOutside(encoding, bytes) };
  const text = validUtf8(bytes);
  if (text !== undefined) return { text, spoiled: [] };
  return {
    text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    spoiled: scanUtf8(bytes).spoiled,
  };
}

function validUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function linesOutside(page: CodePage, bytes: Uint8Array): number[] {
  const outside = Uint8Array.from({ length: 256 }, (_, byte) => (isDefinedIn(page, byte) ? 0 : 1));
  return outside.includes(1) ? linesHolding(bytes, outside) : [];
}

function undecided(encodings: readonly (CodePage | "utf-8")[], bytes: Uint8Array): UndecidedEncoding {
  const pages = encodings.filter((encoding) => encoding !== "utf-8");
  const differs = (byte: number): boolean =>
    byte >= 0x80 &&
    (pages.length < encodings.length || new Set(pages.map((page) => characterIn(page, byte))).size > 1);
  const lines = linesHolding(
    bytes,
    Uint8Array.from({ length: 256 }, (_, byte) => (differs(byte) ? 1 : 0)),
    20,
  );
  const first = bytesOfLine(bytes, lines[0] ?? 1);
  const candidates = encodings.map((encoding) => ({
    encoding,
    sample: sampleOf(readAs(encoding, first).text),
  }));
  return { kind: "undecided", candidates, lines };
}

/** Zero bytes leave open whether a character has one byte or two; then each line differs. */
function undecidedWidth(wide: Utf16, bytes: Uint8Array): UndecidedEncoding {
  const candidates = [wide, "utf-8" as const].map((encoding) => ({
    encoding,
    sample: sampleOf(readAs(encoding, bytes).text),
  }));
  return { kind: "undecided", candidates, lines: [1] };
}

function sampleOf(text: string): string {
  return (/^.*/.exec(text)?.[0] ?? "").slice(0, longestSample);
}
