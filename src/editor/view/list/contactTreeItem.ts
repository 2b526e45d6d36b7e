import * as vscode from "vscode";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import { readExternalLink } from "../../../dialler/list/externalLink";
import * as l10n from "../../../l10n";
import { rowWords } from "../../../manifest";
import { plainText } from "../../shown/plainText";

/** What a row shows beside the contact itself. */
export interface RowCircumstances {
  readonly id: string;
  readonly readOnly: boolean;
  /** A change may have been made, and nobody could find out. */
  readonly inDoubt: boolean;
}

/** The row of a contact. It carries no command: that would cost kilobytes a row; Enter and the inline button open it. */
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

/** The hover. Server text goes in as text only: no links, no pictures, no icons come of it. */
export function contactHover(contact: Contact, campaign: string | undefined): vscode.MarkdownString {
  const hover = new vscode.MarkdownString("", false);
  hover.isTrusted = false;
  hover.supportHtml = false;
  const line = (name: string, value: string): void => {
    if (value === "") return;
    hover.appendMarkdown(`  \n${name}: `).appendText(unlinked(value));
  };
  hover
    .appendMarkdown("**")
    .appendText(unlinked(contactLabel(contact), 120))
    .appendMarkdown("**");
  const id = `#${unlinked(contact.idText, 20)}`;
  if (contactLabel(contact) !== `#${contact.idText}`) hover.appendText(` ${id}`);
  if (contact.id === undefined) {
    hover.appendMarkdown(
      `\n\n${l10n.t("This ID cannot be sent to the server; the contact can only be looked at.")}`,
    );
  }
  line(l10n.t("Lock state"), lockSentence(contact));
  line(l10n.t("Campaign"), campaignText(contact, campaign));
  line("UserData", contact.userData ?? "");
  line(l10n.t("Company"), contact.company);
  line(l10n.t("City"), contact.city);
  for (const phone of contact.phoneNumbers) {
    const { tries } = phone;
    const parts = [phone.number, tries === 1 ? l10n.t("1 try") : l10n.t("{tries} tries", { tries })];
    if (phone.invalid) parts.push(l10n.t("invalid"));
    if (phone.lastCause !== undefined) parts.push(causeText(phone.lastCause));
    line(l10n.t("Number {place}", { place: phone.place }), parts.join(", "));
  }
  line(l10n.t("E-mail"), contact.email);
  line(l10n.t("Next try"), contact.nextTry);
  line(l10n.t("Result code"), contact.resultCodeId === undefined ? "" : `#${contact.resultCodeId}`);
  line(l10n.t("External link"), linkText(contact));
  return hover;
}

/** Only where the link leads: it is opened by a command that shows it whole. */
function linkText({ externalLink }: Contact): string {
  if (externalLink.trim() === "") return "";
  const link = readExternalLink(externalLink, true);
  return link.ok ? link.host : l10n.t("not one that is opened");
}

/** Markdown makes links of addresses by itself; a character that does not show keeps server text from becoming one. */
export function unlinked(text: string, longest?: number): string {
  return plainText(text, longest).replace(/:\/\/|www\.|@/gi, (start) => `${start}\u2060`);
}

function lockSentence(contact: Contact): string {
  switch (contact.lock) {
    case "locked":
      return l10n.t("locked");
    case "unlocked":
      return l10n.t("not locked");
    case "unknown":
      return l10n.t("unknown, the server does not tell");
  }
}

function campaignText(contact: Contact, name: string | undefined): string {
  if (contact.campaignId === undefined) return "";
  return name === undefined || name === "" ? `#${contact.campaignId}` : `${name} #${contact.campaignId}`;
}

/** What the telephone network said of the last try, by its ISDN cause. */
export function causeText(cause: number): string {
  const words: Readonly<Record<number, string>> = {
    1: l10n.t("unallocated number"),
    16: l10n.t("normal clearing"),
    17: l10n.t("busy"),
    18: l10n.t("no response"),
    21: l10n.t("rejected"),
    22: l10n.t("number changed"),
    28: l10n.t("bad number format"),
    38: l10n.t("network out of order"),
    41: l10n.t("temporary failure"),
    102: l10n.t("timeout"),
    127: l10n.t("interworking"),
  };
  return words[cause] ?? l10n.t("cause {cause}", { cause });
}
