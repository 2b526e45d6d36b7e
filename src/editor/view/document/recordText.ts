import type { WireRecord } from "../../../dialler/api/record/wire";
import { redactedValue } from "../../../dialler/journal/redactedValue";
import { commonOrder, groupOf, type RecordGroup, type RecordOrder } from "./recordOrder";

/**
 * A record as JSON, its members in groups with a blank line between them, every member kept, no token in any text.
 * `order`: an order that it shares with another record; members that the order does not name come last.
 */
export function documentText(
  record: WireRecord,
  redact: (text: string) => string,
  lockField = "",
  order: RecordOrder = commonOrder([record], lockField),
): string {
  const members = new Map(Object.entries(record));
  const named = [...order.groups].filter(([name]) => members.has(name));
  const others = [...members.keys()].filter((name) => !order.groups.has(name));
  const all = [...named, ...others.map((name): [string, RecordGroup] => [name, groupOf(name, lockField)])];
  const lines = all.map(([name, group], place) => {
    const value = JSON.stringify(redactedValue(members.get(name), redact), null, 2);
    const line = `${JSON.stringify(redact(name))}: ${value}${place < all.length - 1 ? "," : ""}`;
    const begins = place > 0 && group !== all[place - 1]?.[1];
    // Not by a pattern: it would also take U+2028 within a text for the end of a line.
    return `${begins ? "\n" : ""}  ${line.replaceAll("\n", "\n  ")}`;
  });
  return lines.length === 0 ? "{}\n" : `{\n${lines.join("\n")}\n}\n`;
}

/**
 * The first and the last line of the members without a value at the end of a document, counted from 0; undefined if
 * there are fewer than two.
 */
export function emptyTail(text: string): { readonly start: number; readonly end: number } | undefined {
  const lines = text.trimEnd().split(/\r?\n/);
  const end = lines.length - 2;
  let start = end;
  while (start >= 0 && /^ {2}"(?:[^"\\]|\\.)*": (?:null|""),?$/.test(lines[start] ?? "")) start--;
  return end - start < 2 ? undefined : { start: start + 1, end };
}
