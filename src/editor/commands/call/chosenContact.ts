import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { ContactRow } from "../../../dialler/list/rows";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import * as l10n from "../../../l10n";
import { activeConnection, refuseSwitched, refuseUntrusted } from "./activeConnection";
import { argumentOf } from "./argument";
import type { Parts } from "./parts";
import { placeOf } from "./placeOf";
import { Refusal } from "./refusal";
import { isOnWords, selectedRows } from "./selectedRows";

/** The contacts chosen for a command that shows or copies, with the connection they came from. */
export interface ChosenContacts {
  readonly connection: Connection;
  readonly contacts: readonly Contact[];
}

/** The same for one contact. */
export interface ChosenContact {
  readonly connection: Connection;
  readonly contact: Contact;
}

/** The ID to send to the server. @throws Refusal when it cannot be sent */
export function sendableId({ id }: Contact): number {
  if (id === undefined) throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  return id;
}

/**
 * The rows clicked or selected, else the contact whose ID a person types; undefined when the person gave up.
 * @throws Refusal, InvalidKey, ApiError
 */
export async function chosenContacts(
  parts: Parts,
  title: string,
  args: readonly unknown[],
): Promise<ChosenContacts | undefined> {
  const { rows } = rowsOf(parts, args);
  return contactsChosen(parts, title, rows);
}

/**
 * The same for a command that works on one contact: the row clicked, whatever else is selected.
 * @throws Refusal when several are selected and none was clicked
 */
export async function chosenContact(
  parts: Parts,
  title: string,
  args: readonly unknown[],
): Promise<ChosenContact | undefined> {
  const { clicked, rows } = rowsOf(parts, args);
  if (clicked === undefined && rows.length > 1) {
    throw new Refusal(
      l10n.t("{count} contacts are selected, but this command works on one. Select one.", {
        count: l10n.number(rows.length),
      }),
    );
  }
  const chosen = await contactsChosen(parts, title, clicked === undefined ? rows : [clicked]);
  const [contact] = chosen?.contacts ?? [];
  return chosen && contact && { connection: chosen.connection, contact };
}

function rowsOf(
  { tree }: Pick<Parts, "tree">,
  args: readonly unknown[],
): { readonly clicked: ContactRow | undefined; readonly rows: readonly ContactRow[] } {
  const argument = argumentOf(args);
  switch (argument.kind) {
    case "nothing":
      return { clicked: undefined, rows: selectedRows(tree) };
    case "rows":
      return argument;
    case "ids":
    case "userData":
      throw new Refusal(l10n.t("This command takes no argument. Nothing was sent."));
  }
}

async function contactsChosen(
  parts: Parts,
  title: string,
  rows: readonly ContactRow[],
): Promise<ChosenContacts | undefined> {
  const listed = contactsOf(parts, rows);
  if (listed !== undefined) return listed;
  if (isOnWords(parts.tree)) return undefined;
  const connection = await activeConnection(parts);
  const id = await parts.ask.contactId(title, placeOf(parts, connection));
  if (id === undefined) return undefined;
  refuseSwitched(parts, connection);
  const contact = (await resolveIds(connection.client, [id], parts.preferences.now.lockField)).get(id);
  if (contact === undefined) throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
  return { connection, contacts: [contact] };
}

function contactsOf(parts: Parts, rows: readonly ContactRow[]): ChosenContacts | undefined {
  refuseUntrusted(parts.isTrusted());
  const [first] = rows;
  if (first === undefined) return undefined;
  const contacts = rows.map((row) => parts.store.contact(row)).filter((contact) => contact !== undefined);
  if (contacts.length === 0) throw new Refusal(l10n.t("The contact is no longer listed."));
  return { connection: first.connection, contacts };
}
