import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { asShown, titleOf } from "../ask/confirmWords";
import { sendableId } from "../call/chosen";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { Refusal } from "../call/refusal";
import { keyOf } from "./showContact";

/** Takes a listed contact that the server no longer has out of the list, marks its record, and says who it is. */
export function goneFromList(parts: Parts, connection: Connection, contact: Contact): Refusal {
  const id = sendableId(contact);
  parts.documents.markAbsent(keyOf(connection, id));
  parts.store.noteAbsent(connection, id);
  const values = {
    contact: titleOf(asShown(contact, placeOf(parts, connection))),
    endpoint: plainText(connection.endpoint.name, 40),
  };
  return new Refusal(
    l10n.t("{contact} is no longer on {endpoint}.", values),
    "refreshContacts",
    l10n.t("Contact #{id} is no longer on the server.", { id }),
  );
}
