/** Which neighbours of a sign are letters; a blank for any other neighbour. */
export interface SignPlace {
  readonly before: string;
  readonly after: string;
}

/** How odd a sign is at its place: between letters, after one, before one, and away from them. */
type SignOddness = readonly [between: number, afterOne: number, beforeOne: number, apart: number];

const kinds: readonly (readonly [signs: string, oddness: SignOddness])[] = [
  ["’", [4, 1, 3, 3]],
  ["‘´", [3, 3, 2, 3]],
  ["“", [8, 2, 2, 3]],
  ["”»›", [8, 2, 5, 3]],
  ["„«", [8, 5, 2, 3]],
  ["‹", [8, 5, 4, 3]],
  ["‚", [8, 8, 3, 4]],
  ["–—", [4, 3, 3, 1]],
  ["…", [6, 3, 4, 3]],
  ["•·", [6, 4, 3, 2]],
  ["\u00a0", [4, 3, 3, 2]],
  ["\u00ad", [4, 6, 6, 6]],
  ["®™©", [8, 2, 5, 3]],
  ["€", [8, 6, 6, 1]],
  ["§", [8, 7, 7, 1]],
  ["°", [8, 6, 6, 2]],
  ["ºª", [8, 5, 8, 3]],
  ["²³", [8, 7, 8, 3]],
  ["¿¡", [8, 8, 3, 5]],
  ["£½¼¾±×÷µ‰", [8, 7, 7, 3]],
];

const table: ReadonlyMap<string, SignOddness> = new Map(
  kinds.flatMap(([signs, oddness]) => Array.from(signs, (sign) => [sign, oddness] as const)),
);

const never: SignOddness = [8, 8, 8, 8];

/** How odd a sign is beside its neighbours, from 0 (usual) to 9 (never seen). */
export function oddnessOfSign(sign: string, { before, after }: SignPlace): number {
  const isSquareMetre = before === "m" && after === " " && (sign === "²" || sign === "³");
  const isInName = sign === "’" && before !== " " && after !== after.toLowerCase();
  if (isSquareMetre || isInName) return 1;
  const [between, afterOne, beforeOne, apart] = table.get(sign) ?? never;
  if (before !== " ") return after === " " ? afterOne : between;
  return after === " " ? apart : beforeOne;
}
