import type { WireRecord } from "../api/record/wire";
import { batchRead } from "./batchRead";
import type { DemoTable } from "./demoTable";
import { importContact } from "./importContact";
import type { OldServer } from "./oldServer";
import { done, noSuchCampaign, noSuchContact, replyError, replyRecords, type Reply } from "./reply";

/** One received call. `id` is the number in the path, if the path has one. */
export interface Call {
  readonly id: number;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE" | "PATCH";
  /** Below `{baseURL}/dialler`; `{id}` stands for a whole number. */
  readonly path: string;
  readonly answer: (call: Call) => Reply;
}

/** Where a single contact is read. */
export type ContactPath = "contacts/{id}" | "contacts/contact/{id}" | "both";

/** Every path of the server. Other paths do not exist, whatever the method. */
export function routes(
  table: DemoTable,
  campaigns: readonly WireRecord[],
  contactPath: ContactPath,
  old: OldServer,
): readonly Route[] {
  const paths =
    contactPath === "both" ? (["contacts/{id}", "contacts/contact/{id}"] as const) : [contactPath];
  return [
    { method: "GET", path: "contacts", answer: (call) => list(table, call, old) },
    ...paths.map((path): Route => ({ method: "GET", path, answer: ({ id }) => readContact(table, id) })),
    ...lookupRoutes(table, old),
    ...batchReadRoutes(table, old),
    { method: "POST", path: "contacts/import", answer: (call) => importOne(table, campaigns, call) },
    ...changeRoutes(table, old),
    ...(old.noCampaigns ? [] : campaignRoutes(campaigns)),
  ];
}

function list(table: DemoTable, { query }: Call, old: OldServer): Reply {
  const key = query.get("userData");
  if (old.userDataLookup === "list" && key !== null) return replyRecords(contactsWith(table, key));
  const campaignId = query.get("diallerCampaignsID");
  if (campaignId === null || old.ignoresCampaignFilter) return { kind: "list", records: table.listed() };
  if (!isWholeNumber(campaignId)) return replyError(400, "diallerCampaignsID must be an integer");
  return { kind: "list", records: table.listed(Number(campaignId)) };
}

function readContact(table: DemoTable, id: number): Reply {
  const record = table.read(id);
  return record === undefined ? noSuchContact : replyRecords([record]);
}

function contactsWith(table: DemoTable, key: string): readonly WireRecord[] {
  const records = table.withUserData(new Set([key])).map((id) => table.read(id));
  return records.filter((record) => record !== undefined);
}

function lookUp(table: DemoTable, key: string): Reply {
  const records = contactsWith(table, key);
  return records.length === 0 ? noSuchContact : replyRecords(records);
}

function lookupRoutes(table: DemoTable, { userDataLookup = "contact" }: OldServer): readonly Route[] {
  const at = { method: "GET", path: "contacts/contact" } as const;
  switch (userDataLookup) {
    case "contact":
      return [{ ...at, answer: (call) => withUserData(call, (key) => lookUp(table, key)) }];
    case "ignored":
      return [{ ...at, answer: () => ({ kind: "list", records: table.listed() }) }];
    case "list":
    case "none":
      return [];
  }
}

function batchReadRoutes(table: DemoTable, { noBatchRead = false }: OldServer): readonly Route[] {
  const at = { method: "POST", path: "contacts" } as const;
  if (noBatchRead === 405) return [{ ...at, answer: () => ({ kind: "empty", status: 405 }) }];
  if (noBatchRead) return [];
  const answer = ({ query, body }: Call): Reply => {
    const languagesId = query.get("languagesID") ?? "";
    if (!isWholeNumber(languagesId)) return replyError(400, "languagesID is missing or not an integer");
    return batchRead(table, body, Number(languagesId));
  };
  return [{ ...at, answer }];
}

function importOne(table: DemoTable, campaigns: readonly WireRecord[], { query, body }: Call): Reply {
  const overwrite = query.get("overwriteDuplicates");
  if (overwrite !== "true" && overwrite !== "false") {
    return replyError(400, "overwriteDuplicates must be true or false");
  }
  return importContact(table, campaigns, body, overwrite === "true");
}

function changeRoutes(table: DemoTable, old: OldServer): readonly Route[] {
  const remove = (id: number): Reply => (table.delete(id) ? done : noSuchContact);
  const lock = (id: number): Reply => setLocked(table, id, true, old);
  const unlock = (id: number): Reply => setLocked(table, id, false, old);
  const firstMatch = (change: (id: number) => Reply) => (call: Call) =>
    withUserData(call, (key) => {
      const id = table.withUserData(new Set([key]))[0];
      return id === undefined ? noSuchContact : change(id);
    });
  const unlockWord = old.unlocksAtLockunlock ? "lockunlock" : "unlock";
  return [
    { method: "DELETE", path: "contacts/contact/{id}", answer: ({ id }) => remove(id) },
    { method: "DELETE", path: "contacts/contact", answer: firstMatch(remove) },
    { method: "PATCH", path: "contacts/contact/{id}/lock", answer: ({ id }) => lock(id) },
    { method: "PATCH", path: "contacts/contact/lock", answer: firstMatch(lock) },
    { method: "PATCH", path: "contacts/contact/{id}/unlock", answer: ({ id }) => unlock(id) },
    { method: "PATCH", path: `contacts/contact/${unlockWord}`, answer: firstMatch(unlock) },
  ];
}

function setLocked(table: DemoTable, id: number, locked: boolean, old: OldServer): Reply {
  if (old.refusesRepeatedLock && table.isLocked(id) === locked) {
    return replyError(409, `Dialler contact is already ${locked ? "locked" : "unlocked"}`);
  }
  return table.setLocked(id, locked) ? done : noSuchContact;
}

function campaignRoutes(campaigns: readonly WireRecord[]): readonly Route[] {
  const readCampaign = ({ id }: Call): Reply => {
    const found = campaigns.find(({ ID }) => ID === id);
    return found === undefined ? noSuchCampaign : replyRecords([found]);
  };
  return [
    { method: "GET", path: "campaigns", answer: () => ({ kind: "list", records: campaigns }) },
    { method: "GET", path: "campaigns/{id}", answer: readCampaign },
  ];
}

function withUserData({ query }: Call, answer: (key: string) => Reply): Reply {
  const key = query.get("userData") ?? "";
  return key === "" ? replyError(400, "userData is missing") : answer(key);
}

function isWholeNumber(text: string): boolean {
  return /^[0-9]{1,15}$/.test(text);
}
