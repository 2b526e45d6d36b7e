import Papa from "papaparse";

/** One row of a table and the line of the text on which it begins, counted from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of a text whose cells are parted by `delimiter`, quoted or not; blank lines are left out. Never throws. */
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
    step: ({ data, meta }) => {
      const begun = lineAt(begins);
      begins = meta.cursor;
      if (data.some((cell) => cell.trim() !== "")) rows.push({ line: begun, cells: data });
    },
  });
  return rows;
}
