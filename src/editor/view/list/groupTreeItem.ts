import * as vscode from "vscode";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import type { ContactList } from "../../../dialler/list/contactList";
import type { GroupRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { rowWords } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { rangeLabel } from "./rangeLabel";
import { groupRowId } from "./rowIds";
import { countText } from "./treeTexts";

export interface GroupCircumstances {
  /** The size of a full group. */
  readonly size: number;
  /** In any other order a beginning of a name says nothing. */
  readonly byName: boolean;
  readonly asShown: (contact: Contact) => Contact;
}

/** The row of a group: its first and last contact, and their number: "Bern – Birk · 500". */
export function groupTreeItem(
  row: GroupRow,
  list: ContactList,
  { size, byName, asShown }: GroupCircumstances,
): vscode.TreeItem {
  const start = row.index * size;
  const end = Math.min(start + size, list.count);
  const nameAt = (place: number): string | undefined => {
    const contact = place < 0 ? undefined : list.at(place);
    return contact && plainText(contactLabel(asShown(contact)), 120);
  };
  const [first = "", last = ""] = [nameAt(start), nameAt(end - 1)];
  const label = byName
    ? rangeLabel({ first, last, before: nameAt(start - 1), after: nameAt(end) })
    : `${plainText(first, 30)} – ${plainText(last, 30)}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = groupRowId(row);
  item.description = `· ${l10n.number(end - start)}`;
  item.contextValue = rowWords.group;
  item.tooltip = `${first} – ${last}`;
  item.accessibilityInformation = {
    label: l10n.t("{first} to {last}, {contacts}", { first, last, contacts: countText(end - start, 0) }),
  };
  return item;
}
