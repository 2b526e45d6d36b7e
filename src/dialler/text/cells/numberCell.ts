import * as l10n from "../../../l10n";
import { type CellValue, fault, valueOfCell } from "./cellValue";
import { isScientific, shortened } from "./changedNumber";
import { damage, hasLineBreak } from "./damagedText";
import { missingValue } from "./errorWords";

/** JavaScript keeps this many digits exactly. */
const mostDigits = 15;

/** One mark that is followed by three digits, after what may be a group of thousands. */
const eitherMark = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** Digits in groups or not, and decimals after the other mark. */
const grouped = /^([+-]?)(\d{1,3}([.,'’ ])\d{3}(?:\3\d{3})*)(?:([.,])(\d+))?$/;
const plain = /^([+-]?)(\d+)(?:([.,])(\d+))?$/;

/**
 * An amount. A decimal comma and groups of thousands are read where they cannot mean anything else; other texts, such as
 * one with a currency, are left to the server.
 */
export function numberCell(text: string): CellValue<number | string> {
  const written = text.replace(/\s/g, " ").trim();
  if (written === "") return valueOfCell(text, "");
  const reason = damage(text) ?? missingValue(written);
  if (reason !== undefined) return fault(reason);
  if (hasLineBreak(text)) return fault(l10n.t("it contains a line break"));
  if (isScientific(written)) return fault(shortened());
  if (eitherMark.test(written))
    return fault(
      l10n.t(
        "its comma or point can stand for thousands or for decimals; write it without groups and with two decimals",
      ),
    );
  const number = decimalOf(written);
  if (number === undefined) return { kind: "value", value: text };
  if (number.replace(/\.0+$/, "").replace(/^[+-]?0*|\D/g, "").length > mostDigits)
    return fault(l10n.t("it has more digits than can be kept"));
  return valueOfCell(text, Number(number));
}

/** The number with a decimal point and without groups; undefined if it is no number. */
function decimalOf(written: string): string | undefined {
  const parts = plain.exec(written);
  if (parts !== null) return `${parts[1] ?? ""}${parts[2] ?? ""}.${parts[4] ?? "0"}`;
  const [, sign = "", whole, group, mark, decimals = "0"] = grouped.exec(written) ?? [];
  if (whole === undefined || group === undefined || mark === group) return undefined;
  return `${sign}${whole.replaceAll(/\D/g, "")}.${decimals}`;
}
