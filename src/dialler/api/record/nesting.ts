import type { WireRecord } from "./wire";

/** Writing and restoring a record takes the stack for each level. Diallers do not nest their members at all. */
export const deepestKept = 200;

/** Whether the values of a record are nested deeper than a journal keeps. Never throws, however deep they are. */
export function isNestedTooDeep(record: WireRecord): boolean {
  return Object.values(record).some((value) => goesDeeper(value, deepestKept));
}

function goesDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => goesDeeper(inner, levels - 1));
}
