import * as vscode from "vscode";
import { readExternalLink } from "../../../dialler/list/externalLink";
import * as l10n from "../../../l10n";
import { chosenContact } from "../call/chosenContact";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** Opens the page that the contact's CRM keeps of it, after its host was shown. */
export async function openExternalLink(parts: Parts, args: readonly unknown[]): Promise<void> {
  const meant = await chosenContact(parts, l10n.t("Open External Link"), args);
  if (meant === undefined) return;
  const link = readExternalLink(meant.contact.externalLink, parts.preferences.now.allowHttpLinks);
  if (!link.ok) throw new Refusal(link.why, link.bySetting ? "openSettings" : undefined);
  // As text: a Uri loses which characters were percent-encoded, and another page than the one shown would open.
  if (await parts.ask.openLink(link.host, link.url))
    await vscode.commands.executeCommand("vscode.open", link.url);
}
