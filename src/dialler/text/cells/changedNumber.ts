import * as l10n from "../../../l10n";

/** Spreadsheets and programs write a decimal mark or the sign of the exponent; the key `1E5` has neither. */
const scientific = /^[+\-\u2212]?(?:\d+[.,]\d+E[+-]?\d{1,3}|\d{1,3}E\+\d{1,3}|\dE-\d{1,3})$/i;

/** Groups of three, also with two digits as in India. No spreadsheet writes a leading zero in front of groups. */
const grouped =
  /^[+\-\u2212]?(?:[1-9]\d{0,2}(?:([.,'’\s])\d{3})(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})(?:[.,]\d+)?$/;

/** A whole number that was given decimals. */
const withDecimals = /^[+\-\u2212]?\d+[.,]0+$/;

export function isScientific(text: string): boolean {
  return scientific.test(text.trim());
}

export function isWholeWithDecimals(text: string): boolean {
  return withDecimals.test(text.trim());
}

/** Why the digits of a key or ID are not those that were entered; undefined if they may be. */
export function changedNumber(text: string): string | undefined {
  if (isScientific(text)) return shortened();
  return grouped.test(text.trim()) || isWholeWithDecimals(text) ? changed() : undefined;
}

export function shortened(): string {
  return l10n.t("a spreadsheet has shortened this number; format the column as text");
}

export function changed(): string {
  return l10n.t("a spreadsheet has changed this number; format the column as text");
}
