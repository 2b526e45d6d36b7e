import { headerAt } from "./header";
import { type TextRow, tableRows } from "./tableRows";

export type Delimiter = ";" | "," | "\t" | "|";

/** How the delimiter of a table was found. */
export interface FoundDelimiter {
  readonly kind: "found";
  readonly delimiter: Delimiter;
  /** `named`: a first line such as "sep=;". `headings`: known column names. `cells`: rows of equal length. */
  readonly why: "named" | "headings" | "cells" | "chosen";
  /** The place behind a line that names the delimiter, and the number of such lines. */
  readonly start: number;
  readonly lines: number;
}

/** Several delimiters give known columns, so that a person must decide. */
export interface UndecidedDelimiter {
  readonly kind: "undecided";
  readonly delimiters: readonly Delimiter[];
}

/** In the order of preference: a comma also stands in texts and numbers. */
const delimiters: readonly Delimiter[] = ["\t", ";", "|", ","];

const sampleLength = 64 * 1024;
/**
 * The delimiter of a table with several columns; undefined if the text has only one column. `isHeading` tells a known
 * column name.
 */
export function delimiterOf(
  text: string,
  isHeading: (cell: string) => boolean,
): FoundDelimiter | UndecidedDelimiter | undefined {
  const named = /^"?sep=([;,\t|])"?(?:\r\r\n|\r\n|\r|\n|$)/i.exec(text);
  if (named !== null) {
    const delimiter = delimiters.find((each) => each === named[1]);
    const lines = named[0].includes("\r\r") ? 2 : 1;
    if (delimiter !== undefined) {
      return { kind: "found", delimiter, why: "named", start: named[0].length, lines };
    }
  }
  const [best, second] = delimiters
    .map((delimiter) => ({ delimiter, ...likenessOf(text, delimiter, isHeading) }))
    .filter(({ columns }) => columns > 1)
    .sort((a, b) => b.headings - a.headings || b.share - a.share);
  if (best === undefined) return undefined;
  if (best.headings > 0 && second?.headings === best.headings && second.share === best.share) {
    return { kind: "undecided", delimiters: [best.delimiter, second.delimiter] };
  }
  if (best.headings === 0 && best.share < 1) return undefined;
  const why = best.headings > 0 ? "headings" : "cells";
  return { kind: "found", delimiter: best.delimiter, why, start: 0, lines: 0 };
}

interface Likeness {
  /** Known column names in one of the first rows. */
  readonly headings: number;
  /** The number of cells of the header, or else of most rows, and the share of the rows that have it. */
  readonly columns: number;
  readonly share: number;
}

function likenessOf(text: string, delimiter: Delimiter, isHeading: (cell: string) => boolean): Likeness {
  const none: Likeness = { headings: 0, columns: 0, share: 0 };
  const rows = sampleOf(text, delimiter).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const header = rows[headerAt(rows, isHeading)]?.cells ?? [];
  const headings = header.length > 1 ? header.filter(isHeading).length : 0;
  // "1,234" and "4,0101E+04" are numbers with a comma, not two columns.
  if (headings === 0 && delimiter === "," && rows.every(({ cells }) => isOneNumber(cells))) return none;
  const columns = headings > 0 ? header.length : usualCount(rows);
  const share = rows.filter(({ cells }) => cells.length === columns).length / rows.length;
  return { headings, columns, share };
}

function usualCount(rows: readonly TextRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [[columns] = [0]] = [...counts].sort((a, b) => b[1] - a[1]);
  return columns;
}

/** Rows from the beginning, without the last one if it was cut by taking a sample. */
function sampleOf(text: string, delimiter: Delimiter): TextRow[] {
  const rows = [...tableRows(text.slice(0, sampleLength), delimiter)].flat();
  return text.length > sampleLength && rows.length > 1 ? rows.slice(0, -1) : rows;
}

/**
 * Whether the cells are the parts of one number that was written with commas: a fraction, an exponent or groups of three
 * digits.
 */
export function isOneNumber(cells: readonly string[]): boolean {
  const text = cells.join(",").trim();
  return /^[+-]?(\d+,\d{1,2}|\d+,\d+E[+-]?\d+|\d{1,3}(,\d{3})+(\.\d+)?)$/i.test(text);
}
