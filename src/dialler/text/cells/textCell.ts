import * as l10n from "../../../l10n";
import { type CellValue, fault } from "./cellValue";
import { hasLineBreak, unsendable } from "./damagedText";

/** The texts that people write in several lines. */
const severalLines: ReadonlySet<string> = new Set(["Comment", "Address"]);

/** Any other text, unchanged. `column` is the name of the column in the file. */
export function textCell(text: string, member: string, column: string): CellValue {
  const reason = unsendable(text) ?? lineBreakFault(text, member, column);
  return reason === undefined ? { kind: "value", value: text } : fault(reason);
}

/** Why a text must not have several lines: a quotation mark may be missing. Undefined if it has one, or may have more. */
export function lineBreakFault(text: string, member: string, column: string): string | undefined {
  return hasLineBreak(text) && !severalLines.has(member)
    ? l10n.t("a line break in {column}", { column })
    : undefined;
}
