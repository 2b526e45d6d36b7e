import * as vscode from "vscode";
import type { Connection } from "../../../dialler/endpoint/connect";
import { type Contact, contactFromRecord, sameIdentity } from "../../../dialler/api/record/contact";
import { readAlone } from "../../../dialler/lookup/readContacts";
import * as l10n from "../../../l10n";
import { isolated } from "../../shown/isolated";
import { plainText } from "../../shown/plainText";
import { type DocumentKey, documentKeyOf, type DocumentKind } from "../../view/document/documentKey";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";

/** The document that a command was invoked on. */
export interface DocumentTarget {
  readonly uri: vscode.Uri;
  readonly key: DocumentKey;
  readonly kind: DocumentKind;
}

/** A button in the title of an editor passes the document's URI; undefined for every other argument. */
export function documentTarget([uri]: readonly unknown[]): DocumentTarget | undefined {
  const shown = uri instanceof vscode.Uri ? documentKeyOf(uri) : undefined;
  return uri instanceof vscode.Uri && shown !== undefined ? { uri, ...shown } : undefined;
}

/** The record or history in the active editor. */
export function documentInFront(): DocumentTarget | undefined {
  return documentTarget([vscode.window.activeTextEditor?.document.uri]);
}

/**
 * The document that a looking or copying command means, if its contact was read: the one it was run on, from the palette
 * the one in the active editor. What is copied from it needs no connection.
 */
export function readDocument(
  { documents }: Pick<Parts, "documents">,
  args: readonly unknown[],
): (DocumentTarget & { readonly contact: Contact }) | undefined {
  const target = args.length === 0 ? documentInFront() : documentTarget(args);
  const contact = target && documents.contact(target.uri);
  return target && contact && { ...target, contact };
}

/** Whom a document shows: the name, if it was read, and the ID. */
function whoIn({ documents }: Pick<Parts, "documents">, { uri, key }: DocumentTarget): string {
  const id = `#${key.id}`;
  const name = documents.name(uri) ?? "";
  return name === "" || name === id ? id : `${isolated(name)} ${id}`;
}

/**
 * The contact of a document, read again. @throws Refusal when it is gone or is no longer the contact that the document
 * shows
 */
export async function rereadContact(
  parts: Parts,
  target: DocumentTarget,
  connection: Connection,
): Promise<Contact> {
  const { documents, preferences } = parts;
  const { uri, key } = target;
  const record = await readAlone(connection.client, key.id);
  if (record === undefined) throw goneRefusal(parts, target);
  const shown = documents.contact(uri);
  documents.update(key, record);
  const contact = contactFromRecord(record, preferences.now.lockField);
  if (shown !== undefined && !sameIdentity(shown, contact)) {
    throw new Refusal(
      l10n.t(
        "Contact #{id} has changed since it was read. The document shows the new record now. Check it and try again.",
        { id: key.id },
      ),
    );
  }
  return contact;
}

/** Marks the documents of a contact that the server no longer has, takes it out of the list, and says what is known of it. */
export function goneRefusal(parts: Parts, target: DocumentTarget): Refusal {
  const { documents, store } = parts;
  const { key } = target;
  documents.markAbsent(key);
  store.noteAbsent(key, key.id);
  const values = {
    contact: whoIn(parts, target),
    endpoint: plainText(key.endpoint, 40),
  };
  const sentence =
    documents.absenceOf(key) === "deleted"
      ? l10n.t("{contact} was deleted on {endpoint}. The document shows its last state.", values)
      : l10n.t("{contact} is no longer on {endpoint}. The document shows its last state.", values);
  const logged = l10n.t("Contact #{id} is no longer on the server.", { id: key.id });
  return new Refusal(sentence, undefined, logged);
}
