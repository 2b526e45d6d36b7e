import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import * as l10n from "../../../l10n";
import { documentText } from "../../view/document/recordText";
import { discreetRecord, maskedNumber } from "../../shown/mask";
import { chosenContacts } from "../call/chosenContact";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** Copies one line for each contact that has the value. */
async function copyEach(
  parts: Parts,
  title: string,
  args: readonly unknown[],
  valueOf: (contact: Contact) => string | undefined,
): Promise<void> {
  const chosen = await chosenContacts(parts, title, args);
  if (chosen === undefined) return;
  const values = chosen.contacts.map(valueOf).filter((value) => value !== undefined && value !== "");
  if (values.length === 0) throw new Refusal(l10n.t("Nothing to copy: the contact has no such value."));
  await copyToClipboard(parts, values.join("\n"), values.length);
}

export async function copyId(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyEach(parts, l10n.t("Copy ID"), args, (contact) =>
    contact.id === undefined ? undefined : String(contact.id),
  );
}

/** Exactly as it is stored, with all spaces: it is a key. */
export async function copyUserData(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyEach(parts, l10n.t("Copy UserData"), args, ({ userData }) => userData);
}

/** The first number that is not known to be invalid, else the first; masked where numbers are. */
export async function copyPhone(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyEach(parts, l10n.t("Copy Phone Number"), args, ({ phoneNumbers }) => {
    const number = (phoneNumbers.find(({ invalid }) => !invalid) ?? phoneNumbers[0])?.number;
    return number === undefined || !parts.preferences.now.mask ? number : maskedNumber(number);
  });
}

/** Whole records, read again: one as an object, several as an array. Without bank data, because clipboards are shared. */
export async function copyAsJson(parts: Parts, args: readonly unknown[]): Promise<void> {
  const chosen = await chosenContacts(parts, l10n.t("Copy as JSON"), args);
  if (chosen === undefined) return;
  const { client } = chosen.connection;
  const ids = chosen.contacts.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const texts: string[] = [];
  for (const id of ids) {
    const record = discreetRecord(await client.getContact(id), parts.preferences.now.mask);
    const redact = (text: string): string => parts.secrets.redact(text);
    texts.push(documentText(record, redact, parts.preferences.now.lockField).trimEnd());
  }
  if (texts.length === 0) throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  await copyToClipboard(
    parts,
    texts.length === 1 ? texts.join() : `[\n${texts.join(",\n")}\n]`,
    texts.length,
  );
}

/** Puts a text on the clipboard and says so. */
export async function copyToClipboard(
  { notify }: Pick<Parts, "notify">,
  text: string,
  count: number,
): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const message =
    count === 1 ? l10n.t("Copied.") : l10n.t("Copied {count} values.", { count: l10n.number(count) });
  void notify({ level: "success", sentence: message });
}
