import * as l10n from "../../l10n";
import type { CellValue } from "./cells/cellValue";
import { enteredText } from "./cells/enteredText";
import { idCell } from "./cells/idCell";
import { keyCell } from "./cells/keyCell";
import { visible } from "./cells/visible";
import { type Entry, type KeyColumn, keyColumns } from "./keyColumns";
import type { UndecidedDelimiter } from "./table/delimiter";

export interface UnusableEntry {
  /** The line number, or the position in a JSON array, counted from 1. */
  readonly line: number;
  /** A clause that names the line and not its text, which may be anything. */
  readonly reason: string;
  /** The text of the entry for a person to see, its invisible signs written out. Not for the log. */
  readonly value?: string;
  /** The contact that was already listed. */
  readonly id?: number;
}

/** One way to read a column: as IDs or as UserData. */
export interface KeyReading {
  /** The column's name or a sample value; undefined if each line is an entry. */
  readonly column: string | undefined;
  readonly keys:
    | { readonly kind: "id"; readonly ids: readonly number[] }
    /** Exactly as written, never trimmed. */
    | { readonly kind: "userData"; readonly userData: readonly string[] };
  readonly unusable: readonly UnusableEntry[];
  /** The names of persons beside the keys, as far as the text has them. */
  readonly names: ReadonlyMap<number | string, string>;
}

/** A column of keys. With two readings nothing in the text says whether they are IDs of the dialler or UserData. */
export type KeyList = readonly [KeyReading, ...KeyReading[]];

/** Entries are read in groups of this size. */
const groupSize = 500;

/** If nine of ten entries look like IDs, the text is a list of IDs with a few mistakes. */
const mostlyIds = 0.9;

/**
 * The ways to read a text as a list of contacts, the most likely first. Empty if the text has no entry. A reading
 * without usable entries is dropped if there is another. `endpoint` is the target: log lines of other endpoints are
 * unusable. Yields between groups of rows, so that a caller may pause there. Never throws.
 */
export function* keyLists(
  text: string,
  endpoint: string,
  spoiled: readonly number[] = [],
): Generator<undefined, readonly KeyList[] | UndecidedDelimiter, void> {
  const columns = yield* keyColumns(text.replace(/^\ufeff/, ""), spoiled);
  if ("kind" in columns) return columns;
  const lists: KeyReading[][] = [];
  for (const column of columns) {
    lists.push(yield* readingsIn(column, endpoint));
  }
  const usable = lists.map((readings) => readings.filter((reading) => usableCount(reading) > 0));
  return [...nonEmpty(usable), ...nonEmpty(lists)].slice(0, Math.max(1, nonEmpty(usable).length));
}

function nonEmpty(lists: readonly (readonly KeyReading[])[]): KeyList[] {
  return lists.flatMap(([first, ...others]): KeyList[] => (first === undefined ? [] : [[first, ...others]]));
}

export function usableCount({ keys }: KeyReading): number {
  return keys.kind === "id" ? keys.ids.length : keys.userData.length;
}

/** The unusable lines, blank ones and repetitions included: "3, 17, 18". */
export function unusableLines({ unusable }: KeyReading, most = 10): string {
  const lines = unusable.slice(0, most).map(({ line }) => line);
  return unusable.length > most ? `${lines.join(", ")}…` : lines.join(", ");
}

function* readingsIn(column: KeyColumn, endpoint: string): Generator<undefined, KeyReading[], void> {
  const { entries, named } = column;
  if (entries.length === 0) return [];
  const asIds = idReading(column, endpoint);
  const asUserData = userDataReading(column);
  if (named === "diallerId") return [yield* asIds];
  if (named === "userData") return [yield* asUserData];
  const ids = yield* asIds;
  const userData = yield* asUserData;
  const share = usableCount(ids) / Math.max(1, usableCount(userData));
  if (usableCount(ids) === 0) return [userData];
  return share >= mostlyIds ? [ids, userData] : [userData, ids];
}

function* idReading({ entries, column }: KeyColumn, target: string): Generator<undefined, KeyReading, void> {
  const ids = new Set<number>();
  const names = new Map<number, string>();
  const unusable: UnusableEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % groupSize === groupSize - 1) yield;
    const { endpoint = target, name } = entry;
    const cell = endpoint === target ? keyOf(entry, idCell) : otherEndpoint();
    if (cell.kind === "fault") unusable.push(unusableOf(entry, cell.reason));
    else if (ids.has(cell.value)) unusable.push({ ...repeated(entry), id: cell.value });
    else {
      ids.add(cell.value);
      if (name !== undefined) names.set(cell.value, name);
    }
  }
  return { column, keys: { kind: "id", ids: [...ids] }, unusable, names };
}

function* userDataReading({ entries, column }: KeyColumn): Generator<undefined, KeyReading, void> {
  const userData = new Set<string>();
  const names = new Map<string, string>();
  const unusable: UnusableEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % groupSize === groupSize - 1) yield;
    const cell = keyOf(entry, keyCell);
    if (cell.kind === "fault") unusable.push(unusableOf(entry, cell.reason));
    else if (userData.has(cell.value)) unusable.push(repeated(entry));
    else {
      userData.add(cell.value);
      if (entry.name !== undefined) names.set(cell.value, entry.name);
    }
  }
  return { column, keys: { kind: "userData", userData: [...userData] }, unusable, names };
}

/** The key of an entry. Invisible signs in a UserData are kept: the look-up finds the contacts with a similar one. */
function keyOf<T>(
  { text, fault }: Entry,
  read: (text: string, markedAsText: boolean) => CellValue<T>,
): CellValue<T> {
  if (fault !== undefined) return { kind: "fault", reason: fault };
  const plain = enteredText(text);
  return read(plain.text, plain.markedAsText);
}

function otherEndpoint(): CellValue<number> {
  return { kind: "fault", reason: l10n.t("it belongs to another endpoint") };
}

function unusableOf({ line, text }: Entry, reason: string): UnusableEntry {
  return {
    line,
    reason: l10n.t("line {line}: {reason}", { line, reason }),
    ...(text.trim() === "" ? {} : { value: visible(text) }),
  };
}

function repeated({ line }: Entry): UnusableEntry {
  return { line, reason: l10n.t("line {line} repeats an earlier entry", { line }) };
}
