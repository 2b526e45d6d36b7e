import { keyKind } from "./keyKind";
import { memberGuess } from "./memberGuess";

/** Headings are short; a line of a report above the table is often longer. */
const longest = 64;

/** Numbers, phone numbers and dates consist of digits and signs; times with a zone and shortened numbers at their start. */
const numeric = /^(?:[^\p{L}]*\p{N}[^\p{L}]*$|[+-]?\d[\d.,:/ -]{3,}|[+-]?\d+(?:[.,]\d|E[+-]?\d))/iu;

/** A row with a title alone has one cell, but so has the header of a file with one column. */
const severalKnown = 2;

/** Whether a row of cells is the header of a table: short texts, several of them known, and no value among them. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (filled.length === 0 || filled.some(isValue)) return false;
  const known = filled.filter((cell) => memberGuess(cell) !== undefined || keyKind(cell) !== undefined);
  return known.length >= Math.min(severalKnown, cells.length);
}

function isValue(cell: string): boolean {
  return cell.length > longest || numeric.test(cell) || cell.includes("@") || /[\r\n]/.test(cell);
}
