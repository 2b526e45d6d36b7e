import type { Connection } from "../../../dialler/endpoint/connect";
import type { Candidate } from "../ask/candidate";
import type { Place } from "../ask/confirmWords";
import { selectedRows } from "../call/chosen";
import { documentInFront, type DocumentTarget } from "../call/documentTarget";
import { endpointOf } from "../call/onServerOf";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/**
 * The record in the active editor, unless its contact is known to be gone, and what is selected in the Contacts view.
 * `connection`: the active one; the record may be of another endpoint.
 */
export function candidatesOn(parts: Parts, connection: Connection): Candidate<DocumentTarget>[] {
  const candidates: Candidate<DocumentTarget>[] = [];
  const inFront = documentInFront();
  if (inFront !== undefined && parts.documents.absenceOf(inFront.key) === undefined) {
    const contact = parts.documents.contact(inFront.uri);
    const elsewhere =
      inFront.key.baseUrl === connection.baseUrl ? {} : { elsewhere: placeIn(parts, inFront) };
    candidates.push({ kind: "record", document: inFront, id: inFront.key.id, contact, ...elsewhere });
  }
  const rows = selectedRows(parts.tree).filter((row) => row.connection === connection);
  const contacts = rows.flatMap((row) => parts.store.contact(row) ?? []);
  const [only, ...others] = contacts;
  const isInFront =
    others.length === 0 &&
    candidates.some((one) => one.kind === "record" && one.elsewhere === undefined && one.id === only?.id);
  if (contacts.length > 0 && !isInFront) candidates.push({ kind: "selection", rows, contacts });
  return candidates;
}

/** Where the contact of a document is, as far as the settings still say it: acting on it looks it up again. */
function placeIn({ endpoints }: Parts, { key }: DocumentTarget): Pick<Place, "endpoint" | "production"> {
  try {
    const { name, environment } = endpointOf(endpoints.all, key);
    return { endpoint: name, production: environment === "production" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { endpoint: key.endpoint, production: false };
  }
}
