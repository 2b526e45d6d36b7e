import * as l10n from "../../../l10n";
import { type CellValue, fault } from "./cellValue";

/**
 * The text of a JSON value as `exactJson` gives it; empty for null and for a missing member. A number that JavaScript has
 * rounded is refused.
 */
export function jsonCell(value: unknown): CellValue {
  if (value === null || value === undefined) return { kind: "value", value: "" };
  if (typeof value === "string") return { kind: "value", value };
  if (typeof value !== "number") return fault(l10n.t("it is neither text nor a number"));
  const isKept = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isKept
    ? { kind: "value", value: String(value) }
    : fault(l10n.t("it is a number with more digits than a computer keeps"));
}
