import type { RowFault } from "./rowSpans";
import type { TextRow } from "./tableRows";

/**
 * The rows with one cell for each column. Spreadsheets add empty cells behind the last column, and leave out
 * delimiters behind the last filled cell; both are put right. Every other row with too many or too few cells has a
 * fault. A row with too few cells may be a part of a row that an unquoted line break tore apart, so it is only taken if
 * its neighbours show that it is none.
 */
export function inColumns(rows: readonly TextRow[], columns: number): TextRow[] {
  const result = rows.map((row) => lengthened(row, columns));
  for (let at = 0; at < rows.length; at++) {
    const run = shortRun(rows, at, columns);
    if (run.length === 0) continue;
    const isTrimmed = isTrimmedRun(run, columns);
    run.forEach((row, index) => {
      result[at + index] = isTrimmed ? filled(row, columns) : withFault(row, "cellCount");
    });
    // A lone cell is the rest of the row before, or the beginning of the row after.
    if (!isTrimmed && run.some(({ cells }) => cells.length === 1)) {
      for (const beside of [at - 1, at + run.length]) {
        const row = result[beside];
        if (row !== undefined && row.fault === undefined) result[beside] = withFault(row, "uncertainEnd");
      }
    }
    at += run.length;
  }
  return result;
}

function withFault(row: TextRow, fault: RowFault): TextRow {
  return { ...row, fault };
}

/** A row that is not too short. */
function lengthened(row: TextRow, columns: number): TextRow {
  if (row.fault !== undefined || row.cells.length <= columns) return row;
  const isWhole = row.cells.slice(columns).every((cell) => cell.trim() === "");
  return isWhole ? { ...row, cells: row.cells.slice(0, columns) } : withFault(row, "cellCount");
}

/** The adjacent rows from `at` on that have too few cells. */
function shortRun(rows: readonly TextRow[], at: number, columns: number): readonly TextRow[] {
  let after = at;
  for (let row = rows[after]; row !== undefined; row = rows[++after]) {
    if (row.fault !== undefined || row.cells.length >= columns) break;
  }
  return rows.slice(at, after);
}

/** Whether a program left out trailing delimiters in adjacent rows, as opposed to rows that were torn apart or cut. */
function isTrimmedRun(run: readonly TextRow[], columns: number): boolean {
  const count = run[0]?.cells.length ?? 0;
  if (count < 2 || run.some(({ cells, isLast }) => cells.length !== count || isLast === true)) return false;
  // A row torn into n parts has n - 1 cells more than it had.
  const parts = (columns - 1) / (count - 1);
  return !Number.isInteger(parts) || parts > run.length;
}

function filled(row: TextRow, columns: number): TextRow {
  const missing = new Array<string>(columns - row.cells.length).fill("");
  return { ...row, cells: [...row.cells, ...missing] };
}
