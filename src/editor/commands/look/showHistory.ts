import { readTogether } from "../../../dialler/lookup/readContacts";
import type { WireRecord } from "../../../dialler/api/record/wire";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { DocumentKind } from "../../view/document/documentKey";
import { historyMembers } from "../../view/document/recordOrder";
import { sendableId, withChosenContact } from "../call/chosen";
import { type DocumentTarget, documentTarget, goneRefusal } from "../call/documentTarget";
import { onServerOf } from "../call/onServerOf";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { goneFromList } from "./goneFromList";
import { keyOf } from "./showContact";

/** Shows the result and the calls of a contact, which only the batch read of newer servers returns. */
export async function showHistory(parts: Parts, args: readonly unknown[]): Promise<void> {
  const target = documentTarget(args);
  if (target !== undefined) {
    await showHistoryOf(parts, target);
    return;
  }
  await withChosenContact(parts, l10n.t("Show Contact History"), args, async ({ connection, contact }) => {
    const id = sendableId(contact);
    const record = await readHistory(connection, id);
    if (record === undefined) throw goneFromList(parts, connection, contact);
    await parts.documents.showHistory(keyOf(connection, id), record);
  });
}

/** Shows the calls of a history document as the server sent them. */
export async function showRawHistory(parts: Parts, args: readonly unknown[]): Promise<void> {
  const target = documentTarget(args);
  if (target === undefined) throw new Refusal(l10n.t("The active editor shows no contact."));
  await showHistoryOf(parts, target, "rawHistory");
}

async function showHistoryOf(parts: Parts, target: DocumentTarget, kind?: DocumentKind): Promise<void> {
  const { key } = target;
  const record = await onServerOf(parts, key, (connection) => readHistory(connection, key.id));
  if (record === undefined) throw goneRefusal(parts, target);
  await parts.documents.showHistory(key, record, kind);
}

/** The record with its history; undefined if there is no such contact. @throws Refusal when the server offers none; ApiError */
export async function readHistory(connection: Connection, id: number): Promise<WireRecord | undefined> {
  const records = await readTogether(connection.client, [id]);
  if (records === undefined) throw notOffered(connection);
  const record = records.get(id);
  if (record !== undefined && !historyMembers.some((name) => Object.hasOwn(record, name)))
    throw notOffered(connection);
  return record;
}

function notOffered({ endpoint }: Connection): Refusal {
  return new Refusal(
    l10n.t("The server of {endpoint} does not offer the history of a contact.", {
      endpoint: plainText(endpoint.name, 40),
    }),
  );
}
