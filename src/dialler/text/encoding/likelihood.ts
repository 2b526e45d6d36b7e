import { characterIn, type CodePage, codePages, isDefinedIn } from "./codePages";
import { edge, habitsOfLetter, isLetter } from "./letters";
import { oddnessOfSign } from "./signs";

/** Every byte from 0x80 on with its two neighbours, each combination once. */
export type Contexts = readonly (readonly [before: number, byte: number, after: number])[];

/** How a code page reads a file. */
export interface Reading {
  readonly page: CodePage;
  /** How odd each of the contexts reads, in their order. */
  readonly oddness: readonly number[];
  /** The lower, the likelier. */
  readonly total: number;
}

/** From here on a context is not to be expected in any name. */
const implausible = 6;

/** A file of this century rather comes from Windows than from an old Mac or a console. */
const rarity: Readonly<Record<CodePage, number>> = {
  "windows-1252": 0,
  "windows-1250": 1,
  macintosh: 3,
  cp850: 3,
};

/** The readings by all code pages that have each of the bytes, without those that agree with an earlier one. */
export function readingsBy(contexts: Contexts): Reading[] {
  const bytes = [...new Set(contexts.map(([, byte]) => byte))];
  const different = new Map<string, CodePage>();
  for (const page of codePages) {
    if (!bytes.every((byte) => isDefinedIn(page, byte))) continue;
    const characters = bytes.map((byte) => characterIn(page, byte)).join("");
    if (!different.has(characters)) different.set(characters, page);
  }
  return [...different.values()].map((page) => readingBy(page, contexts)).sort((a, b) => a.total - b.total);
}

function readingBy(page: CodePage, contexts: Contexts): Reading {
  const oddness = contexts.map(([before, byte, after]) =>
    oddnessOf(characterIn(page, before), characterIn(page, byte), characterIn(page, after)),
  );
  return { page, oddness, total: rarity[page] + oddness.reduce((sum, one) => sum + one, 0) };
}

/** Whether every character of a reading may be expected where it stands. */
export function isPlausible({ oddness }: Reading): boolean {
  return oddness.every((one) => one < implausible);
}

/**
 * The reading that is right beyond doubt, of those that `readingsBy` gave. Some oddities are forgiven, because files hold
 * misspelt names; but not one that another code page reads well, because then the file is a mixture.
 */
export function clearReading([best, ...others]: readonly Reading[]): Reading | undefined {
  if (best === undefined) return undefined;
  const count = best.oddness.length;
  const odd = best.oddness.filter((one) => one >= implausible).length;
  const sum = best.total - rarity[best.page];
  if (odd > count / 10 || sum > 3 * count) return undefined;
  if (!others.every((other) => isFarLikelier(best, other))) return undefined;
  const isMixed = best.oddness.some(
    (one, place) => one >= implausible && others.some(({ oddness }) => (oddness[place] ?? 0) <= 2),
  );
  return isMixed ? undefined : best;
}

/** One letter that is merely rare in the other reading does not settle it. */
function isFarLikelier(best: Reading, other: Reading): boolean {
  const lead = other.total - best.total;
  const isRefuted = other.oddness.some(
    (one, place) => one >= implausible && (best.oddness[place] ?? 0) < implausible,
  );
  return isRefuted ? lead >= 4 : lead >= 6;
}

function oddnessOf(before: string, character: string, after: string): number {
  const lower = character.toLowerCase();
  const habits = habitsOfLetter(lower);
  const [left, right] = [letterOrEdge(before), letterOrEdge(after)];
  if (habits === undefined)
    return oddnessOfSign(character, { before: left, after: right === edge ? edge : after });
  const beside = [before, after].filter((one) => /^\d$/.test(one)).length;
  const foreign = [left, right].filter((one) => !sharesLanguage(habits.languages, one)).length;
  const sum = habits.oddness(left, right) + oddCase(before, character, after) + 4 * beside + 6 * foreign;
  return Math.min(sum, 9);
}

function letterOrEdge(character: string): string {
  return isLetter(character) ? character.toLowerCase() : edge;
}

function sharesLanguage(languages: string, neighbour: string): boolean {
  const others = habitsOfLetter(neighbour)?.languages;
  return others === undefined || Array.from(languages).some((one) => others.includes(one));
}

/** Names have capitals at their start or throughout. */
function oddCase(before: string, character: string, after: string): number {
  if (character === "ß") return 0;
  if (isUpper(character)) {
    if (isLower(before)) return 8;
    return isUpper(before) && isLower(after) ? 6 : 0;
  }
  if (isUpper(after)) return 6;
  const isAtEdge = isLetter(before) ? isUpper(before) && !isLetter(after) : isLetter(after);
  return isAtEdge ? 3 : 0;
}

function isUpper(character: string): boolean {
  return isLetter(character) && character !== character.toLowerCase();
}

function isLower(character: string): boolean {
  return isLetter(character) && character === character.toLowerCase();
}
