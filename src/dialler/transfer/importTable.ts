import { importableNamed } from "../api/record/importable";
import { readTable, type TableRow } from "../text/csvTable";
import { isProtected, unprotectedText } from "../text/spreadsheetSafe";

/** One row of a file, in the order of the table's columns. */
export interface ImportRow {
  /** The line number, or the position in a JSON array, counted from 1. */
  readonly line: number;
  /** Texts from a table, any values from JSON; undefined if a record lacks the member. */
  readonly cells: readonly unknown[];
  /** The end of its cells is unknown, or it is not a record. No part of the row is used then. */
  readonly fault?: "cellCount" | "quotes" | "noRecord";
}

export interface ImportTable {
  readonly columns: readonly string[];
  readonly rows: readonly ImportRow[];
}

/** Why a file cannot be imported. */
export type TableFault = "empty" | "brokenJson" | "noMembers";

/** The column with the outcome of each row in a saved import. */
export const outcomeColumn = "ImportOutcome";

const delimiters = [";", ",", "\t"] as const;

/** Reads the rows of a CSV with a header line, or of a JSON array of records, which may be the `records` of a reply. */
export function importTableOf(text: string): ImportTable | TableFault {
  const plain = text.replace(/^\ufeff/, "");
  const table = /^\s*[[{]/.test(plain) ? jsonTable(plain) : csvTable(plain);
  if (typeof table === "string") return table;
  if (table.rows.length === 0) return "empty";
  return table.columns.some((column) => memberOf(column) !== undefined) ? table : "noMembers";
}

/**
 * The member that a column holds, by its exact name in upper or lower case; undefined if there is none and the column
 * is ignored.
 */
export function memberOf(column: string): string | undefined {
  return importableNamed(column.trim());
}

/** Headers are shorter than this. */
const headerLength = 64 * 1024;

/** Uses the delimiter that yields most members in the header, or else most columns. */
function csvTable(text: string): ImportTable | TableFault {
  const beginning = text.slice(0, headerLength);
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, rows: readTable(beginning, delimiter) }))
    .sort((a, b) => memberCount(b.rows) - memberCount(a.rows) || columnCount(b.rows) - columnCount(a.rows));
  const [header, ...rows] = readTable(text, best?.delimiter ?? ";");
  if (header === undefined) return "empty";
  const columns = header.cells;
  return { columns, rows: rows.map((row) => csvRow(row, columns.length)) };
}

function memberCount([header]: readonly TableRow[]): number {
  return header?.cells.filter((cell) => memberOf(cell) !== undefined).length ?? 0;
}

function columnCount([header]: readonly TableRow[]): number {
  return header?.cells.length ?? 0;
}

function csvRow({ line, cells, broken }: TableRow, columns: number): ImportRow {
  if (broken === true) return { line, cells, fault: "quotes" };
  // Spreadsheets often add empty cells after the last column.
  const isWhole = cells.length >= columns && cells.slice(columns).every((cell) => cell.trim() === "");
  return isWhole ? { line, cells: cells.slice(0, columns) } : { line, cells, fault: "cellCount" };
}

function jsonTable(text: string): ImportTable | TableFault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "brokenJson";
  }
  const records = isObject(value) && "records" in value ? value.records : value;
  const elements: readonly unknown[] = Array.isArray(records) ? records : [records];
  const columns = [
    ...new Set(elements.flatMap((element) => (isObject(element) ? Object.keys(element) : []))),
  ];
  const rows = elements.map((element, index): ImportRow => {
    const line = index + 1;
    if (!isObject(element)) return { line, cells: [], fault: "noRecord" };
    const members = new Map<string, unknown>(Object.entries(element));
    return { line, cells: columns.map((column) => members.get(column)) };
  });
  return { columns, rows };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The number of cells with the apostrophe that an export for spreadsheets puts in front. */
export function formulaMarks({ columns, rows }: ImportTable): number {
  const cells = [...columns, ...rows.flatMap((row) => row.cells)];
  return cells.filter((cell) => typeof cell === "string" && isProtected(cell)).length;
}

/** The same table without those apostrophes. */
export function withoutFormulaMarks({ columns, rows }: ImportTable): ImportTable {
  return {
    columns: columns.map(unprotectedText),
    rows: rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => (typeof cell === "string" ? unprotectedText(cell) : cell)),
    })),
  };
}

/** The same table with an additional column that has one value in every row. */
export function withColumn({ columns, rows }: ImportTable, name: string, value: string): ImportTable {
  return {
    columns: [...columns, name],
    rows: rows.map((row) => (row.fault === undefined ? { ...row, cells: [...row.cells, value] } : row)),
  };
}
