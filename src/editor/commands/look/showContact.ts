import type { WireRecord } from "../../../dialler/api/record/wire";
import { contactIn } from "../../../dialler/list/contactsState";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { DocumentKey } from "../../view/document/documentKey";
import * as l10n from "../../../l10n";
import { asShown, titleOf } from "../ask/confirmWords";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";

/**
 * Shows a contact in the Contacts view, or its record as a document if the view does not show it. If only the filter
 * hides it, offers to clear the filter. `record`: the record if it was just read.
 */
export async function showContact(
  parts: Parts,
  connection: Connection,
  id: number,
  record?: WireRecord,
): Promise<void> {
  if (await revealed(parts, connection, id)) return;
  await parts.documents.show(keyOf(connection, id), record ?? (await connection.client.getContact(id)));
  await offerToClearFilter(parts, connection, id);
}

export function keyOf({ endpoint, baseUrl }: Connection, id: number): DocumentKey {
  return { endpoint: endpoint.name, baseUrl, id };
}

/** Shows the contact in the tree, unless it is not listed there or a filter hides it; whether it did. */
async function revealed({ store, tree }: Parts, connection: Connection, id: number): Promise<boolean> {
  const row = store.rowById(id);
  if (row?.connection !== connection) return false;
  try {
    return await tree.reveal(row);
  } catch {
    // The tree has changed since: VS Code does not know the row.
    return false;
  }
}

async function offerToClearFilter(parts: Parts, connection: Connection, id: number): Promise<void> {
  const { store, tree } = parts;
  const contact = contactIn(store.state, String(id));
  if (store.filter === undefined || contact === undefined || store.rowById(id)?.connection !== connection)
    return;
  const title = titleOf(asShown(contact, placeOf(parts, connection)));
  await parts.notify({
    level: "information",
    sentence: l10n.t("The filter hides {contact} in the list. Its record is open instead.", {
      contact: title,
    }),
    steps: [
      {
        label: l10n.t("Clear Filter and Show"),
        act: async () => {
          store.setFilter(undefined);
          tree.refresh();
          await revealed(parts, connection, id);
        },
      },
    ],
  });
}
