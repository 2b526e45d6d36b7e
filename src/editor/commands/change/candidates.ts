import type { Connection } from "../../../dialler/endpoint/connect";
import type { Candidate } from "../ask/candidate";
import { documentInFront, listedContact } from "../call/chosen";
import type { Parts } from "../call/parts";
import { selectedRows } from "../call/selectedRows";

/** The record in the active editor, and what is selected in the Contacts view, if they are of this connection. */
export function candidatesOn(parts: Parts, connection: Connection): Candidate[] {
  const candidates: Candidate[] = [];
  const inFront = documentInFront();
  if (inFront?.baseUrl === connection.baseUrl) {
    const contact = listedContact(parts, connection, inFront.id);
    candidates.push({ kind: "record", id: inFront.id, contact });
  }
  const rows = selectedRows(parts.tree).filter((row) => row.connection === connection);
  const contacts = rows.flatMap((row) => parts.store.contact(row) ?? []);
  const [only, ...others] = contacts;
  const isInFront = others.length === 0 && inFront !== undefined && only?.id === inFront.id;
  if (contacts.length > 0 && !isInFront) candidates.push({ kind: "selection", rows, contacts });
  return candidates;
}
