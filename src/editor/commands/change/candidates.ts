import type { Connection } from "../../../dialler/endpoint/connect";
import type { Candidate } from "../ask/candidate";
import { selectedRows } from "../call/chosen";
import { documentInFront, type DocumentTarget } from "../call/documentTarget";
import type { Parts } from "../call/parts";

/**
 * The record in the active editor, unless its contact is known to be gone, and what is selected in the Contacts view, if
 * they are of this connection.
 */
export function candidatesOn(parts: Parts, connection: Connection): Candidate<DocumentTarget>[] {
  const candidates: Candidate<DocumentTarget>[] = [];
  const inFront = documentInFront();
  if (inFront?.key.baseUrl === connection.baseUrl && parts.documents.absenceOf(inFront.key) === undefined) {
    const contact = parts.documents.contact(inFront.uri);
    candidates.push({ kind: "record", document: inFront, id: inFront.key.id, contact });
  }
  const rows = selectedRows(parts.tree).filter((row) => row.connection === connection);
  const contacts = rows.flatMap((row) => parts.store.contact(row) ?? []);
  const [only, ...others] = contacts;
  const isInFront = others.length === 0 && candidates.length > 0 && only?.id === inFront?.key.id;
  if (contacts.length > 0 && !isInFront) candidates.push({ kind: "selection", rows, contacts });
  return candidates;
}
