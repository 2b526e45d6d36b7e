import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { Connection } from "../../../dialler/endpoint/connect";
import { readAlone } from "../../../dialler/lookup/readContacts";
import * as l10n from "../../../l10n";
import type { ShowOptions } from "../../view/document/contactDocument";
import { contactOfLink } from "../../view/logLinks";
import { namedConnection, refuseUntrusted } from "../call/activeConnection";
import { passedIds } from "../call/argument";
import { selectedRows, sendableId, withChosenContact } from "../call/chosen";
import { documentTarget, goneRefusal } from "../call/documentTarget";
import { onServerOf } from "../call/onServerOf";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { rowsDrawn } from "../call/rowsDrawn";
import { goneFromList } from "./goneFromList";
import { keyOf } from "./showContact";
import { readHistory } from "./showHistory";

/** VS Code runs the command of a key at once after that of the row which the key selects. */
const keyComesWithinMs = 25;

/**
 * Reads a contact's whole record and shows it as a read-only document in a tab that stays. A link in the log passes its
 * contact as a URI, a link in a hover its ID.
 */
export async function openContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  if (uri instanceof vscode.Uri && documentTarget(args) === undefined) {
    const link = contactOfLink(uri);
    if (link === undefined) throw new Refusal(l10n.t("This link names no contact. Nothing was sent."));
    await open(parts, await namedConnection(parts, link.endpoint), link.id);
    return;
  }
  const passed = passedIds(args);
  if (passed !== undefined) {
    const [id, ...others] = passed.ids;
    if (id === undefined || others.length > 0) throw new Refusal(l10n.t("One ID at a time can be opened."));
    await open(parts, await namedConnection(parts, passed.endpoint), id, { preview: false });
    return;
  }
  await withChosenContact(parts, l10n.t("Open Contact"), args, async ({ connection, contact }) => {
    const record = await readAlone(connection.client, sendableId(contact));
    if (record === undefined) throw goneFromList(parts, connection, contact);
    await parts.documents.show(keyOf(connection, sendableId(contact)), record, { preview: false });
  });
}

/**
 * Shows the record of the row that was clicked in the preview tab; the focus stays in the list. Several clicks in a row
 * show the last: once another row is selected, or the contact is no longer listed, nothing is shown or said of this one.
 * The row that a key selects is not previewed: the command of the key follows that of the row.
 */
export async function previewContact(parts: Parts): Promise<void> {
  const { count } = parts.keys;
  const selected = selectedRows(parts.tree);
  await setTimeout(keyComesWithinMs);
  if (parts.keys.count !== count) return;
  const [row, ...others] = (selected.length > 0 ? selected : await rowsDrawn(parts)) ?? [];
  if (row === undefined || others.length > 0) return;
  refuseUntrusted(parts.isTrusted());
  const contact = parts.store.contact(row);
  if (contact?.id === undefined) return;
  const { connection } = row;
  const isAwaited = (): boolean => {
    const [now, ...more] = selectedRows(parts.tree);
    return now === row && more.length === 0 && parts.store.contact(row) !== undefined;
  };
  let gone: Refusal | undefined;
  try {
    const record = await readAlone(connection.client, contact.id);
    const isShown = isAwaited();
    if (record === undefined) {
      // Known to be gone, whether or not the person still waits to hear of it.
      const refusal = goneFromList(parts, connection, contact);
      if (isShown) gone = refusal;
    } else if (isShown) {
      await parts.documents.show(keyOf(connection, contact.id), record, { preserveFocus: true });
    }
  } catch (error) {
    if (isAwaited()) throw error;
  }
  if (gone !== undefined) throw gone;
}

async function open(
  parts: Parts,
  connection: Connection,
  id: number,
  options: ShowOptions = {},
): Promise<void> {
  const { documents, store } = parts;
  const record = await readAlone(connection.client, id);
  if (record !== undefined) {
    await documents.show(keyOf(connection, id), record, options);
    return;
  }
  const row = store.rowById(id);
  const listed = row?.connection === connection ? store.contact(row) : undefined;
  if (listed !== undefined) throw goneFromList(parts, connection, listed);
  documents.markAbsent(keyOf(connection, id));
  throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
}

/** Reads the contact of the active document again, only from the endpoint it came from. */
export async function refreshContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const target = documentTarget(args.length > 0 ? args : [active]);
  if (target === undefined) throw new Refusal(l10n.t("The active editor shows no contact."));
  const { key, kind } = target;
  const record = await onServerOf(parts, key, (connection) =>
    kind === "record" ? readAlone(connection.client, key.id) : readHistory(connection, key.id),
  );
  if (record === undefined) throw goneRefusal(parts, target);
  if (kind === "record") await parts.documents.show(key, record);
  else await parts.documents.showHistory(key, record, kind);
}
