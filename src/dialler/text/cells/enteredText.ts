import { isProtected, unprotectedText } from "./spreadsheetSafe";
import { type FormulaText, formulaText } from "./formulaText";

/**
 * The text that was entered into a cell: without the apostrophe or the formula by which an export or a spreadsheet
 * kept it from being changed.
 */
export function enteredText(cell: string): FormulaText {
  return isProtected(cell) ? { text: unprotectedText(cell), markedAsText: true } : formulaText(cell);
}

/** The cell from which `enteredText` gives this text again: the text itself, unless it looks like a protected one. */
export function cellOf(text: string): string {
  return enteredText(text).text === text ? text : `'${text}`;
}
