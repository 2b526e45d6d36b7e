import { type RowFault, rowSpans } from "./rowSpans";
import { cellsOfRows } from "./tableText";

/** One row of a table. */
export interface TableRow {
  /** Where it begins: the line of a text, or the position in a JSON array; both counted from 1. */
  readonly line: number;
  /** Where it ends, if that is another line. */
  readonly lastLine?: number;
  /** Texts; from JSON any values, undefined where a record lacks the member. */
  readonly cells: readonly unknown[];
  /** No part of the row may be used then; `cells` tells what is known of it. */
  readonly fault?: RowFault;
}

/** A row of a text. */
export interface TextRow extends TableRow {
  readonly cells: readonly string[];
  /** Nothing ends the row, so that it may have been cut. */
  readonly isLast?: true;
}

/** Rows are handed over in groups of this size, so that a caller may pause between them. */
const groupSize = 250;

/**
 * The rows of a text in groups, blank rows included. Never throws. `spoiled`: lines that hold bytes which the encoding
 * cannot have. `linesBefore`: how many lines stand before the text.
 */
export function* tableRows(
  text: string,
  delimiter: string,
  spoiled: ReadonlySet<number> = new Set(),
  linesBefore = 0,
): Generator<readonly TextRow[], void, void> {
  let group: Read[] = [];
  for (const span of rowSpans(text, delimiter)) {
    const { start, end, isLast, fault } = span;
    const line = span.line + linesBefore;
    const lastLine = span.lastLine + linesBefore;
    const raw = text.slice(start, end);
    group.push({ raw, line, lastLine, isLast, fault: fault ?? bytesFault(line, lastLine, spoiled) });
    if (group.length < groupSize) continue;
    yield rowsOf(group, delimiter);
    group = [];
  }
  if (group.length > 0) yield rowsOf(group, delimiter);
}

interface Read {
  readonly raw: string;
  readonly line: number;
  readonly lastLine: number;
  readonly isLast: boolean;
  readonly fault: RowFault | undefined;
}

function bytesFault(line: number, lastLine: number, spoiled: ReadonlySet<number>): RowFault | undefined {
  if (spoiled.size === 0) return undefined;
  for (let at = line; at <= lastLine; at++) if (spoiled.has(at)) return "bytes";
  return undefined;
}

function rowsOf(group: readonly Read[], delimiter: string): TextRow[] {
  const whole = group.filter(({ fault }) => fault === undefined);
  const texts = whole.map(({ raw }) => raw);
  const cells = delimiter === "" ? texts.map((text) => [unquoted(text)]) : cellsOfRows(texts, delimiter);
  let next = 0;
  return group.map(({ raw, line, lastLine, isLast, fault }) => ({
    line,
    ...(lastLine === line ? {} : { lastLine }),
    cells: fault === undefined ? (cells[next++] ?? []) : faultyCells(raw, delimiter),
    ...(isLast ? { isLast } : {}),
    ...(fault === undefined ? {} : { fault }),
  }));
}

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

/** What a row with a fault seems to hold, for showing and for saving it again. */
function faultyCells(raw: string, delimiter: string): string[] {
  return delimiter === "" ? [raw] : raw.split(delimiter);
}
