import { exactJson } from "../../api/record/exactJson";

/**
 * The elements of a JSON array, of the `records` of a reply, or one value; undefined if the text is no JSON. Objects are
 * maps of their members. Whole numbers with more digits than JavaScript keeps are their digits; any other number that it
 * would change is NaN.
 */
export function jsonElements(text: string): readonly unknown[] | undefined {
  let exact: unknown;
  let rounded: unknown;
  try {
    exact = exactJson(text);
    rounded = JSON.parse(text);
  } catch {
    return undefined;
  }
  const kept = elementsOf(exact);
  const changed = elementsOf(rounded);
  return kept.map((element, index) => {
    const other = changed[index];
    if (!isObject(element) || !isObject(other)) return keptValue(element, other);
    const others = new Map<string, unknown>(Object.entries(other));
    return new Map(
      Object.entries(element).map(([name, value]) => [name, keptValue(value, others.get(name))]),
    );
  });
}

function elementsOf(value: unknown): readonly unknown[] {
  const items: unknown = isObject(value) && "records" in value ? value.records : value;
  return Array.isArray(items) ? items : [items];
}

/** `exact` is a text where JavaScript would have changed a number. */
function keptValue(exact: unknown, rounded: unknown): unknown {
  const isReplaced = typeof exact === "string" && typeof rounded === "number";
  return isReplaced && !/^-?\d+$/.test(exact) ? Number.NaN : exact;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
