/** A text as it is, or what a spreadsheet was told to keep as text. */
export interface FormulaText {
  readonly text: string;
  /** The text was written as `="…"`, so a spreadsheet has not changed its digits. */
  readonly markedAsText: boolean;
}

/** Reads the formula `="000417"` as 000417. Other texts, other formulas included, stay as they are. */
export function formulaText(text: string): FormulaText {
  const quoted = /^="((?:[^"]|"")*)"$/.exec(text)?.[1];
  return quoted === undefined
    ? { text, markedAsText: false }
    : { text: quoted.replaceAll('""', '"'), markedAsText: true };
}
