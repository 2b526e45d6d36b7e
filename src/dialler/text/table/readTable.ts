import { enteredText } from "../cells/enteredText";
import { inColumns } from "./cellCounts";
import { type Delimiter, delimiterOf, type UndecidedDelimiter } from "./delimiter";
import { headerAt } from "./header";
import { jsonElements } from "./jsonElements";
import { type TableRow, tableRows, type TextRow } from "./tableRows";

/** A table, and what was decided to read it. */
export interface ReadTable {
  readonly kind: "table";
  readonly columns: readonly string[];
  /** Without blank rows. */
  readonly rows: readonly TableRow[];
  readonly readAs: ReadAs;
}

export type ReadAs =
  | { readonly kind: "json" }
  | {
      readonly kind: "text";
      /** Undefined for a single column. */
      readonly delimiter: Delimiter | undefined;
      /** The line of the header; lines above it are a title. */
      readonly headerLine: number;
    };

/** Why a text is no table. */
export type NoTable =
  | { readonly kind: "empty" | "brokenJson" | "brokenHeader" }
  /** JSON whose strings have bytes that the encoding cannot have. */
  | { readonly kind: "spoiledJson"; readonly lines: readonly number[] }
  | UndecidedDelimiter;

export interface TableChoices {
  /** Known column names, by which header and delimiter are found. */
  readonly isHeading: (cell: string) => boolean;
  /** Lines that hold bytes which the encoding cannot have. */
  readonly spoiled?: readonly number[];
  readonly delimiter?: Delimiter;
  /** Counted from 1. */
  readonly headerLine?: number;
}

/**
 * The table in a text: rows with a header, or a JSON array of records, which may be the `records` of a reply. Yields
 * between groups of rows, so that a caller may pause there. Never throws.
 */
export function* readTable(
  text: string,
  choices: TableChoices,
): Generator<undefined, ReadTable | NoTable, void> {
  if (!/^\s*[[{]/.test(text)) return yield* textTable(text, choices);
  const { spoiled: lines = [] } = choices;
  return lines.length > 0 ? { kind: "spoiledJson", lines } : jsonTable(text);
}

function* textTable(
  text: string,
  { isHeading, spoiled = [], delimiter: chosen, headerLine }: TableChoices,
): Generator<undefined, ReadTable | NoTable, void> {
  const found = delimiterOf(text, isHeading);
  if (found?.kind === "undecided" && chosen === undefined) return found;
  const named = found?.kind === "found" && found.why === "named" ? found : undefined;
  const delimiter = chosen ?? (found?.kind === "found" ? found.delimiter : undefined);
  const rest = text.slice(named?.start ?? 0);
  const rows: TextRow[] = [];
  for (const group of tableRows(rest, delimiter ?? "", new Set(spoiled), named?.lines)) {
    for (const row of group) if (!isBlank(row)) rows.push(row);
    yield;
  }
  const chosenAt = headerLine === undefined ? -1 : rows.findIndex(({ line }) => line >= headerLine);
  const at = chosenAt === -1 ? headerAt(rows, isHeading) : chosenAt;
  const header = rows[at];
  if (header === undefined) return { kind: "empty" };
  if (header.fault !== undefined) return { kind: "brokenHeader" };
  yield;
  const body = rows.slice(at + 1);
  if (body.length === 0) return { kind: "empty" };
  const columns = filledColumns(header.cells, body).map((cell) => enteredText(cell).text);
  return {
    kind: "table",
    columns,
    rows: inColumns(body, columns.length),
    readAs: { kind: "text", delimiter, headerLine: header.line },
  };
}

function isBlank({ cells, fault }: TextRow): boolean {
  return fault === undefined && cells.every((cell) => cell.trim() === "");
}

/** The header without empty names at its end, unless a row has a value there. */
function filledColumns(header: readonly string[], rows: readonly TextRow[]): readonly string[] {
  let length = header.length;
  while (length > 1 && (header[length - 1] ?? "").trim() === "") length--;
  if (length === header.length) return header;
  const isUsed = rows.some(
    ({ cells, fault }) =>
      fault === undefined &&
      cells.length === header.length &&
      cells.slice(length).some((cell) => cell !== ""),
  );
  return isUsed ? header : header.slice(0, length);
}

function jsonTable(text: string): ReadTable | NoTable {
  const elements = jsonElements(text);
  if (elements === undefined) return { kind: "brokenJson" };
  const columns = [
    ...new Set(
      elements.flatMap((element) => (element instanceof Map ? [...element.keys()].map(String) : [])),
    ),
  ];
  const rows = elements.map((element, index): TableRow => {
    const line = index + 1;
    if (!(element instanceof Map)) return { line, cells: [], fault: "noRecord" };
    return { line, cells: columns.map((column): unknown => element.get(column)) };
  });
  return rows.length === 0 ? { kind: "empty" } : { kind: "table", columns, rows, readAs: { kind: "json" } };
}
