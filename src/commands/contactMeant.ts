import type { ContactRow } from "../contacts/contactRow";
import { resolveIds } from "../contacts/resolveContacts";
import type { Contact } from "../api/contact";
import type { Connection } from "../endpoint/connect";
import * as l10n from "../l10n";
import { argumentOf } from "./argument";
import { connectionNow, refuseUntrusted } from "./connectionNow";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";
import { isOnStep, selectedRows } from "./selectedRows";

/** The contacts that a looking or copying command means, with the connection they came from. */
export interface Meant {
  readonly connection: Connection;
  readonly contacts: readonly Contact[];
}

/**
 * The rows clicked or selected, else the contact whose ID a person types; undefined when the person gave up.
 * @throws Refusal, InvalidKey, ApiError
 */
export async function contactsMeant(
  parts: Parts,
  title: string,
  args: readonly unknown[],
): Promise<Meant | undefined> {
  const argument = argumentOf(args);
  if (argument.kind === "ids" || argument.kind === "userData") {
    throw new Refusal(l10n.t("This command takes no argument. Nothing was sent."));
  }
  const listed = contactsOf(parts, argument.kind === "rows" ? argument.rows : selectedRows(parts.tree));
  if (listed !== undefined) return listed;
  if (isOnStep(parts.tree)) return undefined;
  const connection = await connectionNow(parts);
  const id = await parts.ask.contactId(title);
  if (id === undefined) return undefined;
  const contact = (await resolveIds(connection.client, [id], parts.preferences.now.lockField)).get(id);
  if (contact === undefined) throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
  return { connection, contacts: [contact] };
}

function contactsOf(parts: Parts, rows: readonly ContactRow[]): Meant | undefined {
  refuseUntrusted(parts.isTrusted());
  const [first] = rows;
  if (first === undefined) return undefined;
  const contacts = rows.map((row) => parts.store.contact(row)).filter((contact) => contact !== undefined);
  if (contacts.length === 0) throw new Refusal(l10n.t("The contact is no longer listed."));
  return { connection: first.connection, contacts };
}
