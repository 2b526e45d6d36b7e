const leastLetters = 4;
const mostLetters = 30;

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The names at the ends of a range, and those of its neighbours; undefined where there is none. */
export interface RangeNames {
  readonly first: string;
  readonly last: string;
  /** The last one before the range. */
  readonly before: string | undefined;
  /** The first one after the range. */
  readonly after: string | undefined;
}

/**
 * "Bern – Birk": of both ends as much as tells them from the neighbours and from each other, at least 4 letters and at
 * most 30.
 */
export function rangeLabel({ first, last, before, after }: RangeNames): string {
  return `${telling(first, [before, last])} – ${telling(last, [after, first])}`;
}

/** The shortest beginning that none of the others has, in whole letters. */
function telling(name: string, others: readonly (string | undefined)[]): string {
  const own = lettersOf(name);
  const lengths = others.map((other) => (other === undefined ? 0 : sharedLength(own, lettersOf(other)) + 1));
  const cut = own.slice(0, Math.max(leastLetters, ...lengths)).join("");
  return cut.replace(/[\s,;]+$/, "");
}

function lettersOf(name: string): string[] {
  const found: string[] = [];
  for (const { segment } of letters.segment(name)) {
    if (found.push(segment) === mostLetters) break;
  }
  return found;
}

/** How many letters both begin with, in upper or lower case; 0 if they are the same, because no length tells them apart. */
function sharedLength(own: readonly string[], other: readonly string[]): number {
  const place = own.findIndex((letter, at) => letter.toLocaleLowerCase() !== other[at]?.toLocaleLowerCase());
  if (place !== -1) return place;
  return own.length === other.length ? 0 : own.length;
}
