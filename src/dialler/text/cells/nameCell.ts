import type { CellValue } from "./cellValue";
import { fault } from "./cellValue";
import { damage } from "./damagedText";
import { missingValue } from "./errorWords";
import { textCell } from "./textCell";

/**
 * The last or first name of a person. The name of a company is a text like others: a spreadsheet's error there spoils no
 * call.
 */
export function nameCell(text: string, member: string, column: string): CellValue {
  const reason = damage(text) ?? missingValue(text);
  return reason === undefined ? textCell(text, member, column) : fault(reason);
}
