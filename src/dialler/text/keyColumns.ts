import { resultsInLog } from "../runs/resultLine";
import { enteredText } from "./cells/enteredText";
import { jsonCell } from "./cells/jsonCell";
import { lineBreakFault } from "./cells/textCell";
import { type KeyColumnKind, keyKind } from "./columns/keyKind";
import { memberGuess, memberGuesses } from "./columns/memberGuess";
import { rowFaultText } from "./table/rowFaultText";
import { inColumns } from "./table/cellCounts";
import { delimiterOf, isOneNumber, type UndecidedDelimiter } from "./table/delimiter";
import { headerAt } from "./table/header";
import { jsonElements } from "./table/jsonElements";
import { tableRows, type TextRow } from "./table/tableRows";

export interface Entry {
  /** The line number, or the position in a JSON array, counted from 1. */
  readonly line: number;
  readonly text: string;
  /** Why the entry cannot be read. */
  readonly fault?: string | undefined;
  /** The endpoint of a log line; undefined if the entry names none. */
  readonly endpoint?: string | undefined;
  /** The name of the person, if the table has one. */
  readonly name?: string | undefined;
}

/** One possible source of keys in a text. */
export interface KeyColumn {
  /** The column's name or a sample value; undefined if each line is an entry. */
  readonly column: string | undefined;
  /** What the column's name says about its keys. */
  readonly named: KeyColumnKind | undefined;
  readonly entries: readonly Entry[];
}

/** Entries are read in groups of this size. */
const groupSize = 500;

/**
 * The places in a text that may hold keys, the most likely first: lines, columns of a table, a JSON array, or lines of
 * this extension's log. `spoiled`: lines that hold bytes which the encoding cannot have. Yields between groups of rows,
 * so that a caller may pause there. Never throws.
 */
export function* keyColumns(
  text: string,
  spoiled: readonly number[] = [],
): Generator<undefined, readonly KeyColumn[] | UndecidedDelimiter, void> {
  const json = spoiled.length === 0 ? jsonColumns(text) : undefined;
  if (json !== undefined) return json;
  const logged = loggedIds(text);
  if (logged !== undefined) return [logged];
  const found = delimiterOf(text, isHeading);
  if (found?.kind === "undecided") return found;
  const lines = oneColumn(yield* rowsOf(text, "", spoiled));
  if (found === undefined) return [lines];
  const read = yield* rowsOf(text.slice(found.start), found.delimiter, spoiled, found.lines);
  const rows = read.filter(
    ({ cells, fault }) => fault !== undefined || cells.some((cell) => cell.trim() !== ""),
  );
  const [first] = rows;
  if (first === undefined) return [lines];
  if (rows.length === 1 && !first.cells.some(isHeading)) return listInALine(first, lines);
  return yield* columnsOf(rows, lines);
}

function isHeading(cell: string): boolean {
  const heading = enteredText(cell.trim()).text;
  return keyKind(heading) !== undefined || memberGuess(heading) !== undefined;
}

function* rowsOf(
  text: string,
  delimiter: string,
  spoiled: readonly number[],
  linesBefore = 0,
): Generator<undefined, TextRow[], void> {
  const rows: TextRow[] = [];
  for (const group of tableRows(text, delimiter, new Set(spoiled), linesBefore)) {
    for (const row of group) rows.push(row);
    yield;
  }
  return rows;
}

/** Each row is an entry. A first one that is a column name, such as "ID", is left out, and so are blank ones at the end. */
function oneColumn(rows: readonly TextRow[]): KeyColumn {
  const entries = rows.map((row) => entryOf(row, 0));
  while (entries.at(-1)?.text === "") entries.pop();
  const named = keyKind(entries[0]?.text ?? "");
  return { column: undefined, named, entries: named === undefined ? entries : entries.slice(1) };
}

function entryOf({ line, cells, fault }: TextRow, column: number): Entry {
  return { line, text: cells[column] ?? "", ...(fault === undefined ? {} : { fault: rowFaultText(fault) }) };
}

/** "40101, 40102, 40103": several entries on one line, or one UserData that contains commas. */
function listInALine({ line, cells }: TextRow, whole: KeyColumn): KeyColumn[] {
  const entries = cells.map((cell) => ({ line, text: cell.trim() })).filter(({ text }) => text !== "");
  const parts: KeyColumn = { column: undefined, named: undefined, entries };
  const isIds = entries.every(({ text }) => /^#?\d+$/.test(text)) && !isOneNumber(cells);
  return isIds ? [parts, whole] : [whole, parts];
}

/** The columns whose names say that they hold keys, or all columns if there are none. */
function* columnsOf(rows: readonly TextRow[], whole: KeyColumn): Generator<undefined, KeyColumn[], void> {
  const at = headerAt(rows, isHeading);
  const header = rows[at];
  if (header === undefined) return [whole];
  const hasNames = header.cells.some(isHeading);
  const headings = header.cells.map((cell) => enteredText(cell.trim()).text);
  const kinds = headings.map((heading) => (hasNames ? keyKind(heading) : undefined));
  const isNamed = kinds.some((kind) => kind !== undefined);
  const nameAt = hasNames ? nameColumns(header.cells) : [];
  const members = memberGuesses(headings).map((guess) => guess?.member);
  const body = inColumns(hasNames ? rows.slice(at + 1) : rows, header.cells.length);
  const faultOf = (row: TextRow): string | undefined =>
    row.lastLine === undefined ? undefined : tornCell(row, headings, members);
  const columns: KeyColumn[] = [];
  for (const [index, column] of headings.entries()) {
    const named = kinds[index];
    if (isNamed && named === undefined) continue;
    columns.push({ column, named, entries: yield* entriesIn(body, index, nameAt, faultOf) });
  }
  if (isNamed) return columns.sort((a, b) => rankOf(a) - rankOf(b));
  return hasNames ? columns : [...columns, whole];
}

function* entriesIn(
  rows: readonly TextRow[],
  column: number,
  nameAt: readonly number[],
  faultOf: (row: TextRow) => string | undefined,
): Generator<undefined, Entry[], void> {
  const entries: Entry[] = [];
  for (const row of rows) {
    const name = nameAt.length === 0 ? undefined : nameIn(row, nameAt);
    const fault = faultOf(row);
    entries.push({
      ...entryOf(row, column),
      ...(name === undefined ? {} : { name }),
      ...(fault === undefined ? {} : { fault }),
    });
    if (entries.length % groupSize === 0) yield;
  }
  return entries;
}

/** Why a row of several lines is not used: rows may be hidden in a cell whose quotation mark does not close. */
function tornCell(
  { cells }: TextRow,
  headings: readonly string[],
  members: readonly (string | undefined)[],
): string | undefined {
  for (const [index, cell] of cells.entries()) {
    const reason = lineBreakFault(cell, members[index] ?? "", members[index] ?? headings[index] ?? "");
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The columns with the last and the first name. */
function nameColumns(header: readonly string[]): number[] {
  const guesses = memberGuesses(header.map((cell) => enteredText(cell.trim()).text));
  return ["Name", "FirstName"]
    .map((member) => guesses.findIndex((guess) => guess?.member === member))
    .filter((index) => index !== -1);
}

function nameIn({ cells, fault }: TextRow, columns: readonly number[]): string | undefined {
  if (fault !== undefined) return undefined;
  const parts = columns.map((column) => cells[column]?.trim() ?? "").filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** IDs from lines of this extension's output channel, without repetitions; undefined if the text is not a log. */
function loggedIds(text: string): KeyColumn | undefined {
  if (!text.includes(" HTTP ")) return undefined;
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const { line, endpoint, id, newId = id } of resultsInLog(text)) {
    const key = `${endpoint ?? ""} ${newId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    entries.push({ line, text: String(newId), endpoint });
  }
  return entries.length === 0 ? undefined : { column: undefined, named: "diallerId", entries };
}

/** An array of keys or records, or a reply with `records`; undefined if the text is not such JSON. */
function jsonColumns(text: string): KeyColumn[] | undefined {
  const elements = /^\s*[[{]/.test(text) ? jsonElements(text) : undefined;
  if (elements === undefined) return undefined;
  if (elements.every((element) => !(element instanceof Map))) {
    return [{ column: undefined, named: undefined, entries: elements.map(jsonEntry) }];
  }
  const records = elements.map((element) => (element instanceof Map ? element : new Map<unknown, unknown>()));
  const members = [...new Set(records.flatMap((record) => [...record.keys()].map(String)))];
  const nameAt = nameColumns(members).map((index) => members[index] ?? "");
  const columns = members.flatMap((member): KeyColumn[] => {
    const named = keyKind(member);
    if (named === undefined) return [];
    const entries = records.map((record, index) => ({
      ...jsonEntry(record.get(member), index),
      name: nameOf(record, nameAt),
    }));
    return [{ column: member, named, entries }];
  });
  return columns.length === 0 ? undefined : columns.sort((a, b) => rankOf(a) - rankOf(b));
}

function jsonEntry(value: unknown, index: number): Entry {
  const cell = jsonCell(value);
  return cell.kind === "fault"
    ? { line: index + 1, text: "", fault: cell.reason }
    : { line: index + 1, text: cell.value };
}

function nameOf(record: ReadonlyMap<unknown, unknown>, members: readonly string[]): string | undefined {
  const parts = members
    .map((member) => record.get(member))
    .filter((part) => typeof part === "string" && part !== "");
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** IDs come first, because they are unique. */
function rankOf({ named }: KeyColumn): number {
  return named === "userData" ? 1 : 0;
}
