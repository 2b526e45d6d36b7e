import * as vscode from "vscode";
import type { Change } from "../../../dialler/api/changeRules";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { commands, type RowField, rowWords } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { localTime } from "../../shown/serverTime";

/** What a row shows in addition to the contact. */
export interface RowCircumstances {
  readonly id: string;
  readonly readOnly: boolean;
  /** What a running action does to it. */
  readonly underWay: Change | undefined;
  /** Whether a change was made is unknown. */
  readonly inDoubt: boolean;
  /** Another loaded contact has the same UserData. */
  readonly sharesUserData: boolean;
  /** What stands beside the name; the ID comes last in any case. */
  readonly rowFields: readonly RowField[];
}

/**
 * Shared by all rows and without arguments, which would cost kilobytes per row: it previews the row that is selected.
 * `vscode.open` instead would make the Delete key open the record in a tab that stays.
 */
const preview: vscode.Command = { command: commands.contactPreview, title: "" };

/** The row of a contact. */
export function contactTreeItem(
  contact: Contact,
  { id, readOnly, underWay, inDoubt, sharesUserData, rowFields }: RowCircumstances,
): vscode.TreeItem {
  const label = plainText(contactLabel(contact), 120) || `#${plainText(contact.idText, 20)}`;
  const item = new vscode.TreeItem(label);
  const idText = plainText(contact.idText, 20);
  const state = stateText(contact, underWay, inDoubt);
  const beside = rowFields.map((field) => plainText(fieldText(contact, field), 80));
  const idPart = label === `#${idText}` ? "" : `#${idText}`;
  const busy = underWay === undefined ? "" : state;
  const parts = new Set([busy, ...beside, idPart].filter((part) => part !== "" && part !== label));
  item.id = id;
  if (contact.id !== undefined) item.command = preview;
  item.description = [...parts].join(" · ");
  item.iconPath = iconOf(contact, underWay, inDoubt);
  item.contextValue = contextWords(contact, readOnly, sharesUserData).join(" ");
  item.accessibilityInformation = {
    label: [
      state,
      idPart === "" ? "" : label,
      l10n.t("ID {id}", { id: idText }),
      ...[...parts].filter((part) => part !== idPart && part !== busy),
    ]
      .filter((part) => part !== "")
      .join(". "),
  };
  return item;
}

function stateText({ lock }: Contact, underWay: Change | undefined, inDoubt: boolean): string {
  if (underWay !== undefined)
    return l10n.t("being {participle}", { participle: contactActions[underWay].participle() });
  if (inDoubt) return l10n.t("State uncertain");
  return lock === "locked" ? l10n.t("Locked") : "";
}

function fieldText(contact: Contact, field: RowField): string {
  switch (field) {
    case "userData":
      return contact.userData ?? "";
    case "company":
      return contact.company;
    case "city":
      return contact.city;
    case "phone":
      return contact.phoneNumbers[0]?.number ?? "";
    case "nextTry":
      return contact.nextTry === "" ? "" : l10n.t("next {time}", { time: localTime(contact.nextTry) });
    case "tries":
      return triesText(contact);
    case "tag":
      return contact.tag;
    case "id":
      return `#${plainText(contact.idText, 20)}`;
  }
}

function triesText({ phoneNumbers }: Contact): string {
  const tries = Math.max(0, ...phoneNumbers.map((number) => number.tries));
  if (tries === 0) return "";
  return tries === 1 ? l10n.t("1 try") : l10n.t("{count} tries", { count: l10n.number(tries) });
}

function iconOf(contact: Contact, underWay: Change | undefined, inDoubt: boolean): vscode.ThemeIcon {
  if (underWay !== undefined) return new vscode.ThemeIcon("loading~spin");
  if (inDoubt) return new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
  if (contact.id === undefined) return new vscode.ThemeIcon("circle-slash");
  return contact.lock === "locked"
    ? new vscode.ThemeIcon("lock", new vscode.ThemeColor("list.warningForeground"))
    : new vscode.ThemeIcon("person");
}

function contextWords(contact: Contact, readOnly: boolean, sharesUserData: boolean): string[] {
  const lockWord = { locked: rowWords.locked, unlocked: rowWords.unlocked, unknown: rowWords.lockUnknown }[
    contact.lock
  ];
  return [
    rowWords.contact,
    lockWord,
    ...(contact.id === undefined ? [] : [rowWords.actionable]),
    ...(contact.id === undefined || readOnly ? [] : [rowWords.writable]),
    ...(contact.userData === undefined ? [] : [rowWords.userData]),
    ...(sharesUserData ? [rowWords.sharedUserData] : []),
    ...(contact.phoneNumbers.length === 0 ? [] : [rowWords.phone]),
    ...(contact.externalLink === "" ? [] : [rowWords.link]),
  ];
}
