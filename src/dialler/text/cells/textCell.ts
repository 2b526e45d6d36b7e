import * as l10n from "../../../l10n";
import { type CellValue, fault } from "./cellValue";
import { hasLineBreak, unsendable } from "./damagedText";

/** The texts that people write in several lines. */
const severalLines: ReadonlySet<string> = new Set(["Comment", "Address"]);

/** Any other text, unchanged. `column` is the name of the column in the file. */
export function textCell(text: string, member: string, column: string): CellValue {
  const reason = unsendable(text);
  if (reason !== undefined) return fault(reason);
  return hasLineBreak(text) && !severalLines.has(member)
    ? fault(l10n.t("a line break in {column}", { column }))
    : { kind: "value", value: text };
}
