import * as vscode from "vscode";
import { readExternalLink } from "../../../dialler/list/externalLink";
import * as l10n from "../../../l10n";
import type { Contact } from "../../../dialler/api/record/contact";
import { chosenContact } from "../call/chosen";
import {
  connectionOfDocument,
  type DocumentTarget,
  documentTarget,
  rereadContact,
} from "../call/documentTarget";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** Opens the contact's page in its CRM, after a question that shows the host. */
export async function openExternalLink(parts: Parts, args: readonly unknown[]): Promise<void> {
  const target = documentTarget(args);
  const chosen =
    target === undefined
      ? await chosenContact(parts, l10n.t("Open External Link"), args)
      : await linkedContact(parts, target);
  if (chosen === undefined) return;
  const link = readExternalLink(chosen.contact.externalLink, parts.preferences.now.allowHttpLinks);
  if (!link.ok) throw new Refusal(link.why, link.bySetting ? "openSettings" : undefined);
  // As a string: a Uri does not keep which characters were percent-encoded, so another page could open.
  if (await parts.ask.openLink(link.host, link.url))
    await vscode.commands.executeCommand("vscode.open", link.url);
}

/** The contact of a document as it was read; only a tab that VS Code restored has to be read first. */
async function linkedContact(parts: Parts, target: DocumentTarget): Promise<{ readonly contact: Contact }> {
  const read = parts.documents.contact(target.uri);
  if (read !== undefined) return { contact: read };
  return { contact: await rereadContact(parts, target, await connectionOfDocument(parts, target)) };
}
