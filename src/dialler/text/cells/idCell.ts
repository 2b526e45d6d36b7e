import { contactIdOf } from "../../api/record/key";
import * as l10n from "../../../l10n";
import { type CellValue, fault, valueOfCell } from "./cellValue";
import { changedNumber } from "./changedNumber";
import { missingKey } from "./errorWords";
import { asRead, hasInvisibleSigns } from "./visible";

/**
 * A dialler's ID of a contact or campaign as people write it: blanks of any kind around it and one leading `#` do not
 * matter. Digits are never read as another ID than the one they spell. Other invisible signs are refused, because an ID
 * that came with them was not copied from where it belongs.
 */
export function idCell(text: string, markedAsText: boolean): CellValue<number> {
  const trimmed = text.trim();
  const id = contactIdOf(trimmed.replace(/^#/, ""));
  return id === undefined ? fault(idFault(trimmed, markedAsText)) : valueOfCell(text, id);
}

function idFault(trimmed: string, markedAsText: boolean): string {
  const read = asRead(trimmed);
  if (read === "") return l10n.t("it is blank");
  const digits = read.replace(/^#/, "");
  const known = missingKey(read) ?? (markedAsText ? undefined : changedNumber(digits));
  if (known !== undefined) return known;
  if (/^[1-9][0-9]*$/.test(digits)) {
    return hasInvisibleSigns(trimmed)
      ? l10n.t("it contains invisible characters")
      : l10n.t("it has more digits than an ID can have");
  }
  return l10n.t("it is not an ID, which is a whole number from 1 upwards");
}
