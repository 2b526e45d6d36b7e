import { enteredText } from "../text/cells/enteredText";
import { memberGuess } from "../text/columns/memberGuess";
import type { Delimiter } from "../text/table/delimiter";
import { type NoTable, readTable, type ReadTable } from "../text/table/readTable";
import type { TableRow } from "../text/table/tableRows";

/** The rows of a file, in the order of its lines. */
export interface ImportTable {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly readAs: ReadTable["readAs"];
}

/** The columns that a saved import has before its own: how each row ended, and why. */
export const outcomeColumn = "ImportOutcome";
export const reasonColumn = "ImportReason";

/** The outcome of a row whose cells could not be told apart, so that it must be mended by hand. */
export const unreadable = "unreadable";

/** Whether a column has this name, in upper or lower case. */
export function isNamed(column: string | undefined, name: string): boolean {
  return column?.trim().toLowerCase() === name.toLowerCase();
}

/** Reads the rows of a file. Yields between groups of rows, so that a caller may pause there. Never throws. */
export function importTableOf(
  text: string,
  spoiled: readonly number[] = [],
  delimiter?: Delimiter,
): Generator<undefined, ReadTable | NoTable, void> {
  return readTable(text, { isHeading, spoiled, ...(delimiter === undefined ? {} : { delimiter }) });
}

function isHeading(cell: string): boolean {
  const heading = enteredText(cell.trim()).text;
  return memberGuess(heading) !== undefined || isNamed(heading, outcomeColumn);
}

/** The same table with an additional column that has one value in every row. */
export function withColumn(table: ImportTable, name: string, value: string): ImportTable {
  return {
    ...table,
    columns: [...table.columns, name],
    rows: table.rows.map((row) => (row.fault === undefined ? { ...row, cells: [...row.cells, value] } : row)),
  };
}
