import { spelledJson } from "../../api/record/exactJson";
import { SpelledNumber } from "../cells/spelledNumber";

/**
 * The elements of a JSON array, of the `records` of a reply, or one value; undefined if the text is no JSON. Objects are
 * maps of their members. Whole numbers are their digits if JavaScript does not keep them, and any other number that is
 * not written as JavaScript writes it is a `SpelledNumber`, so that nothing is read as something else.
 */
export function jsonElements(text: string): readonly unknown[] | undefined {
  let value: unknown;
  try {
    value = spelledJson(text, mark);
  } catch {
    return undefined;
  }
  const items: unknown = isObject(value) && "records" in value ? value.records : value;
  const elements: readonly unknown[] = Array.isArray(items) ? items : [items];
  return elements.map((element) =>
    isObject(element)
      ? new Map(Object.entries(element).map(([name, member]) => [name, unmarked(member)]))
      : unmarked(element),
  );
}

/** In front of a number that is kept as text. It belongs to no script, so that no text of a person begins with it. */
const mark = "\ue000\ue001";

function unmarked(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith(mark)) return value;
  const text = value.slice(mark.length);
  return /^-?\d+$/.test(text) ? text : new SpelledNumber(text);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
