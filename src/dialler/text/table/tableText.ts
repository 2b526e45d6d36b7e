import Papa from "papaparse";

/** Rows as text, each ending with CRLF. Cells that would be read back differently are quoted. */
export function tableText(rows: readonly (readonly string[])[], delimiter: string): string {
  if (rows.length === 0) return "";
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter, newline: "\r\n" },
  )}\r\n`;
}
