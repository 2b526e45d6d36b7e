import { type LockState, slots } from "../api/record/contact";
import { placeInTime, type WireTime, wireTimeOf } from "../api/record/wireTime";
import type { ContactList } from "./contactList";
import type { ContactTable, TableRow } from "./contactTable";
import { Pause } from "./pause";

/** The value that a list is sorted by. */
export type SortBy = "name" | "id" | "newest" | "nextTry" | "company" | "userData" | "lock";
export const sortOrders: readonly SortBy[] = [
  "name",
  "id",
  "newest",
  "nextTry",
  "company",
  "userData",
  "lock",
];

/** The order of a list. `reversed`: the other way round, with empty values last all the same. */
export interface SortOrder {
  readonly sortBy: SortBy;
  readonly reversed?: boolean;
}

// The user's own language decides how umlauts and accents are ordered.
const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

const lockRank = { locked: 0, unlocked: 1, unknown: 2 } as const;
const reversedLockRank = { locked: 1, unlocked: 0, unknown: 2 } as const;

type Compare = (a: number, b: number) => number;

/** Makes the order of texts, which are compared by their index. */
type TextOrder = (texts: readonly string[], pause: Pause) => Promise<Compare>;

/** The same contacts in the wanted order. */
export function sortList(list: ContactList, order: SortOrder): Promise<ContactList> {
  return list.sorted((table, rows, lockAt) => orderRows(table, rows, lockAt, order));
}

/**
 * Sorts rows. Empty values come last, equal values are sorted by name and ID. Works in slices, so that sorting half a
 * million rows does not block other work. `rows` is not modified.
 */
export async function orderRows(
  table: ContactTable,
  rows: Uint32Array,
  lockAt: (row: TableRow) => LockState,
  { sortBy: by, reversed = false }: SortOrder,
): Promise<Uint32Array> {
  const pause = new Pause();
  const ids = new Float64Array(table.count);
  // An ID that cannot be sent comes last in either direction.
  const fromHighest = (by === "newest") !== reversed && (by === "id" || by === "newest");
  for (const [index, row] of rows.entries()) {
    const id = table.idAt(row);
    ids[row] = id === undefined ? Infinity : fromHighest ? -id : id;
    if (index % 256 === 0) await pause.ifDue();
  }
  const byId: Compare = (a, b) => numerically(ids[a] ?? 0, ids[b] ?? 0);
  if (by === "id" || by === "newest") return mergeSort(rows, byId, pause);
  const ranksBy = (textOf: (row: TableRow) => string, order: TextOrder): Promise<Uint32Array> =>
    ranksOf(table, rows, textOf, order, pause);
  const names = await ranksBy(nameOf, alphabetically(reversed && by === "name"));
  const byName: Compare = (a, b) => numerically(names[a] ?? 0, names[b] ?? 0) || byId(a, b);
  const ranked = (ranks: Uint32Array): Promise<Uint32Array> =>
    mergeSort(rows, (a, b) => numerically(ranks[a] ?? 0, ranks[b] ?? 0) || byName(a, b), pause);
  switch (by) {
    case "name":
      return mergeSort(rows, byName, pause);
    case "lock": {
      const rank = reversed ? reversedLockRank : lockRank;
      return mergeSort(rows, (a, b) => rank[lockAt(a)] - rank[lockAt(b)] || byName(a, b), pause);
    }
    case "nextTry":
      return ranked(await ranksBy((row) => table.textAt(row, slots.nextTry), inTime(reversed)));
    case "company":
      return ranked(await ranksBy((row) => table.textAt(row, slots.company), alphabetically(reversed)));
    case "userData":
      return ranked(await ranksBy((row) => table.textAt(row, slots.userData), alphabetically(reversed)));
  }

  /** The text that a row starts with; empty if that would only be the ID. */
  function nameOf(row: TableRow): string {
    const name = [table.textAt(row, slots.name), table.textAt(row, slots.firstName)];
    const filled = name.filter((part) => part.trim() !== "");
    return filled.length > 0 ? filled.join(", ") : table.textAt(row, slots.company);
  }
}

/**
 * The rank of each row's text among all texts: equal for texts that compare as equal, last for empty ones. Comparing
 * texts is expensive and most texts repeat, so each text is ranked once and rows are compared by rank.
 */
async function ranksOf(
  table: ContactTable,
  rows: Uint32Array,
  textOf: (row: TableRow) => string,
  orderOf: TextOrder,
  pause: Pause,
): Promise<Uint32Array> {
  const places = new Map<string, number>();
  const texts: string[] = [];
  const ranks = new Uint32Array(table.count);
  for (const [index, row] of rows.entries()) {
    const text = textOf(row);
    let place = places.get(text);
    if (place === undefined) {
      place = texts.push(text) - 1;
      places.set(text, place);
    }
    ranks[row] = place;
    if (index % 256 === 0) await pause.ifDue();
  }
  const byText = await orderOf(texts, pause);
  const order = await mergeSort(Uint32Array.from(texts.keys()), byText, pause);
  const rankAt = new Uint32Array(texts.length);
  let rank = 0;
  for (const [index, place] of order.entries()) {
    const before = order[index - 1];
    if (before !== undefined && byText(before, place) !== 0) rank++;
    rankAt[place] = rank;
    if (index % 256 === 0) await pause.ifDue();
  }
  for (const row of rows) ranks[row] = rankAt[ranks[row] ?? 0] ?? 0;
  return ranks;
}

/** The number of rows sorted in one step. */
const runLength = 512;

/** Stable, and linear if the rows are already sorted, as most servers send them. */
async function mergeSort(rows: Uint32Array, compare: Compare, pause: Pause): Promise<Uint32Array> {
  let from = Uint32Array.from(rows);
  let to = new Uint32Array(rows.length);
  for (let start = 0; start < rows.length; start += runLength) {
    from.subarray(start, start + runLength).sort(compare);
    await pause.ifDue();
  }
  for (let width = runLength; width < rows.length; width *= 2) {
    for (let start = 0; start < rows.length; start += 2 * width) {
      const middle = Math.min(start + width, rows.length);
      const end = Math.min(middle + width, rows.length);
      await merge(from, to, start, middle, end, compare, pause);
    }
    [from, to] = [to, from];
  }
  return from;
}

async function merge(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  compare: Compare,
  pause: Pause,
): Promise<void> {
  if (middle >= end || compare(from[middle - 1] ?? 0, from[middle] ?? 0) <= 0) {
    to.set(from.subarray(start, end), start);
    return;
  }
  let left = start;
  let right = middle;
  for (let place = start; place < end; place++) {
    const takesLeft = left < middle && (right >= end || compare(from[left] ?? 0, from[right] ?? 0) <= 0);
    to[place] = (takesLeft ? from[left++] : from[right++]) ?? 0;
    if ((place & 255) === 0 && pause.isDue) await pause.ifDue();
  }
}

function numerically(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** In the user's language, without a text last. */
function alphabetically(reversed: boolean): TextOrder {
  const sign = reversed ? -1 : 1;
  return (texts) =>
    Promise.resolve((at, other) => {
      const a = texts[at] ?? "";
      const b = texts[other] ?? "";
      if (a === "" || b === "") return Number(a === "") - Number(b === "");
      return sign * collator.compare(a, b);
    });
}

const isTime = 0;
const unreadable = 1;
const noText = 2;

/** By time, however it is written; then texts that are no time, and last those without a text. */
function inTime(reversed: boolean): TextOrder {
  const sign = reversed ? -1 : 1;
  return async (texts, pause) => {
    const kinds = new Uint8Array(texts.length);
    const times: (WireTime | undefined)[] = [];
    for (const [index, text] of texts.entries()) {
      const time = wireTimeOf(text);
      kinds[index] = time !== undefined ? isTime : text.trim() === "" ? noText : unreadable;
      times.push(time);
      if (index % 256 === 0) await pause.ifDue();
    }
    // Without any zone, times are what the clock shows, and need not be placed on this computer's clock.
    const isZoned = times.some((time) => time?.zone !== undefined);
    const instants = new Float64Array(texts.length);
    const clocks = new Float64Array(texts.length);
    for (const [index, time] of times.entries()) {
      if (time === undefined) continue;
      const { instantMs, clockMs } = isZoned ? placeInTime(time) : { ...time, instantMs: time.clockMs };
      instants[index] = instantMs;
      clocks[index] = clockMs;
      if (index % 256 === 0) await pause.ifDue();
    }
    return (a, b) => {
      const kind = kinds[a] ?? noText;
      if (kind !== kinds[b]) return kind - (kinds[b] ?? noText);
      if (kind === isTime) {
        return (
          sign *
          (numerically(instants[a] ?? 0, instants[b] ?? 0) || numerically(clocks[a] ?? 0, clocks[b] ?? 0))
        );
      }
      return kind === unreadable ? sign * asWritten(texts[a] ?? "", texts[b] ?? "") : 0;
    };
  };
}

function asWritten(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
