// A contact store on a small dialler, opened afresh for each test, and functions that read its state.

import assert from "node:assert/strict";
import type { Contact } from "../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import type { Connection } from "../../../src/dialler/endpoint/connect";
import type { ContactList } from "../../../src/dialler/list/contactList";
import { ContactStore } from "../../../src/dialler/list/contactStore";
import type { ListPreferences } from "../../../src/dialler/list/listLoader";
import { shownList } from "../../../src/dialler/list/contactsState";
import type { CampaignRow, ContactRow, StoreChange } from "../../../src/dialler/list/rows";
import type { EntryResult, Outcome } from "../../../src/dialler/runs/outcome";
import * as reply from "./scriptedReply";
import { byTheBook, type Script, type SmallDialler, startSmallDialler } from "./smallDialler";

export const refused = reply.json(400, { status: 400, error: "no" });

export const someContacts: readonly WireRecord[] = [
  { ID: 1, Name: "Berg" },
  { ID: 2, Name: "Adam", bLocked: true },
  { ID: 3, Name: "Clas" },
  { ID: 11, Name: "Eder", DiallerCampaignsID: 72 },
  { ID: 12, Name: "Dorn", DiallerCampaignsID: 72 },
];

/** What `start` has made last. */
export let dialler: SmallDialler;
export let connection: Connection;
export let store: ContactStore;
export let wanted: ListPreferences;
export let signals: StoreChange[];

/** Further servers that end with the test. */
export const started: { stop: () => Promise<void> }[] = [];

/** Ends the servers with each test; to be called in a `describe`. */
export function stopWhatWasStarted(): void {
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });
}

export const start = async (
  groupBy: "campaign" | "none" = "campaign",
  contacts: readonly WireRecord[] = someContacts,
  script: Script = byTheBook,
) => {
  dialler = await startSmallDialler(contacts, script);
  started.push(dialler);
  connection = await dialler.connect();
  wanted = { groupBy, sortBy: "name", lockField: "" };
  store = new ContactStore(() => wanted);
  signals = [];
  store.changed.listen((change) => signals.push(change));
  store.open(connection);
};

/** Changes what a person wants to see, as the settings tell the store. */
export function want(changed: Partial<ListPreferences>): void {
  wanted = { ...wanted, ...changed };
}

export const campaignRow = (id: number): CampaignRow => {
  const row = store.campaignRows().find(({ campaignId }) => campaignId === id);
  assert.ok(row, `campaign ${id} is listed`);
  return row;
};

export const listOf = (id?: number): ContactList => {
  const { state } = store;
  const contacts =
    id === undefined
      ? state.kind === "flat"
        ? state.contacts
        : undefined
      : store.campaign(campaignRow(id))?.contacts;
  const shown = contacts && shownList(contacts);
  assert.ok(shown, "there is a list to show");
  return shown;
};

export const kindOf = (id?: number): string | undefined => {
  const { state } = store;
  if (id !== undefined) return store.campaign(campaignRow(id))?.contacts.kind;
  return state.kind === "flat" ? state.contacts.kind : undefined;
};

export const idsOf = (shown: ContactList) => shown.slice().map((listed) => listed.contact.id);

export const rowsOf = (id?: number): ContactRow[] => store.rows(listOf(id));

export const rowOf = (id: number): ContactRow => {
  const row = store.rowById(id);
  assert.ok(row, `contact ${id} is listed`);
  return row;
};

export const contactOf = (id: number): Contact => {
  const found = store.contact(rowOf(id));
  assert.ok(found);
  return found;
};

export const result = (id: number, outcome: Outcome): EntryResult => ({ id, outcome });

export const loadBoth = async () => {
  await store.load();
  for (const row of store.campaignRows()) await store.loadCampaign(row);
};

export const testEndpoint = {
  kind: "server",
  name: "test",
  environment: "test",
  readOnly: false,
  caFile: undefined,
} as const;

/** Puts the IDs back as they were given: `contact` makes numbers of them. */
export function asGiven(records: readonly WireRecord[]) {
  return (made: WireRecord, at: number): WireRecord => ({ ...made, ID: records[at]?.ID });
}
