import type { Change } from "../../../dialler/api/changeRules";
import { type Contact, contactFromRecord, contactLabel } from "../../../dialler/api/record/contact";
import { checkedId, contactIdOf } from "../../../dialler/api/record/key";
import type { Connection } from "../../../dialler/endpoint/connect";
import { readFilter } from "../../../dialler/list/contactFilter";
import { searchLists } from "../../../dialler/list/searchLists";
import { resolveUserData } from "../../../dialler/lookup/resolveContacts";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import * as l10n from "../../../l10n";
import { discreetRecord, maskedContact } from "../../shown/mask";
import { plainText } from "../../shown/plainText";
import { activeConnection } from "../call/activeConnection";
import { usableIds } from "../call/argument";
import type { Parts } from "../call/parts";
import { cannotLookUp, Refusal, refuseReadOnly } from "../call/refusal";
import { changeByIds } from "../change/changeByIds";

/** What a language model passes to a tool; every member is checked. */
export type ToolInput = Readonly<Record<string, unknown>>;
export type Answer = (parts: Parts, input: ToolInput, cancelled: AbortSignal) => Promise<unknown>;

const mostFound = 50;
/** A model may change at most as many contacts as a person can read in a dialog. */
const mostChanged = 20;

/** By UserData on the server, or by a filter over what is loaded. Numbers and addresses are masked. */
export const findContacts: Answer = async (parts, { userData, query, campaignId }, cancelled) => {
  const connection = await activeConnection(parts);
  if (typeof userData === "string") return findByUserData(parts, connection, userData);
  if (typeof query !== "string") throw new Refusal(l10n.t("A query or a UserData is needed."));
  const reading = readFilter(query);
  if (!reading.ok) throw new Refusal(reading.why);
  if (reading.filter === undefined || reading.filter.asksDuplicates.length > 0)
    throw new Refusal(l10n.t("The query holds nothing that can be searched for."));
  const { store } = parts;
  await store.load();
  const campaign = contactIdOf(campaignId);
  const row = store.campaignRows().find((candidate) => candidate.campaignId === campaign);
  if (row !== undefined) await store.loadCampaign(row);
  const name = (id: number | undefined): string | undefined => store.campaignName(id);
  const found = await searchLists(store.state, reading.filter, name, cancelled, mostFound);
  if (found === undefined) throw new Refusal(l10n.t("Cancelled."));
  return {
    endpoint: connection.endpoint.name,
    ...found,
    contacts: found.contacts.map((contact) => shown(parts, contact)),
  };
};

async function findByUserData(parts: Parts, connection: Connection, userData: string): Promise<unknown> {
  const resolution = await resolveUserData(connection.client, userData, {
    lockField: parts.preferences.now.lockField,
    // Reading every contact of a server needs a person's consent, not a model's.
    mayReadWholeList: () => Promise.resolve(false),
  });
  if (resolution.kind === "unusable") throw cannotLookUp();
  const { exact, alike } = resolution;
  return {
    endpoint: connection.endpoint.name,
    contacts: exact.slice(0, mostFound).map((contact) => shown(parts, contact)),
    lookAlikes: alike.slice(0, mostFound).map((contact) => shown(parts, contact)),
  };
}

/** The whole record, with numbers and addresses masked and without bank data. */
export const getContact: Answer = async (parts, { id }) => {
  const connection = await activeConnection(parts);
  const record = await connection.client.getContact(checkedId(id));
  const { lock } = contactFromRecord(record, parts.preferences.now.lockField);
  return { endpoint: connection.endpoint.name, lock, record: discreetRecord(record, true) };
};

export const listCampaigns: Answer = async (parts, _input, cancelled) => {
  const connection = await activeConnection(parts);
  const records = await connection.client.listCampaigns({ signal: cancelled });
  const campaigns = records.map(({ ID, Name }) => ({ id: ID, name: Name }));
  return { endpoint: connection.endpoint.name, campaigns };
};

/** Locks or unlocks after a question of our own: a chat may be set to approve tool calls automatically. */
export function changeOnRequest(change: Change): Answer {
  return async (parts, { ids }): Promise<ActionReport> => {
    const given: readonly unknown[] = Array.isArray(ids) ? ids : [];
    const usable = usableIds(given).ids;
    if (usable.length === 0 || usable.length > mostChanged)
      throw new Refusal(l10n.t("Give 1 to {most} IDs. Nothing was sent.", { most: mostChanged }));
    const connection = await activeConnection(parts);
    refuseReadOnly(connection);
    refuseProduction(connection);
    return changeByIds(parts, change, connection, given, { source: "chat" });
  };
}

function refuseProduction({ endpoint }: Connection): void {
  if (endpoint.environment !== "production") return;
  throw new Refusal(
    l10n.t("The endpoint {endpoint} is production: chat tools can read from it but not change anything.", {
      endpoint: plainText(endpoint.name, 40),
    }),
  );
}

function shown({ store }: Parts, contact: Contact): object {
  const masked = maskedContact(contact);
  const { id, company, city, campaignId, userData, lock, nextTry, email, phoneNumbers } = masked;
  return {
    id,
    name: contactLabel(masked),
    company,
    city,
    campaignId,
    campaign: store.campaignName(campaignId),
    userData,
    lock,
    nextTry,
    email,
    phoneNumbers: phoneNumbers.map(({ number, tries, invalid }) => ({ number, tries, invalid })),
  };
}
