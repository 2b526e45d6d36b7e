import * as vscode from "vscode";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { documentKeyOf } from "../../view/document/contactDocument";
import { contactOfLink } from "../../view/logLinks";
import { activeConnection, namedConnection } from "../call/activeConnection";
import { chosenContact, sendableId } from "../call/chosenContact";
import { keyOf } from "./showContact";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { readHistory } from "./showHistory";

/** Reads a contact's whole record and shows it as a read-only document. A link in the log names its contact. */
export async function openContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  if (uri instanceof vscode.Uri) {
    const link = contactOfLink(uri);
    if (link === undefined) throw new Refusal(l10n.t("This link names no contact. Nothing was sent."));
    await open(parts, await namedConnection(parts, link.endpoint), link.id);
    return;
  }
  const meant = await chosenContact(parts, l10n.t("Open Contact"), args);
  if (meant !== undefined) await open(parts, meant.connection, sendableId(meant.contact));
}

async function open({ documents }: Parts, connection: Connection, id: number): Promise<void> {
  await documents.show(keyOf(connection, id), await connection.client.getContact(id));
}

/** Reads what the document in front shows again, from the endpoint it came from and no other. */
export async function refreshContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  const front = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
  const shown = front && documentKeyOf(front);
  if (shown === undefined) throw new Refusal(l10n.t("The editor in front shows no contact."));
  const { key, kind } = shown;
  const connection = await activeConnection(parts);
  if (connection.baseUrl !== key.baseUrl) {
    throw new Refusal(
      l10n.t("This contact belongs to the endpoint {endpoint}. Switch to it to read it again.", {
        endpoint: key.endpoint,
      }),
      "switchEndpoint",
    );
  }
  if (kind === "record") await parts.documents.show(key, await connection.client.getContact(key.id));
  else await parts.documents.showHistory(key, await readHistory(parts, connection, key.id));
}
