import * as l10n from "../../../l10n";
import { type CellValue, fault, valueOfCell } from "./cellValue";
import { changed, isScientific, isWholeWithDecimals, shortened } from "./changedNumber";
import { damage, hasLineBreak } from "./damagedText";
import { missingValue } from "./errorWords";
import { hasRealDate } from "./wallClock";

/** Signs between digits that say nothing about what is dialled. */
const separators = /[\s()\-./\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** Marks of direction and other signs without a shape, which address books put around numbers; not the reversing U+202E. */
const shapeless = /[\u00ad\u200b-\u200f\u202a-\u202d\u2060-\u2069\ufeff]/g;

/** The international standard for numbers has no longer ones; with separators this is more than one number. */
const mostDigits = 15;

/** No number is written with more characters; the checks below take their time over long ones. */
const longest = 200;

/**
 * A phone number as it is dialled: digits, and a plus at the start. Blanks and the signs `( ) - / .` are taken out, as is
 * the prefix `tel:` of a link. Everything that may be another number than the digits spell is refused.
 */
export function phoneCell(text: string): CellValue {
  const written = text.replace(shapeless, "").trim();
  if (written === "") return valueOfCell(text, "");
  if (written.length > longest) return fault(l10n.t("it is too long for a phone number"));
  const reason = damage(text) ?? missingValue(written) ?? spreadsheetFault(written);
  if (reason !== undefined) return fault(reason);
  if (hasLineBreak(written)) return fault(l10n.t("it contains a line break"));
  const number = written.replace(/^tel:/i, "").trim();
  const digits = number.replace(separators, "");
  const unlike = signFault(digits) ?? (digits === number ? undefined : groupFault(number, digits));
  return unlike === undefined ? valueOfCell(text, digits) : fault(unlike);
}

function spreadsheetFault(written: string): string | undefined {
  if (isScientific(written)) return shortened();
  // A number such as +49-171-5554433 is calculated when it is entered into a spreadsheet.
  return isWholeWithDecimals(written) || /^[-\u2212]/.test(written) ? changed() : undefined;
}

function signFault(digits: string): string | undefined {
  if (/^\+?[0-9]+$/.test(digits)) return undefined;
  if (/^\+?$/.test(digits)) return l10n.t("it contains no digits");
  if (/\p{L}/u.test(digits)) return l10n.t("it contains letters; an extension cannot be dialled");
  if (digits.includes(",")) return l10n.t("it contains a comma");
  return /^[+0-9]+$/.test(digits)
    ? l10n.t("it has a plus sign that is not at the start")
    : l10n.t("it contains characters other than digits");
}

/** Where the separators say that the digits are not one number, or not all dialled. */
function groupFault(number: string, digits: string): string | undefined {
  // Most countries drop this zero after the country code; some, such as Italy, dial it.
  if (/[+0-9].*\(\s*0/.test(number))
    return l10n.t(
      "it has a zero in brackets that is dialled in some countries only; write the number as it is dialled",
    );
  if (/\/\s*-?\s*\d{1,3}$/.test(number) && digits.length > 6)
    return l10n.t("it ends with a second extension");
  if (hasRealDate(number)) return l10n.t("it is a date");
  return digits.replace(/^(?:\+|00)/, "").length > mostDigits || hasSecondNumber(number)
    ? l10n.t("it seems to be more than one number")
    : undefined;
}

/** "040 123456 / 0171 5554433", "112 / 110": a slash parts a prefix from the rest only. */
function hasSecondNumber(number: string): boolean {
  const [first = "", ...others] = number.split("/");
  if (others.length === 0) return false;
  const isPrefix = /^\s*[+(0]/.test(first);
  return !isPrefix || others.length > 1 || others.some((part) => /^\D*0\d{2}/.test(part));
}
