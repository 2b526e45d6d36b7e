import * as vscode from "vscode";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import type { Endpoint } from "../../../dialler/endpoint/endpoint";
import { readExternalLink } from "../../../dialler/list/externalLink";
import * as l10n from "../../../l10n";
import { causeText } from "../../shown/causeText";
import { unlinked } from "../../shown/plainText";
import { localTimeAndDistance } from "../../shown/serverTime";
import { contactLinks, linkedCommands } from "./contactLinks";

/** What a hover shows in addition to the contact. */
export interface HoverSurroundings {
  readonly campaign: string | undefined;
  /** What the result code means, if it is known. */
  readonly result: string | undefined;
  readonly endpoint: Pick<Endpoint, "name" | "readOnly">;
  readonly now?: Date;
}

/**
 * The hover. Server text is appended as text, so that it cannot make links, images or icons; the links are ours, and
 * only their commands are allowed.
 */
export function contactHover(
  contact: Contact,
  { campaign, result, endpoint, now = new Date() }: HoverSurroundings,
): vscode.MarkdownString {
  const hover = new vscode.MarkdownString("", false);
  hover.isTrusted = { enabledCommands: linkedCommands };
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
      `\n\n${l10n.t("This ID cannot be sent to the server; the contact can only be viewed.")}`,
    );
  }
  line(l10n.t("Lock state"), lockSentence(contact));
  line(l10n.t("Campaign"), campaignText(contact, campaign));
  line("UserData", contact.userData ?? "");
  line(l10n.t("Company"), contact.company);
  line(l10n.t("City"), contact.city);
  for (const phone of contact.phoneNumbers) {
    const { tries } = phone;
    const parts = [
      phone.number,
      tries === 1 ? l10n.t("1 try") : l10n.t("{tries} tries", { tries: l10n.number(tries) }),
    ];
    if (phone.invalid) parts.push(l10n.t("invalid"));
    if (phone.lastCause !== undefined) parts.push(causeText(phone.lastCause));
    line(l10n.t("Number {place}", { place: phone.place }), parts.join(", "));
  }
  line(l10n.t("E-mail"), contact.email);
  line(l10n.t("Next try"), localTimeAndDistance(contact.nextTry, now));
  if (result === undefined || result.trim() === "")
    line(l10n.t("Result code"), contact.resultCodeId === undefined ? "" : `#${contact.resultCodeId}`);
  else line(l10n.t("Result"), result);
  line(l10n.t("External link"), linkText(contact));
  const links = contactLinks(contact, endpoint);
  if (links !== "") hover.appendMarkdown(`\n\n${links}`);
  return hover;
}

/** Only the host: the command that opens the link shows all of it. */
function linkText({ externalLink }: Contact): string {
  if (externalLink.trim() === "") return "";
  const link = readExternalLink(externalLink, true);
  return link.ok ? link.host : l10n.t("not a link that can be opened");
}

function lockSentence(contact: Contact): string {
  switch (contact.lock) {
    case "locked":
      return l10n.t("locked");
    case "unlocked":
      return l10n.t("not locked");
    case "unknown":
      return l10n.t("unknown; the server does not say");
  }
}

function campaignText(contact: Contact, name: string | undefined): string {
  if (contact.campaignId === undefined) return "";
  return name === undefined || name === "" ? `#${contact.campaignId}` : `${name} #${contact.campaignId}`;
}
