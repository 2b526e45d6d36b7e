/** A text as it is, or what a spreadsheet was told to keep as text. */
export interface FormulaText {
  readonly text: string;
  /** The text was written as `="…"`, so a spreadsheet has not changed its digits. */
  readonly markedAsText: boolean;
}

/** Reads the formula `="000417"` as 000417. Other texts, other formulas included, stay as they are. */
export function formulaText(text: string): FormulaText {
  const inner =
    text.length > 2 && text.startsWith('="') && text.endsWith('"') ? text.slice(2, -1) : undefined;
  // A quotation mark that is not doubled ends the text, so more than a text follows.
  return inner === undefined || inner.replaceAll('""', "").includes('"')
    ? { text, markedAsText: false }
    : { text: inner.replaceAll('""', '"'), markedAsText: true };
}
