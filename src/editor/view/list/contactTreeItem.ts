import * as vscode from "vscode";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import * as l10n from "../../../l10n";
import { commands, rowWords } from "../../../manifest";
import { plainText } from "../../shown/plainText";

/** What a row shows in addition to the contact. */
export interface RowCircumstances {
  readonly id: string;
  readonly readOnly: boolean;
  /** Whether a change was made is unknown. */
  readonly inDoubt: boolean;
}

/**
 * Shared by all rows and without arguments, which would cost kilobytes per row: it previews the row that is selected.
 * `vscode.open` instead would make the Delete key open the record in a tab that stays.
 */
const preview: vscode.Command = { command: commands.contactPreview, title: "" };

/** The row of a contact. */
export function contactTreeItem(
  contact: Contact,
  { id, readOnly, inDoubt }: RowCircumstances,
): vscode.TreeItem {
  const label = plainText(contactLabel(contact), 120) || `#${plainText(contact.idText, 20)}`;
  const item = new vscode.TreeItem(label);
  const idText = plainText(contact.idText, 20);
  const state = inDoubt ? l10n.t("State uncertain") : contact.lock === "locked" ? l10n.t("Locked") : "";
  const company = plainText(contact.company, 80);
  item.id = id;
  if (contact.id !== undefined) item.command = preview;
  item.description = [state, label === `#${idText}` ? "" : `#${idText}`, company === label ? "" : company]
    .filter((part) => part !== "")
    .join(" · ");
  item.iconPath = iconOf(contact, inDoubt);
  item.contextValue = contextWords(contact, readOnly).join(" ");
  item.accessibilityInformation = {
    label: [
      state,
      label === `#${idText}` ? "" : label,
      l10n.t("ID {id}", { id: idText }),
      company === label ? "" : company,
    ]
      .filter((part) => part !== "")
      .join(". "),
  };
  return item;
}

function iconOf(contact: Contact, inDoubt: boolean): vscode.ThemeIcon {
  if (inDoubt) return new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
  if (contact.id === undefined) return new vscode.ThemeIcon("circle-slash");
  return contact.lock === "locked"
    ? new vscode.ThemeIcon("lock", new vscode.ThemeColor("list.warningForeground"))
    : new vscode.ThemeIcon("person");
}

function contextWords(contact: Contact, readOnly: boolean): string[] {
  const lockWord = { locked: rowWords.locked, unlocked: rowWords.unlocked, unknown: rowWords.lockUnknown }[
    contact.lock
  ];
  return [
    rowWords.contact,
    lockWord,
    ...(contact.id === undefined ? [] : [rowWords.actionable]),
    ...(contact.id === undefined || readOnly ? [] : [rowWords.writable]),
    ...(contact.userData === undefined ? [] : [rowWords.userData]),
    ...(contact.phoneNumbers.length === 0 ? [] : [rowWords.phone]),
    ...(contact.externalLink === "" ? [] : [rowWords.link]),
  ];
}
