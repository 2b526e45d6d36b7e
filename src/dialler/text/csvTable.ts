import Papa from "papaparse";

/** One row of a table and the line of the text on which it begins, counted from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quotation mark is missing or misplaced, so the end of the cells is unknown. */
  readonly broken?: true;
}

/** The rows of a text with cells separated by `delimiter`, quoted or not. Blank lines are left out. Never throws. */
export function readTable(text: string, delimiter: string): TableRow[] {
  const rows: TableRow[] = [];
  let line = 1;
  let counted = 0;
  const lineAt = (place: number): number => {
    for (; counted < place; counted++) if (text[counted] === "\n") line++;
    return line;
  };
  let begins = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: false,
    step: ({ data, errors, meta }) => {
      const begun = lineAt(begins);
      begins = meta.cursor;
      if (data.every((cell) => cell.trim() === "")) return;
      const broken = errors.some(({ type }) => type === "Quotes");
      rows.push({ line: begun, cells: data, ...(broken ? { broken: true } : {}) });
    },
  });
  return rows;
}

/** Rows as text, each ending with CRLF. Cells that would be read back differently are quoted. */
export function tableText(rows: readonly (readonly string[])[], delimiter: string): string {
  if (rows.length === 0) return "";
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter, newline: "\r\n" },
  )}\r\n`;
}
