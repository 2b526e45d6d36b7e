import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import { ContactRow } from "../../../dialler/list/rows";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import * as l10n from "../../../l10n";
import type { ContactTree } from "../../view/list/contactTree";
import { activeConnection, namedConnection, refuseSwitched, refuseUntrusted } from "./activeConnection";
import { type Argument, argumentOf, passedIds } from "./argument";
import { documentInFront, type DocumentTarget, documentTarget, rereadContact } from "./documentTarget";
import { onServerOf } from "./onServerOf";
import type { Parts } from "./parts";
import { placeOf } from "./placeOf";
import { Refusal } from "./refusal";

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

/** What a command that changes contacts acts on. */
export type ChosenToChange =
  | { readonly kind: "document"; readonly document: DocumentTarget }
  | { readonly kind: "rows"; readonly rows: readonly ContactRow[] }
  /** Run from the palette: nothing is pointed at, and the person is asked. */
  | { readonly kind: "asked" }
  | Extract<Argument, { kind: "ids" | "userData" }>;

/** The document or the rows that a command was run on, or what a program passed. @throws InvalidKey, Refusal before any request */
export function chosenToChange(args: readonly unknown[]): ChosenToChange {
  const document = documentTarget(args);
  if (document !== undefined) return { kind: "document", document };
  const argument = argumentOf(args);
  switch (argument.kind) {
    case "rows":
      return { kind: "rows", rows: argument.rows };
    case "nothing":
      return { kind: "asked" };
    case "ids":
    case "userData":
      return argument;
  }
}

/** The ID to send to the server. @throws Refusal when it cannot be sent */
export function sendableId({ id }: Contact): number {
  if (id === undefined) throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  return id;
}

/**
 * Runs a command that shows or copies on what it works on: the rows or the document it was run on; from the palette the
 * record in the active editor, else the selection in the Contacts view, else the contact whose ID a person types. The
 * connection may end with the command. Undefined when the person gave up. @throws Refusal, InvalidKey, ApiError
 */
export async function withChosen<T>(
  parts: Parts,
  title: string,
  args: readonly unknown[],
  act: (chosen: ChosenContacts) => Promise<T>,
): Promise<T | undefined> {
  const target = documentTarget(args) ?? (args.length === 0 ? documentInFront() : undefined);
  if (target !== undefined) {
    return onServerOf(parts, target.key, async (connection) =>
      act({ connection, contacts: [await contactOfDocument(parts, target, connection)] }),
    );
  }
  const chosen = await chosenRows(parts, title, args);
  return chosen && act(chosen);
}

async function chosenRows(
  parts: Parts,
  title: string,
  args: readonly unknown[],
): Promise<ChosenContacts | undefined> {
  const argument = argumentOf(args);
  switch (argument.kind) {
    case "rows":
      return contactsOf(parts, argument.rows);
    case "nothing":
      return contactsOf(parts, selectedRows(parts.tree)) ?? typedContact(parts, title);
    case "ids":
    case "userData":
      throw new Refusal(l10n.t("This command takes no argument. Nothing was sent."));
  }
}

/**
 * The contacts whose IDs a program, a key binding or a link passes; undefined if the command was called in another way.
 * Those that are listed are taken as they are, the others are read. @throws Refusal, InvalidKey, ApiError
 */
export async function passedContacts(
  parts: Parts,
  args: readonly unknown[],
): Promise<ChosenContacts | undefined> {
  const passed = passedIds(args);
  if (passed === undefined) return undefined;
  const connection = await namedConnection(parts, passed.endpoint);
  const listed = passed.ids.map((id) => {
    const row = parts.store.rowById(id);
    return row?.connection === connection ? parts.store.contact(row) : undefined;
  });
  const others = passed.ids.filter((_, place) => listed[place] === undefined);
  const { lockField } = parts.preferences.now;
  const read = await (others.length === 0
    ? new Map<number, Contact>()
    : resolveIds(connection.client, others, lockField));
  const contacts = passed.ids.map((id, place) => {
    const contact = listed[place] ?? read.get(id);
    if (contact === undefined) throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
    return contact;
  });
  return { connection, contacts };
}

/**
 * The same for a command that works on one contact: the row clicked, whatever else is selected.
 * @throws Refusal when several are selected and none was clicked
 */
export async function withChosenContact<T>(
  parts: Parts,
  title: string,
  args: readonly unknown[],
  act: (chosen: ChosenContact) => Promise<T>,
): Promise<T | undefined> {
  const [row] = args;
  const only = row instanceof ContactRow ? [row] : args;
  return withChosen(parts, title, only, async ({ connection, contacts }) => {
    const [contact, ...others] = contacts;
    if (others.length > 0) {
      throw new Refusal(
        l10n.t("{count} contacts are selected, but this command works on one. Select one.", {
          count: l10n.number(others.length + 1),
        }),
      );
    }
    return contact && act({ connection, contact });
  });
}

async function contactOfDocument(
  parts: Parts,
  target: DocumentTarget,
  connection: Connection,
): Promise<Contact> {
  return parts.documents.contact(target.uri) ?? (await rereadContact(parts, target, connection));
}

async function typedContact(parts: Parts, title: string): Promise<ChosenContacts | undefined> {
  const connection = await activeConnection(parts);
  const id = await parts.ask.contactId(title, placeOf(parts, connection));
  if (id === undefined) return undefined;
  refuseSwitched(parts, connection);
  const contact = (await resolveIds(connection.client, [id], parts.preferences.now.lockField)).get(id);
  if (contact === undefined) throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
  return { connection, contacts: [contact] };
}

/** Undefined when there are no rows. @throws Refusal when none of them is listed any more */
function contactsOf(parts: Parts, rows: readonly ContactRow[]): ChosenContacts | undefined {
  refuseUntrusted(parts.isTrusted());
  const [first] = rows;
  if (first === undefined) return undefined;
  const contacts = rows.map((row) => parts.store.contact(row)).filter((contact) => contact !== undefined);
  if (contacts.length === 0) throw new Refusal(l10n.t("The contact is no longer listed."));
  return { connection: first.connection, contacts };
}

/** The contacts selected in the tree; none while the tree is hidden, so that no command acts on rows out of sight. */
export function selectedRows({ view, selection }: ContactTree): ContactRow[] {
  return view.visible ? selection.filter((row) => row instanceof ContactRow) : [];
}
