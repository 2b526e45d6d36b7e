import { plainText } from "./plainText";

/** The lines of a Markdown table; every cell is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)];
}

/** Escapes server text for Markdown: it cannot make links, images, HTML or table cells. */
export function markdownText(text: string): string {
  return plainText(text, 300)
    .replace(/[\\`*_[\]<>|~&@]/g, "\\$&")
    .replace(/:(?=\/\/)|(?<=www)\./gi, "\\$&");
}
