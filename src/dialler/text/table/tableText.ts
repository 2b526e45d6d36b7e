import Papa from "papaparse";

/** Rows as text, each ending with CRLF. Cells that would be read back differently are quoted. */
export function tableText(rows: readonly (readonly string[])[], delimiter: string): string {
  if (rows.length === 0) return "";
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter, newline: "\r\n" },
  )}\r\n`;
}

/** The cells of rows of which every quoted cell closes properly. */
export function cellsOfRows(rows: readonly string[], delimiter: string): string[][] {
  // The library takes a byte order mark off the beginning of a text: a row of our own stands there.
  const text = ["-", ...rows].join("\n");
  return Papa.parse<string[]>(text, { delimiter, newline: "\n", quoteChar: '"' }).data.slice(1);
}
