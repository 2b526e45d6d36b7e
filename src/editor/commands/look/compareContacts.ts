import type { Contact } from "../../../dialler/api/record/contact";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { refuseUntrusted } from "../call/activeConnection";
import { argumentOf } from "../call/argument";
import { selectedRows } from "../call/chosen";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { keyOf } from "./showContact";

/** Reads the two contacts that are selected and shows their records side by side. */
export async function compareContacts(parts: Parts, args: readonly unknown[]): Promise<void> {
  refuseUntrusted(parts.isTrusted());
  const argument = argumentOf(args);
  if (argument.kind === "ids" || argument.kind === "userData") {
    throw new Refusal(l10n.t("This command takes no argument. Nothing was sent."));
  }
  const rows = argument.kind === "rows" ? argument.rows : selectedRows(parts.tree);
  const [left, right] = rows;
  if (left === undefined || right === undefined || rows.length > 2 || left.connection !== right.connection) {
    throw new Refusal(
      rows.length === 1
        ? l10n.t("Two contacts can be compared; 1 is selected. Select two in the Contacts view.")
        : l10n.t("Two contacts can be compared; {count} are selected. Select two in the Contacts view.", {
            count: l10n.number(rows.length),
          }),
    );
  }
  const { connection } = left;
  const { client } = connection;
  const ids = [idOf(parts.store.contact(left)), idOf(parts.store.contact(right))] as const;
  const records = [await client.getContact(ids[0]), await client.getContact(ids[1])] as const;
  const keys = [keyOf(connection, ids[0]), keyOf(connection, ids[1])] as const;
  // VS Code writes the titles of tabs to disk, so they name no person.
  const title = `#${ids[0]} ↔ #${ids[1]} (${plainText(connection.endpoint.name, 40)})`;
  await parts.documents.compare(keys, records, title);
}

function idOf(contact: Contact | undefined): number {
  if (contact === undefined) throw new Refusal(l10n.t("The contact is no longer listed."));
  if (contact.id === undefined)
    throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  return contact.id;
}
