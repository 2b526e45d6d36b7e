import * as l10n from "../../l10n";
import { countsOf, type EntryResult, type Level, levelOf, type Outcome } from "../runs/outcome";
import { foldedResults, lineOf } from "../runs/resultLine";
import { tableText } from "../text/table/tableText";
import { cellText } from "./exportRows";
import type { TableRow } from "../text/table/tableRows";
import type { AsideRow } from "./importRows";
import { type ImportTable, isNamed, outcomeColumn, reasonColumn, unreadable } from "./importTable";

/** How one row of a file ended. Text in it may be the server's and is raw. */
export interface RowResult extends EntryResult {
  readonly row: number;
  readonly line: number;
}

/** The return value of an import command. */
export interface ImportReport {
  readonly action: "import";
  readonly endpoint: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly items: readonly {
    readonly line: number;
    /** The contact that was created or overwritten. */
    readonly id: number | null;
    readonly userData?: string;
    readonly outcome: Outcome;
    readonly status?: number;
    readonly reason?: string;
  }[];
}

/** A row that was set aside before anything was sent. */
export function asideResult({ row, line, userData, reason }: AsideRow): RowResult {
  return { row, line, id: undefined, userData, outcome: "skipped", reason };
}

/** `results` has one entry per row of the file, in its order. */
export function importReportOf(endpoint: string, results: readonly RowResult[]): ImportReport {
  const counts = countsOf(results);
  return {
    action: "import",
    endpoint,
    counts,
    items: results.map(({ line, id, userData, outcome, status, reason }) => ({
      line,
      id: id ?? null,
      ...(userData === undefined ? {} : { userData }),
      outcome,
      ...(status === undefined ? {} : { status }),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}

/**
 * The log lines of an import, with the line in the file as part of the reason. Adjacent rows that were not attempted
 * share one line.
 */
export function importLinesOf(
  endpoint: string,
  results: readonly RowResult[],
): { readonly level: Level; readonly line: string }[] {
  return foldedResults(results).map(({ first, last, count }) => {
    const where =
      count === 1
        ? l10n.t("line {line}", { line: first.line })
        : l10n.t("lines {first}…{last} ({rows})", { first: first.line, last: last.line, rows: count });
    const reason = first.reason === undefined ? where : `${where}: ${first.reason}`;
    return { level: levelOf(first), line: lineOf("import", endpoint, { ...first, reason }) };
  });
}

/**
 * The rows that are not done, as a table for importing again, each with all its cells, its outcome and its reason. Rows
 * marked `unknown`, and rows whose cells could not be told apart, are left out by the next import until the mark is
 * cleared.
 */
export function notImportedText(table: ImportTable, results: readonly RowResult[]): string {
  const isOwn = (column: string | undefined): boolean =>
    isNamed(column, outcomeColumn) || isNamed(column, reasonColumn);
  const header = [outcomeColumn, reasonColumn, ...table.columns.filter((column) => !isOwn(column))];
  const rows = results
    .filter(({ outcome }) => outcome !== "done")
    .map(({ row, outcome, reason = "" }) => {
      const { cells = [] } = table.rows[row] ?? {};
      const kept = cells.filter((_, column) => !isOwn(table.columns[column]));
      return [outcomeOf(outcome, table, table.rows[row]), reason, ...kept.map(cellText)];
    });
  return tableText([header, ...rows], delimiterOf(table));
}

/** The one of the file, so that a row whose cells could not be told apart looks as it did. */
function delimiterOf({ readAs }: ImportTable): string {
  return (readAs.kind === "text" ? readAs.delimiter : undefined) ?? ";";
}

/** A row that was left out because of its mark keeps the mark. */
function outcomeOf(outcome: Outcome, { columns, readAs }: ImportTable, row: TableRow | undefined): string {
  // As the text of a cell, a value that is no text may be another one that can be imported.
  const isTyped = readAs.kind === "json" && row?.cells.some((cell) => !isPlain(cell)) === true;
  if (row?.fault !== undefined || (isTyped && outcome === "skipped")) return unreadable;
  const at = columns.findIndex((column) => isNamed(column, outcomeColumn));
  const before = cellText(row?.cells[at]).trim();
  return outcome === "skipped" && before !== "" ? before : outcome;
}

function isPlain(cell: unknown): boolean {
  return (
    cell === null ||
    cell === undefined ||
    (typeof cell === "string" && cell.isWellFormed()) ||
    typeof cell === "number"
  );
}
