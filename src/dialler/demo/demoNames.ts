import { demoCountries, type DemoCountry } from "./demoCountries";
import { at, Dice } from "./dice";
import { oddNames } from "./oddContacts";

const countryDraw: readonly number[] = demoCountries.flatMap(({ weight }, place) =>
  Array.from({ length: weight }, () => place),
);

/** Where each country's surnames start in `allNames`; the odd names follow the last country's. */
const firstNameOf: readonly number[] = demoCountries.map((_, place) =>
  demoCountries.slice(0, place).reduce((sum, { surnames }) => sum + surnames.length, 0),
);

const surnames = demoCountries.flatMap((country) => country.surnames);
const oddPlaces: ReadonlyMap<number, number> = new Map(
  [...oddNames.keys()].map((index, place) => [index, surnames.length + place]),
);
const allNames: readonly string[] = [...surnames, ...oddNames.values()];

const collator = new Intl.Collator("de");

/** The server's order of names. Only identical names compare as equal. */
export function compareNames(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}

export function countryOf(dice: Dice): DemoCountry {
  return at(demoCountries, countryPlace(dice));
}

export function nameOf(index: number, dice: Dice): string {
  return at(allNames, namePlace(index, dice));
}

/**
 * The contacts 0 to `count - 1`, by name and then by number. A counting sort, because there are few different names.
 */
export function orderByName(count: number, seed: number): Uint32Array {
  const rankOf = new Uint32Array(allNames.length);
  const ranked = allNames
    .map((_, place) => place)
    .sort((a, b) => compareNames(at(allNames, a), at(allNames, b)));
  let rankSoFar = 0;
  ranked.forEach((place, position) => {
    if (position > 0 && allNames[place] !== allNames[at(ranked, position - 1)]) rankSoFar++;
    rankOf[place] = rankSoFar;
  });
  const ranks = new Uint16Array(count);
  const starts = new Uint32Array(allNames.length + 1);
  for (let index = 0; index < count; index++) {
    const rank = rankOf[namePlace(index, new Dice(seed, index))] ?? 0;
    ranks[index] = rank;
    starts[rank + 1] = (starts[rank + 1] ?? 0) + 1;
  }
  for (let rank = 1; rank < starts.length; rank++)
    starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const rank = ranks[index] ?? 0;
    const place = starts[rank] ?? 0;
    order[place] = index;
    starts[rank] = place + 1;
  }
  return order;
}

function countryPlace(dice: Dice): number {
  return dice.pick(countryDraw, "country");
}

function namePlace(index: number, dice: Dice): number {
  const odd = oddPlaces.get(index);
  if (odd !== undefined) return odd;
  const country = countryPlace(dice);
  return at(firstNameOf, country) + dice.below(at(demoCountries, country).surnames.length, "surname");
}
