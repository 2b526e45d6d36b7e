import * as l10n from "../../../l10n";
import { type CellValue, fault } from "./cellValue";
import { changedNumber } from "./changedNumber";
import { damage, hasLineBreak } from "./damagedText";
import { missingKey } from "./errorWords";
import { asRead, hasInvisibleSigns } from "./visible";

/**
 * A UserData, never trimmed or normalised: ordinary blanks at its ends belong to it. `markedAsText`: a spreadsheet was told
 * to leave the cell alone, so digits that look like a changed number are as they were entered.
 */
export function keyCell(text: string, markedAsText: boolean): CellValue {
  const reason = keyFault(text, markedAsText);
  if (reason !== undefined) return fault(reason);
  if (!hasInvisibleSigns(text)) return { kind: "value", value: text };
  return {
    kind: "doubtful",
    value: text,
    reason: l10n.t("it contains invisible characters"),
    cleaned: asRead(text),
  };
}

function keyFault(text: string, markedAsText: boolean): string | undefined {
  const damaged = damage(text);
  if (damaged !== undefined) return damaged;
  // What cannot be seen must not hide a number or word from these checks.
  const read = asRead(text);
  if (read === "") return l10n.t("it is blank");
  if (hasLineBreak(text)) return l10n.t("it contains a line break");
  return missingKey(read) ?? (markedAsText ? undefined : changedNumber(read));
}
