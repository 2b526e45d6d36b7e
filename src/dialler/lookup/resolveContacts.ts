import { ApiError, NoSuchContact, NoSuchPath, UnreadableReply } from "../api/http/apiError";
import { type Contact, contactFromRecord } from "../api/record/contact";
import type { RecordBatch } from "../api/scan/recordReader";
import { checkedUserData, looksAlike } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";

/** What a UserData stands for on the server. */
export type Resolution =
  /** Contacts that carry exactly the UserData, and those whose UserData only looks like it. */
  | { readonly kind: "found"; readonly exact: readonly Contact[]; readonly alike: readonly Contact[] }
  /** The server cannot look a UserData up, and reading the whole list was declined. */
  | { readonly kind: "unusable" };

/** The calls a look-up may make. */
export interface LookUpClient {
  getContact(id: number): Promise<WireRecord>;
  readBatch(keys: {
    readonly ids?: readonly number[];
    readonly userData?: readonly string[];
  }): Promise<readonly WireRecord[]>;
  findByUserData(userData: string): Promise<readonly WireRecord[]>;
  listByUserData(userData: string, signal?: AbortSignal): AsyncIterable<RecordBatch>;
  listContacts(campaignId?: undefined, signal?: AbortSignal): AsyncIterable<RecordBatch>;
}

export interface LookUpPorts {
  readonly lockField: string;
  /** Reading every contact to compare takes long on a large server: a person decides. */
  mayReadWholeList(): Promise<boolean>;
  readonly signal?: AbortSignal;
}

type Way = "batch" | "contact" | "contacts" | "list";
const ways: readonly Way[] = ["batch", "contact", "contacts", "list"];

/** Which way of looking up a client's server answered; ways before it are not tried again. */
const usableWays = new WeakMap<LookUpClient, Way>();

/**
 * The contacts that a UserData means. Every record found must carry that UserData; a server that returns others has
 * ignored the question, and that way of asking is not used.
 * @throws InvalidKey before any request; ApiError when the server cannot be asked
 */
export async function resolveUserData(
  client: LookUpClient,
  userData: string,
  ports: LookUpPorts,
): Promise<Resolution> {
  checkedUserData(userData);
  const first = ways.indexOf(usableWays.get(client) ?? "batch");
  for (const way of ways.slice(first)) {
    if (way === "list" && !(await ports.mayReadWholeList())) return { kind: "unusable" };
    const records = await ask(way, client, userData, ports.signal);
    if (records === "unusable") continue;
    usableWays.set(client, way);
    const contacts = records.map((record) => contactFromRecord(record, ports.lockField));
    return {
      kind: "found",
      exact: contacts.filter((contact) => contact.userData === userData),
      alike: contacts.filter((contact) => contact.userData !== userData),
    };
  }
  return { kind: "unusable" };
}

async function ask(
  way: Way,
  client: LookUpClient,
  userData: string,
  signal: AbortSignal | undefined,
): Promise<readonly WireRecord[] | "unusable"> {
  try {
    switch (way) {
      case "batch":
        return onlyMeant(await client.readBatch({ userData: [userData] }), userData);
      case "contact":
        return onlyMeant(await client.findByUserData(userData), userData);
      case "contacts":
        return await meantAmong(client.listByUserData(userData, signal), userData, "mustAllBe");
      case "list":
        return await meantAmong(client.listContacts(undefined, signal), userData, "mayBeOthers");
    }
  } catch (error) {
    // A path that has answered before says with its 404 that there is no such contact.
    if (error instanceof NoSuchContact && usableWays.get(client) === way) return [];
    if (way !== "list" && isNoAnswer(error)) return "unusable";
    throw error;
  }
}

/** The server has no such call, or took the question for another one. */
export function isNoAnswer(error: unknown): boolean {
  if (error instanceof UnreadableReply) return error.how === "wrongRecord" || error.how === "wrongShape";
  // 404 with JSON: "contact" was read as the ID of a contact; 400: the parameters were not understood.
  return (
    error instanceof NoSuchPath ||
    (error instanceof ApiError && (error.status === 404 || error.status === 400))
  );
}

function onlyMeant(records: readonly WireRecord[], userData: string): readonly WireRecord[] | "unusable" {
  return records.every((record) => isMeant(record, userData)) ? records : "unusable";
}

async function meantAmong(
  batches: AsyncIterable<RecordBatch>,
  userData: string,
  others: "mustAllBe" | "mayBeOthers",
): Promise<readonly WireRecord[] | "unusable"> {
  const meant: WireRecord[] = [];
  for await (const { records } of batches) {
    const found = records.filter((record) => isMeant(record, userData));
    if (others === "mustAllBe" && found.length < records.length) return "unusable";
    meant.push(...found);
  }
  return meant;
}

/** Whether a record carries the UserData, or one that only looks like it. */
function isMeant(record: WireRecord, userData: string): boolean {
  const found = record.UserData;
  return typeof found === "string" && (found === userData || looksAlike(found, userData));
}

/** How many keys one batch read asks for. */
export const readAtOnce = 100;

/** For look-ups of many keys: how far it is, and whether anybody still waits for it. */
export interface LookUpProgress {
  readonly signal: AbortSignal;
  /** Told of how many keys were looked up. */
  onProgress(finished: number): void;
}

/**
 * The contacts that IDs mean, by ID; one that is certainly absent is missing from the answer. After an abort the answer
 * is what was found until then. @throws ApiError when the server cannot be asked
 */
export async function resolveIds(
  client: LookUpClient,
  ids: readonly number[],
  lockField: string,
  progress?: LookUpProgress,
): Promise<ReadonlyMap<number, Contact>> {
  const found = new Map<number, Contact>();
  const take = (record: WireRecord): void => {
    const contact = contactFromRecord(record, lockField);
    if (contact.id !== undefined) found.set(contact.id, contact);
  };
  const isOver = (): boolean => progress?.signal.aborted === true;
  // One contact is read the way every server knows.
  let hasBatch = ids.length > 1;
  for (let start = 0; start < ids.length && !isOver(); start += readAtOnce) {
    const chunk = ids.slice(start, start + readAtOnce);
    const records = hasBatch ? await batchOf(client, chunk) : undefined;
    hasBatch = records !== undefined;
    records?.forEach(take);
    for (const [index, id] of (hasBatch ? [] : chunk).entries()) {
      if (isOver()) return found;
      await takeOne(client, id, take);
      progress?.onProgress(start + index + 1);
    }
    progress?.onProgress(start + chunk.length);
  }
  return found;
}

/** Undefined on a server without the batch read. */
async function batchOf(
  client: LookUpClient,
  ids: readonly number[],
): Promise<readonly WireRecord[] | undefined> {
  try {
    return await client.readBatch({ ids });
  } catch (error) {
    // A 404 with JSON speaks of the whole question, such as its language; it tells nothing of each contact.
    if (error instanceof NoSuchPath || error instanceof NoSuchContact) return undefined;
    throw error;
  }
}

async function takeOne(client: LookUpClient, id: number, take: (record: WireRecord) => void): Promise<void> {
  try {
    take(await client.getContact(id));
  } catch (error) {
    if (!(error instanceof NoSuchContact)) throw error;
  }
}
