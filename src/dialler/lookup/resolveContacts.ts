import type { DiallerClient } from "../api/diallerClient";
import { type ContactReader, readContacts } from "./readContacts";
import { ApiError } from "../api/http/apiError";
import { NoSuchContact, NoSuchPath, UnreadableReply } from "../api/http/replyErrors";
import { type Contact, contactFromRecord } from "../api/record/contact";
import { checkedUserData, looksAlike } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import type { RecordBatch } from "../api/scan/recordReader";

/** What a UserData stands for on the server. */
export type Resolution =
  /** Contacts that carry exactly the UserData, and those whose UserData only looks like it. */
  | { readonly kind: "found"; readonly exact: readonly Contact[]; readonly alike: readonly Contact[] }
  /** The server cannot look a UserData up, and reading the whole list was declined. */
  | { readonly kind: "unusable" };

/** The calls a look-up may make. */
export type LookUpClient = ContactReader &
  Pick<DiallerClient, "findByUserData" | "listByUserData" | "listContacts">;

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
        return await meantAmong(client.listByUserData(userData, { signal }), userData, "mustAllBe");
      case "list":
        return await meantAmong(client.listContacts(undefined, { signal }), userData, "mayBeOthers");
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
  client: ContactReader,
  ids: readonly number[],
  lockField: string,
  progress?: LookUpProgress,
): Promise<ReadonlyMap<number, Contact>> {
  const found = new Map<number, Contact>();
  let finished = 0;
  // A request under way may finish: what it finds is part of the answer.
  for await (const portion of readContacts(client, ids)) {
    for (const [id, record] of portion.records) found.set(id, contactFromRecord(record, lockField));
    progress?.onProgress((finished += portion.ids.length));
    if (progress?.signal.aborted === true) break;
  }
  return found;
}
