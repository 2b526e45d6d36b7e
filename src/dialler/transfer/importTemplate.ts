import { campaignNameMember } from "../api/record/importable";
import { tableText } from "../text/table/tableText";

/** The members that a CRM usually has, in the order of a template. */
const members: readonly string[] = [
  ...["UserData", campaignNameMember, "Name", "FirstName", "Salutation", "Company", "Address", "PostalCode"],
  ...["City", "Country", "PhoneNumber1", "PhoneNumber2", "Email", "Comment", "dtNextTry"],
];

/** A table without rows, whose columns an import knows. Spreadsheets open it as UTF-8. */
export function importTemplate(): string {
  return `\ufeff${tableText([members], ";")}`;
}
