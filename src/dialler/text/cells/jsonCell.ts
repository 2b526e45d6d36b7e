import * as l10n from "../../../l10n";
import { type CellValue, fault } from "./cellValue";
import { SpelledNumber } from "./spelledNumber";

/**
 * The text of a JSON value; empty for null and for a missing member. A number that JavaScript has rounded, or that is
 * written in another way than as its digits, is refused.
 */
export function jsonCell(value: unknown): CellValue {
  if (value === null || value === undefined) return { kind: "value", value: "" };
  if (typeof value === "string") return { kind: "value", value };
  if (value instanceof SpelledNumber) {
    return fault(l10n.t("it is a number that is not written as its digits; put it in quotation marks"));
  }
  if (typeof value !== "number") return fault(l10n.t("it is neither text nor a number"));
  const isKept = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isKept
    ? { kind: "value", value: String(value) }
    : fault(l10n.t("it is a number with more digits than a computer keeps"));
}
