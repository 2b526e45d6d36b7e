import type { WireRecord } from "./wire";

/** A JSON object, not an array. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
