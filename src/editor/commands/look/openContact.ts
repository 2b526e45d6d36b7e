import * as vscode from "vscode";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { documentKeyOf } from "../../view/document/contactDocument";
import { contactOfLink } from "../../view/logLinks";
import { activeConnection, namedConnection, refuseUntrusted } from "../call/activeConnection";
import { chosenContact, sendableId } from "../call/chosen";
import { keyOf } from "./showContact";
import type { Parts } from "../call/parts";
import { selectedRows } from "../call/selectedRows";
import { Refusal } from "../call/refusal";
import { readHistory } from "./showHistory";

/**
 * Reads a contact's whole record and shows it as a read-only document in a tab that stays. A link in the log passes its
 * contact as a URI.
 */
export async function openContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  if (uri instanceof vscode.Uri && documentKeyOf(uri) === undefined) {
    const link = contactOfLink(uri);
    if (link === undefined) throw new Refusal(l10n.t("This link names no contact. Nothing was sent."));
    await open(parts, await namedConnection(parts, link.endpoint), link.id);
    return;
  }
  const chosen = await chosenContact(parts, l10n.t("Open Contact"), args);
  if (chosen !== undefined) await open(parts, chosen.connection, sendableId(chosen.contact), "kept");
}

/**
 * Shows the record of the row that was clicked in the preview tab; the focus stays in the list. Several clicks in a row
 * show the last. The row that a key selects is not previewed: its own command follows.
 */
export async function previewContact(parts: Parts): Promise<void> {
  const [row, ...others] = selectedRows(parts.tree);
  if (parts.keys.isPressed || row === undefined || others.length > 0) return;
  refuseUntrusted(parts.isTrusted());
  const id = parts.store.contact(row)?.id;
  if (id === undefined) return;
  const { connection } = row;
  const record = await connection.client.getContact(id);
  const [now, ...more] = selectedRows(parts.tree);
  if (now === row && more.length === 0) await parts.documents.show(keyOf(connection, id), record, "beside");
}

async function open(
  { documents }: Parts,
  connection: Connection,
  id: number,
  tab: "kept" | "preview" = "preview",
): Promise<void> {
  await documents.show(keyOf(connection, id), await connection.client.getContact(id), tab);
}

/** Reads the contact of the active document again, only from the endpoint it came from. */
export async function refreshContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  const active = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
  const shown = active && documentKeyOf(active);
  if (shown === undefined) throw new Refusal(l10n.t("The active editor shows no contact."));
  const { key, kind } = shown;
  const connection = await activeConnection(parts);
  if (connection.baseUrl !== key.baseUrl) {
    throw new Refusal(
      l10n.t(
        "This contact belongs to the endpoint {endpoint}. Switch to that endpoint to read the contact again.",
        {
          endpoint: key.endpoint,
        },
      ),
      "switchEndpoint",
    );
  }
  if (kind === "record") await parts.documents.show(key, await connection.client.getContact(key.id));
  else await parts.documents.showHistory(key, await readHistory(parts, connection, key.id));
}
