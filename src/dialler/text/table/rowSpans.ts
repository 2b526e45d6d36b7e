/** Why no part of a row may be used. */
export type RowFault =
  /** A quoted cell that never closes. */
  | "openQuote"
  /** A quoted cell that closes in its middle, or a quotation mark behind blanks. */
  | "strayQuote"
  /** Bytes that the encoding cannot have. */
  | "bytes"
  /** More cells than columns, or fewer. */
  | "cellCount"
  /** Next to a row of which it may be a part. */
  | "uncertainEnd"
  /** An element of a JSON array that is not an object. */
  | "noRecord";

/** Where a row stands in a text. Lines are counted as an editor counts them: CRLF, LF and CR each end one. */
export interface RowSpan {
  readonly line: number;
  /** Greater than `line` for a row with a line break in a quoted cell. */
  readonly lastLine: number;
  /** The first place and the place after the last one, without the line end. */
  readonly start: number;
  readonly end: number;
  /** Nothing ends the row, so that it may have been cut. */
  readonly isLast: boolean;
  readonly fault?: RowFault;
}

const quoteCode = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The rows of a text, blank ones included. Line ends of all kinds part rows outside quotes; CR CR LF ends one row. A
 * quotation mark that is never closed, or closed in the middle of a cell, spoils its own line only: the next line is
 * read afresh. `delimiter` is empty for a text of one column.
 */
export function* rowSpans(text: string, delimiter: string): Generator<RowSpan, void, void> {
  const parting = delimiter === "" ? -1 : delimiter.charCodeAt(0);
  let start = 0;
  let line = 1;
  while (start < text.length) {
    const { end, fault } = rowEnd(text, start, parting);
    const lastLine = line + (fault === undefined ? lineBreaks(text, start, end) : 0);
    const next = afterLineEnd(text, end);
    const isLast = next === end;
    yield { line, lastLine, start, end, isLast, ...(fault === undefined ? {} : { fault }) };
    line = lastLine + lineBreaks(text, end, next);
    start = next;
  }
}

function isLineBreak(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

/** The end of the row that begins at `start`; of its first line, if a quotation mark is wrong. */
function rowEnd(text: string, start: number, parting: number): { end: number; fault?: RowFault } {
  let place = start;
  for (;;) {
    if (text.charCodeAt(place) === quoteCode) {
      const closed = afterQuoted(text, place);
      if (closed === undefined) return { end: lineEnd(text, start), fault: "openQuote" };
      const isWhole = closed >= text.length || isCellEnd(text.charCodeAt(closed), parting);
      if (!isWhole) return { end: lineEnd(text, start), fault: "strayQuote" };
      place = closed;
    } else {
      const begun = place;
      while (place < text.length && !isCellEnd(text.charCodeAt(place), parting)) place++;
      // Some programs put a blank behind the delimiter; whether it belongs to the cell is unknown.
      const isDisplaced =
        parting !== -1 && /^[ \t\u00a0]+"/.test(text.slice(begun, Math.min(place, begun + 20)));
      if (isDisplaced) return { end: lineEnd(text, start), fault: "strayQuote" };
    }
    if (place >= text.length || text.charCodeAt(place) !== parting) return { end: place };
    place++;
  }
}

function isCellEnd(code: number, parting: number): boolean {
  return code === parting || isLineBreak(code);
}

/** The place behind a quoted cell, in which a doubled quotation mark stands for one; undefined if it never closes. */
function afterQuoted(text: string, opening: number): number | undefined {
  let place = opening + 1;
  for (;;) {
    const closing = text.indexOf('"', place);
    if (closing === -1) return undefined;
    if (text.charCodeAt(closing + 1) !== quoteCode) return closing + 1;
    place = closing + 2;
  }
}

function lineEnd(text: string, start: number): number {
  let place = start;
  while (place < text.length && !isLineBreak(text.charCodeAt(place))) place++;
  return place;
}

/** The place behind the line end at `place`. CR CR LF is one: a text that was converted twice. */
function afterLineEnd(text: string, place: number): number {
  if (text.charCodeAt(place) === lineFeed) return place + 1;
  if (text.charCodeAt(place) !== carriageReturn) return place;
  if (text.charCodeAt(place + 1) === lineFeed) return place + 2;
  return text.charCodeAt(place + 1) === carriageReturn && text.charCodeAt(place + 2) === lineFeed
    ? place + 3
    : place + 1;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place++) {
    const code = text.charCodeAt(place);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(place + 1) !== lineFeed)) count++;
  }
  return count;
}
