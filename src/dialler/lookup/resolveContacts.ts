import type { CallOptions } from "../api/callOptions";
import type { DiallerClient } from "../api/diallerClient";
import { type ContactReader, readContacts } from "./readContacts";
import { barsBatchRead } from "../api/fault";
import { ApiError } from "../api/http/apiError";
import { NoSuchContact, NoSuchPath, UnreadableReply } from "../api/http/replyErrors";
import { type Contact, contactFromRecord } from "../api/record/contact";
import { checkedUserData, looksAlike } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import type { RecordBatch } from "../api/scan/recordReader";

/** What was found on the server for a UserData. */
export type Resolution =
  /** The contacts with exactly this UserData, and those with a similar one. */
  | { readonly kind: "found"; readonly exact: readonly Contact[]; readonly alike: readonly Contact[] }
  /** The server cannot look up UserData, and reading the whole list was declined. */
  | { readonly kind: "unusable" };

/** The calls a look-up may make. */
export type LookUpClient = ContactReader &
  Pick<DiallerClient, "findByUserData" | "listByUserData" | "listContacts">;

export interface LookUpPorts {
  readonly lockField: string;
  /** Reading all contacts takes long on a large server, so a person decides. */
  mayReadWholeList(): Promise<boolean>;
  readonly signal?: AbortSignal;
  /** How the look-up is repeated, and whether caches are to be passed by. */
  readonly reading?: Pick<CallOptions, "control" | "fresh">;
}

type Way = "batch" | "contact" | "contacts" | "list";
const ways: readonly Way[] = ["batch", "contact", "contacts", "list"];

/** The lookup method that a client's server answered. Methods before it are not tried again. */
const usableWays = new WeakMap<LookUpClient, Way>();

/** Whether the server is known to look up many UserData in one request. */
export function looksUpInBatches(client: LookUpClient): boolean {
  return usableWays.get(client) === "batch";
}

/** Remembers that the server has answered a batch look-up. */
export function rememberBatchLookUp(client: LookUpClient): void {
  usableWays.set(client, "batch");
}

/**
 * Looks up the contacts with a UserData. Every found record must have that UserData: a server that returns others
 * ignores the parameter, and that method is not used.
 * @throws InvalidKey before any request; ApiError if the server cannot be reached
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
    const records = await ask(way, client, userData, ports);
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
  { signal, reading }: LookUpPorts,
): Promise<readonly WireRecord[] | "unusable"> {
  try {
    switch (way) {
      case "batch":
        return onlyMeant(await client.readBatch({ userData: [userData] }, reading), userData);
      case "contact":
        return onlyMeant(await client.findByUserData(userData, reading), userData);
      case "contacts":
        return await meantAmong(client.listByUserData(userData, { signal }), userData, "mustAllBe");
      case "list":
        return await meantAmong(client.listContacts(undefined, { signal }), userData, "mayBeOthers");
    }
  } catch (error) {
    // A path that has answered before means with 404 that there is no such contact.
    if (error instanceof NoSuchContact && usableWays.get(client) === way) return [];
    if (way === "batch" ? isNoBatchAnswer(error) : way !== "list" && isNoAnswer(error)) return "unusable";
    throw error;
  }
}

/** The server lacks the batch look-up or misunderstood it, or a proxy does not let it through. */
export function isNoBatchAnswer(error: unknown): boolean {
  return barsBatchRead(error) || isNoAnswer(error);
}

/** The server lacks this call, or misunderstood it. */
function isNoAnswer(error: unknown): boolean {
  if (error instanceof UnreadableReply) return error.how === "wrongRecord" || error.how === "wrongShape";
  // 404 with JSON: the server read "contact" as an ID. 400: it did not understand the parameters.
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
  const matching: WireRecord[] = [];
  for await (const { records } of batches) {
    const found = records.filter((record) => isMeant(record, userData));
    if (others === "mustAllBe" && found.length < records.length) return "unusable";
    matching.push(...found);
  }
  return matching;
}

/** Whether a record has the UserData or a similar one. */
function isMeant(record: WireRecord, userData: string): boolean {
  const found = record.UserData;
  return typeof found === "string" && (found === userData || looksAlike(found, userData));
}

/** For lookups of many keys: progress and cancellation. */
export interface LookUpProgress {
  readonly signal: AbortSignal;
  /** Called with the number of keys looked up so far. */
  onProgress(finished: number): void;
}

/**
 * Reads contacts by ID. A contact that is certainly absent is missing from the result. After an abort, the result holds
 * what was found so far.
 * @throws ApiError if the server cannot be reached
 */
export async function resolveIds(
  client: ContactReader,
  ids: readonly number[],
  lockField: string,
  progress?: LookUpProgress,
): Promise<ReadonlyMap<number, Contact>> {
  const found = new Map<number, Contact>();
  let finished = 0;
  // Waits for requests in progress, because the result includes what they find.
  for await (const portion of readContacts(client, ids)) {
    for (const [id, record] of portion.records) found.set(id, contactFromRecord(record, lockField));
    progress?.onProgress((finished += portion.ids.length));
    if (progress?.signal.aborted === true) break;
  }
  return found;
}
