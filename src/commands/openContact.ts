import * as vscode from "vscode";
import * as l10n from "../l10n";
import { documentKeyOf } from "../view/contactDocument";
import { connectionNow } from "./connectionNow";
import { contactsMeant } from "./contactMeant";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";

/** Reads a contact's whole record and shows it as a read-only document. */
export async function openContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const meant = await contactsMeant(parts, l10n.t("Open Contact"), args);
  const [contact] = meant?.contacts ?? [];
  if (meant === undefined || contact === undefined) return;
  const { connection } = meant;
  if (contact.id === undefined)
    throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  const record = await connection.client.getContact(contact.id);
  const key = { endpoint: connection.endpoint.name, baseUrl: connection.baseUrl, id: contact.id };
  await parts.documents.show(key, record);
}

/** Reads the record of the document in front again, from the endpoint it came from and no other. */
export async function refreshContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  const shown = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
  const key = shown && documentKeyOf(shown);
  if (key === undefined) throw new Refusal(l10n.t("The editor in front shows no contact."));
  const connection = await connectionNow(parts);
  if (connection.baseUrl !== key.baseUrl) {
    throw new Refusal(
      l10n.t("This contact belongs to the endpoint {endpoint}. Switch to it to read it again.", {
        endpoint: key.endpoint,
      }),
    );
  }
  await parts.documents.show(key, await connection.client.getContact(key.id));
}
