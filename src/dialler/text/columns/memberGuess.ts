import { importableNamed } from "../../api/record/importable";
import { headings, phoneHeadings, phoneMembers, placedMembers, places } from "./headings";
import { headingWords, plainHeading } from "./headingWords";

/** The member that a column may hold. */
export interface MemberGuess {
  readonly member: string;
  /** The column has the member's own name, in upper or lower case. Otherwise it is a guess for a person to check. */
  readonly sure: boolean;
}

/** How well a heading stands for a member; the smallest is the best. */
type Ranks = ReadonlyMap<string, number>;

const rankOfHeading: ReadonlyMap<string, Ranks> = new Map(
  [...headings].map(([member, all]) => [
    member,
    new Map(all.map((heading, rank): [string, number] => [plainHeading(heading), rank])),
  ]),
);
const phones: ReadonlySet<string> = new Set(phoneHeadings.map(plainHeading));
const rankOfPlace: Ranks = new Map(
  places.flatMap((words, rank) => words.map((word): [string, number] => [plainHeading(word), rank + 1])),
);

/** Behind every heading that is named without a place. */
const perPlace = 100;

/** The member that a column with this heading holds if it is alone; undefined if none is known. */
export function memberGuess(header: string): MemberGuess | undefined {
  return memberGuesses([header])[0];
}

/**
 * The members of all columns of a file. No two columns hold the same member: an exact name comes before guesses, the better
 * guess before others, and the first column before later ones. Phone numbers are given their places in the order of the
 * columns.
 */
export function memberGuesses(headers: readonly string[]): readonly (MemberGuess | undefined)[] {
  const guesses: (MemberGuess | undefined)[] = headers.map(() => undefined);
  const taken = new Set<string>();
  const give = (column: number, member: string, sure: boolean): void => {
    guesses[column] = { member, sure };
    taken.add(member);
  };
  headers.forEach((header, column) => {
    const member = importableNamed(header.trim());
    if (member !== undefined && !taken.has(member)) give(column, member, true);
  });
  // A repeated name of a member is no guess for another one.
  const free = (column: number): boolean =>
    guesses[column] === undefined && importableNamed(headers[column]?.trim() ?? "") === undefined;
  const words = headers.map(headingWords);
  for (const member of headings.keys()) {
    if (taken.has(member)) continue;
    const [best] = words
      .map((heading, column) => ({ column, rank: free(column) ? rankFor(member, heading) : undefined }))
      .flatMap(({ column, rank }) => (rank === undefined ? [] : [{ column, rank }]))
      .sort((a, b) => a.rank - b.rank);
    if (best !== undefined) give(best.column, member, false);
  }
  const phonePlaces = phoneMembers.filter((member) => !taken.has(member));
  words.forEach((heading, column) => {
    if (!free(column) || !isPhone(heading)) return;
    const member = phonePlaces.shift();
    if (member !== undefined) give(column, member, false);
  });
  return guesses;
}

/** How well the words stand for the member; undefined if they do not. */
function rankFor(member: string, words: readonly string[]): number | undefined {
  const ranks = rankOfHeading.get(member);
  const whole = ranks?.get(words.join(""));
  if (whole !== undefined || !placedMembers.has(member)) return whole;
  const { bare, rank: place } = withoutPlace(words);
  const rank = ranks?.get(bare);
  return rank === undefined ? undefined : rank + place * perPlace;
}

function isPhone(words: readonly string[]): boolean {
  return phones.has(words.join("")) || phones.has(withoutPlace(words).bare);
}

/** The heading without the words that say which of several numbers or addresses it is, and the rank that they give. */
function withoutPlace(words: readonly string[]): { bare: string; rank: number } {
  const isPlace = (word: string): boolean => rankOfPlace.has(word) || /^\d$/.test(word);
  const ranks = words.filter(isPlace).map((word) => rankOfPlace.get(word) ?? Number(word));
  return { bare: words.filter((word) => !isPlace(word)).join(""), rank: Math.max(0, ...ranks) };
}
