import { phonePlaces } from "../api/record/contact";
import { campaignNameMember } from "../api/record/importable";
import type { CellValue } from "../text/cells/cellValue";
import { enteredText } from "../text/cells/enteredText";
import { idCell } from "../text/cells/idCell";
import { jsonCell } from "../text/cells/jsonCell";
import { keyCell } from "../text/cells/keyCell";
import { nameCell } from "../text/cells/nameCell";
import { nextTryCell } from "../text/cells/nextTryCell";
import { numberCell } from "../text/cells/numberCell";
import { phoneCell } from "../text/cells/phoneCell";
import { SpelledNumber } from "../text/cells/spelledNumber";
import { textCell } from "../text/cells/textCell";

type ReadCell = (text: string, markedAsText: boolean) => CellValue<string | number>;

/** How the cells of a member are read; of any other member they are texts. */
const reading: ReadonlyMap<string, ReadCell> = new Map<string, ReadCell>([
  ["UserData", keyCell],
  ["DiallerCampaignsID", idCell],
  ...[...phonePlaces.map((place) => `PhoneNumber${place}`), "FaxNumber"].map((member): [string, ReadCell] => [
    member,
    phoneCell,
  ]),
  ["dtNextTry", nextTryCell],
  ["Amount", numberCell],
  ...["Name", "FirstName", campaignNameMember].map((member): [string, ReadCell] => [
    member,
    (text) => nameCell(text, member, member),
  ]),
]);

/**
 * The value of a member in a cell of a table, in which a spreadsheet may have left its marks. An empty value means that
 * the row lacks the member.
 */
export function cellInTable(member: string, cell: string): CellValue<string | number> {
  if (cell === "") return { kind: "value", value: "" };
  const { text, markedAsText } = enteredText(cell);
  return read(member, text, markedAsText);
}

/** The value of a member in a JSON record, whose numbers and texts are what they are. */
export function cellInJson(member: string, value: unknown): CellValue<string | number> {
  // Amounts are numbers, whichever way they are written.
  if (member === "Amount" && value instanceof SpelledNumber) return numberCell(value.text);
  const cell = jsonCell(value);
  if (cell.kind !== "value" || cell.value === "") return cell;
  if (typeof value === "number" && member === "Amount") return { kind: "value", value };
  return read(member, cell.value, true);
}

function read(member: string, text: string, markedAsText: boolean): CellValue<string | number> {
  return reading.get(member)?.(text, markedAsText) ?? textCell(text, member, member);
}
