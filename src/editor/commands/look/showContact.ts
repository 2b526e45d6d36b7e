import type { WireRecord } from "../../../dialler/api/record/wire";
import { listsOf, shownList } from "../../../dialler/list/contactsState";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { DocumentKey } from "../../view/document/documentKey";
import type { Parts } from "../call/parts";

/**
 * Shows a contact in the Contacts view, or its record as a document if it is not listed there. `record`: the record if
 * it was just read.
 */
export async function showContact(
  parts: Parts,
  connection: Connection,
  id: number,
  record?: WireRecord,
): Promise<void> {
  if (await revealed(parts, connection, id)) return;
  await parts.documents.show(keyOf(connection, id), record ?? (await connection.client.getContact(id)));
}

export function keyOf({ endpoint, baseUrl }: Connection, id: number): DocumentKey {
  return { endpoint: endpoint.name, baseUrl, id };
}

/** Whether the tree shows the contact. One that a filter hides is listed but cannot be revealed. */
async function revealed({ store, tree }: Parts, connection: Connection, id: number): Promise<boolean> {
  const row = store.rowById(id);
  const isShown = listsOf(store.state).some(({ contacts }) => {
    const list = shownList(contacts);
    return list !== undefined && store.visible(list).has(String(id));
  });
  if (row?.connection !== connection || !isShown) return false;
  await tree.reveal(row);
  return true;
}
