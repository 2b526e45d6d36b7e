import { NoSuchContact } from "../../../dialler/api/http/replyErrors";
import { type Contact, contactFromRecord, contactLabel } from "../../../dialler/api/record/contact";
import type { WireRecord } from "../../../dialler/api/record/wire";
import type { Connection } from "../../../dialler/endpoint/connect";
import { findLoaded } from "../../../dialler/list/searchLists";
import type { FindKey } from "../../../dialler/lookup/recentFinds";
import { resolveUserData } from "../../../dialler/lookup/resolveContacts";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { quoted } from "../ask/confirmWords";
import { activeConnection } from "../call/activeConnection";
import { sendableId } from "../call/chosen";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { cannotLookUp, Refusal } from "../call/refusal";
import { pickFind } from "./pickFind";
import { showContact } from "./showContact";

interface Found {
  readonly contact: Contact;
  /** As far as the look-up has read it. */
  readonly record: WireRecord | undefined;
}

/** The most matches that are offered at once. */
const mostMatches = 20;

/**
 * Finds a contact among those that are loaded, or asks the server for an ID or a UserData, and shows it in the tree,
 * else as a document.
 */
export async function findContact(parts: Parts): Promise<void> {
  const connection = await activeConnection(parts);
  const { finds, store } = parts;
  const { baseUrl } = connection;
  const choice = await pickFind({
    recent: finds.on(baseUrl),
    place: placeOf(parts, connection),
    discreet: parts.discreet,
    search: (text, cancelled) => {
      const { state } = store;
      // After a switch in the meantime, what is loaded belongs to another server.
      const isHere = state.kind !== "closed" && state.connection === connection;
      return findLoaded(isHere ? state : { kind: "closed" }, text, cancelled, mostMatches);
    },
  });
  if (choice === undefined) return;
  if (choice.kind === "loaded") {
    const { id, contact } = choice;
    finds.add({ baseUrl, key: { kind: "id", id }, label: contactLabel(contact) });
    await showContact(parts, connection, id);
    return;
  }
  const { key } = choice;
  const found = await lookUp(parts, connection, key);
  if (found === undefined) return;
  const { contact, record } = found;
  const id = sendableId(contact);
  finds.add({ baseUrl, key, label: contactLabel(contact) });
  await showContact(parts, connection, id, record);
}

/** Undefined when the person chose none of several. @throws Refusal when there is none; ApiError */
async function lookUp(parts: Parts, connection: Connection, key: FindKey): Promise<Found | undefined> {
  if (key.kind === "id") return lookUpId(parts, connection, key.id);
  const { userData } = key;
  const place = placeOf(parts, connection);
  const resolution = await parts.progress.inView(() =>
    resolveUserData(connection.client, userData, {
      lockField: parts.preferences.now.lockField,
      mayReadWholeList: () => parts.ask.readWholeList(place),
    }),
  );
  if (resolution.kind === "unusable") throw cannotLookUp();
  const { exact, alike } = resolution;
  const [first, ...others] = [...exact, ...alike];
  if (first === undefined) throw noContactWith(userData, connection);
  // A contact with a similar UserData is offered as such, never shown as the one that was asked for.
  const isSure = others.length === 0 && exact.length === 1;
  const contact = isSure ? first : await parts.ask.whichToShow([first, ...others], exact.length === 0, place);
  return contact && { contact, record: undefined };
}

/** The log gets no UserData: it is personal. */
function noContactWith(userData: string, { endpoint }: Connection): Refusal {
  const name = plainText(endpoint.name, 40);
  const values = { endpoint: name, userData: quoted(userData) };
  return new Refusal(
    l10n.t("No contact on {endpoint} has UserData {userData}.", values),
    undefined,
    l10n.t("No contact on {endpoint} has this UserData.", { endpoint: name }),
  );
}

async function lookUpId(parts: Parts, { client }: Connection, id: number): Promise<Found> {
  try {
    const record = await parts.progress.inView(() => client.getContact(id));
    return { contact: contactFromRecord(record, parts.preferences.now.lockField), record };
  } catch (error) {
    if (!(error instanceof NoSuchContact)) throw error;
    throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
  }
}
