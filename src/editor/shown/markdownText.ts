import { plainText } from "./plainText";

/** The lines of a table; every cell is harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)];
}

/** Server text that stays text in Markdown: no links, pictures, HTML or further cells come of it. */
export function markdownText(text: string): string {
  return plainText(text, 300)
    .replace(/[\\`*_[\]<>|~&@]/g, "\\$&")
    .replace(/:(?=\/\/)|(?<=www)\./gi, "\\$&");
}
