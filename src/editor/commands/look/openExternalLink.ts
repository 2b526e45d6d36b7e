import * as vscode from "vscode";
import { readExternalLink } from "../../../dialler/list/externalLink";
import * as l10n from "../../../l10n";
import { withChosenContact } from "../call/chosen";
import { readDocument } from "../call/documentTarget";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** Opens the contact's page in its CRM, after a question that shows the host. */
export async function openExternalLink(parts: Parts, args: readonly unknown[]): Promise<void> {
  // The contact of a document as it was read; only a tab that VS Code restored has to be read first.
  const contact =
    readDocument(parts, args)?.contact ??
    (await withChosenContact(parts, l10n.t("Open External Link"), args, (chosen) =>
      Promise.resolve(chosen.contact),
    ));
  if (contact === undefined) return;
  const link = readExternalLink(contact.externalLink, parts.preferences.now.allowHttpLinks);
  if (!link.ok) throw new Refusal(link.why, link.bySetting ? "openSettings" : undefined);
  // As a string: a Uri does not keep which characters were percent-encoded, so another page could open.
  if (await parts.ask.openLink(link.host, link.url))
    await vscode.commands.executeCommand("vscode.open", link.url);
}
