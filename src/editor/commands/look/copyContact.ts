import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import type { WireRecord } from "../../../dialler/api/record/wire";
import { noCampaignId } from "../../../dialler/list/readList";
import type { CampaignRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { campaignLabel } from "../../view/list/treeTexts";
import { documentText } from "../../view/document/recordText";
import { discreetRecord, maskedNumber } from "../../shown/mask";
import { plainText } from "../../shown/plainText";
import { namedFrom, whoText } from "../../shown/who";
import { type ChosenContacts, passedContacts, sendableId, withChosen } from "../call/chosen";
import { readDocument } from "../call/documentTarget";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { clickedCampaigns } from "../list/clickedCampaigns";

/** Copies one line for each contact that has the value. */
async function copyEach(
  parts: Parts,
  title: string,
  args: readonly unknown[],
  valueOf: (contact: Contact) => string | undefined,
  sentenceOf: (having: readonly Contact[]) => string,
  passed?: ChosenContacts,
): Promise<void> {
  const read = passed === undefined ? readDocument(parts, args) : undefined;
  const contacts = read
    ? [read.contact]
    : (passed?.contacts ??
      (await withChosen(parts, title, args, (chosen) => Promise.resolve(chosen.contacts))));
  if (contacts === undefined) return;
  const having = contacts.flatMap((contact) => {
    const value = valueOf(contact);
    return value === undefined || value === "" ? [] : [{ contact, value }];
  });
  if (having.length === 0) {
    const who = whoText(namedFrom(contacts));
    throw new Refusal(
      contacts.length === 1
        ? l10n.t("Nothing to copy: {who} has no such value.", { who })
        : l10n.t("Nothing to copy: {who} have no such value.", { who }),
      undefined,
      l10n.t("Nothing to copy: the contact has no such value."),
    );
  }
  const text = having.map(({ value }) => value).join("\n");
  await copyToClipboard(parts, text, sentenceOf(having.map(({ contact }) => contact)));
}

/** The IDs of contacts, or of the campaigns that it was run on. Also takes IDs from a program, a key binding or a link in a hover. */
export async function copyId(parts: Parts, args: readonly unknown[]): Promise<void> {
  const campaigns = clickedCampaigns(args);
  if (campaigns !== undefined) {
    await copyCampaignIds(parts, campaigns);
    return;
  }
  await copyEach(
    parts,
    l10n.t("Copy ID"),
    args,
    ({ id }) => (id === undefined ? undefined : String(id)),
    (having) => {
      const who = whoText(namedFrom(having), "count");
      return having.length === 1
        ? l10n.t("Copied ID {id} of {who}.", { id: plainText(having[0]?.idText ?? "", 20), who })
        : l10n.t("Copied {count} IDs: {who}.", { count: l10n.number(having.length), who });
    },
    await passedContacts(parts, args),
  );
}

/** @throws Refusal when none of them has an ID: contacts without a campaign stand below a row of their own */
async function copyCampaignIds(parts: Parts, rows: readonly CampaignRow[]): Promise<void> {
  const having = rows.filter(({ campaignId }) => campaignId !== noCampaignId);
  const names = having.map((row) => plainText(campaignLabel(row, parts.store.campaign(row)), 60));
  const [id] = having.map(({ campaignId }) => campaignId);
  if (id === undefined) throw new Refusal(l10n.t("Contacts without a campaign have no campaign ID."));
  const campaigns = names.slice(0, 3).join(", ");
  await copyToClipboard(
    parts,
    having.map(({ campaignId }) => campaignId).join("\n"),
    having.length === 1
      ? l10n.t("Copied ID {id} of the campaign {campaigns}.", { id, campaigns })
      : l10n.t("Copied {count} IDs of campaigns: {campaigns}.", {
          count: l10n.number(having.length),
          campaigns: names.length > 3 ? `${campaigns}, …` : campaigns,
        }),
  );
}

/** Exactly as it is stored, with all spaces: it is a key. */
export async function copyUserData(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyEach(
    parts,
    l10n.t("Copy UserData"),
    args,
    ({ userData }) => userData,
    (having) =>
      having.length === 1
        ? l10n.t("Copied the UserData of {who}.", { who: whoText(namedFrom(having)) })
        : l10n.t("Copied {count} UserData: {who}.", {
            count: l10n.number(having.length),
            who: whoText(namedFrom(having), "count"),
          }),
  );
}

/** The first number that is not known to be invalid, else the first; masked where numbers are. */
export async function copyPhone(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyEach(
    parts,
    l10n.t("Copy Phone Number"),
    args,
    ({ phoneNumbers }) => {
      const number = (phoneNumbers.find(({ invalid }) => !invalid) ?? phoneNumbers[0])?.number;
      return number === undefined || !parts.preferences.now.mask ? number : maskedNumber(number);
    },
    (having) =>
      having.length === 1
        ? l10n.t("Copied the phone number of {who}.", { who: whoText(namedFrom(having)) })
        : l10n.t("Copied {count} phone numbers: {who}.", {
            count: l10n.number(having.length),
            who: whoText(namedFrom(having), "count"),
          }),
  );
}

/**
 * Whole records: one as an object, several as an array. That of an open document as it was read, those of rows are read
 * again. Without bank data, because clipboards are shared.
 */
export async function copyAsJson(parts: Parts, args: readonly unknown[]): Promise<void> {
  const textOf = (record: WireRecord): string => {
    const { mask, lockField } = parts.preferences.now;
    const redact = (text: string): string => parts.secrets.redact(text);
    return documentText(discreetRecord(record, mask), redact, lockField).trimEnd();
  };
  const read = readDocument(parts, args);
  const held = read && parts.documents.record(read.uri);
  if (read !== undefined && held !== undefined) {
    await copyToClipboard(parts, textOf(held), copiedRecords([read.contact]));
    return;
  }
  await withChosen(parts, l10n.t("Copy as JSON"), args, async ({ connection, contacts }) => {
    const sendable = contacts.filter(({ id }) => id !== undefined);
    const texts: string[] = [];
    for (const id of sendable.map(sendableId)) texts.push(textOf(await connection.client.getContact(id)));
    if (texts.length === 0) throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
    await copyToClipboard(
      parts,
      texts.length === 1 ? texts.join() : `[\n${texts.join(",\n")}\n]`,
      copiedRecords(sendable),
    );
  });
}

function copiedRecords(contacts: readonly Contact[]): string {
  const named = namedFrom(contacts);
  return contacts.length === 1
    ? l10n.t("Copied the record of {who}.", { who: whoText(named) })
    : l10n.t("Copied {count} records: {who}.", {
        count: l10n.number(contacts.length),
        who: whoText(named, "count"),
      });
}

/** Puts a text on the clipboard and says what it is and whose. */
export async function copyToClipboard(
  { notify }: Pick<Parts, "notify">,
  text: string,
  sentence: string,
): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  void notify({ level: "success", sentence });
}
