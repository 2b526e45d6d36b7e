import * as vscode from "vscode";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import type { ContactList } from "../../../dialler/list/contactList";
import type { GroupRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { rowWords } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { groupRowId } from "./rowIds";
import { countText } from "./treeTexts";

/** The row of a group: its first and last contact, and their number. `size`: the size of a full group. */
export function groupTreeItem(
  row: GroupRow,
  list: ContactList,
  size: number,
  asShown: (contact: Contact) => Contact,
): vscode.TreeItem {
  const start = row.index * size;
  const end = Math.min(start + size, list.count);
  const [first = "", last = ""] = [list.at(start), list.at(end - 1)].map((contact) =>
    contact === undefined ? "" : plainText(contactLabel(asShown(contact)), 30),
  );
  const item = new vscode.TreeItem(`${first} – ${last}`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = groupRowId(row);
  item.description = l10n.number(end - start);
  item.contextValue = rowWords.group;
  item.accessibilityInformation = {
    label: l10n.t("{first} to {last}, {contacts}", { first, last, contacts: countText(end - start, 0) }),
  };
  return item;
}
