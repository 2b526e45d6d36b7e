import { type Contact, contactFromRecord } from "../api/record/contact";
import { cleanedUserData, folded } from "../api/record/key";
import {
  isNoBatchAnswer,
  type LookUpClient,
  type LookUpPorts,
  type LookUpProgress,
  rememberBatchLookUp,
  resolveUserData,
} from "./resolveContacts";
import { batchSize } from "./readContacts";

/** The contacts with one UserData: exactly one, several, only similar ones, or none. */
export type Match =
  /** `alike`: contacts with a similar UserData, which a server may treat as the same. */
  | { readonly kind: "one"; readonly contact: Contact; readonly alike: readonly Contact[] }
  | { readonly kind: "several" | "alike"; readonly contacts: readonly Contact[] }
  | { readonly kind: "none" };

export type ListResolution =
  | { readonly kind: "found"; readonly match: (userData: string) => Match }
  /** The server cannot look up UserData, and reading the whole list was declined. */
  | { readonly kind: "unusable" }
  | { readonly kind: "cancelled" };

export type ListPorts = LookUpPorts & LookUpProgress;

/**
 * Up to this number, UserData are looked up one by one if the server has no batch read; beyond it the whole list is
 * read.
 */
const mostOneByOne = 50;

/**
 * Looks up the contacts of each UserData of a list. Every record is compared exactly.
 * @throws ApiError if the server cannot be reached
 */
export async function resolveUserDataList(
  client: LookUpClient,
  keys: readonly string[],
  ports: ListPorts,
): Promise<ListResolution> {
  const found = new Carriers();
  for (let start = 0; start < keys.length; start += batchSize) {
    const chunk = keys.slice(start, start + batchSize);
    try {
      const records = await client.readBatch({ userData: withCleaned(chunk) }, ports.reading);
      rememberBatchLookUp(client);
      for (const record of records) found.add(contactFromRecord(record, ports.lockField));
    } catch (error) {
      if (!isNoBatchAnswer(error)) throw error;
      return keys.length > mostOneByOne ? fromWholeList(client, keys, ports) : oneByOne(client, keys, ports);
    }
    if (ports.signal.aborted) return { kind: "cancelled" };
    ports.onProgress(start + chunk.length);
  }
  return found;
}

/** A UserData with invisible signs may be stored without them, so that a look-alike is found. */
function withCleaned(keys: readonly string[]): string[] {
  return [...new Set(keys.flatMap((key) => [key, cleanedUserData(key)]))].filter((key) => key !== "");
}

async function oneByOne(
  client: LookUpClient,
  keys: readonly string[],
  ports: ListPorts,
): Promise<ListResolution> {
  const found = new Carriers();
  for (const [index, key] of keys.entries()) {
    for (const each of withCleaned([key])) {
      const resolution = await resolveUserData(client, each, ports);
      if (ports.signal.aborted) return { kind: "cancelled" };
      if (resolution.kind === "unusable") return resolution;
      for (const contact of [...resolution.exact, ...resolution.alike]) found.add(contact);
    }
    ports.onProgress(index + 1);
  }
  return found;
}

async function fromWholeList(
  client: LookUpClient,
  keys: readonly string[],
  ports: ListPorts,
): Promise<ListResolution> {
  if (!(await ports.mayReadWholeList())) return { kind: "unusable" };
  const wanted = new Set(keys.map(folded));
  const found = new Carriers();
  for await (const { records } of client.listContacts(undefined, { signal: ports.signal })) {
    if (ports.signal.aborted) return { kind: "cancelled" };
    for (const record of records) {
      if (typeof record.UserData !== "string" || !wanted.has(folded(record.UserData))) continue;
      found.add(contactFromRecord(record, ports.lockField));
    }
  }
  ports.onProgress(keys.length);
  return found;
}

/** Contacts by UserData, including those with a similar UserData. */
class Carriers {
  readonly kind = "found";
  readonly #byFolded = new Map<string, Map<string, Contact>>();

  /** A contact that is found twice, by two similar keys, counts once. */
  add(contact: Contact): void {
    const key = folded(contact.userData ?? "");
    const carriers = this.#byFolded.get(key) ?? new Map<string, Contact>();
    carriers.set(contact.idText, contact);
    this.#byFolded.set(key, carriers);
  }

  readonly match = (userData: string): Match => {
    const carriers = [...(this.#byFolded.get(folded(userData))?.values() ?? [])];
    const exact = carriers.filter((contact) => contact.userData === userData);
    const [only] = exact;
    if (only !== undefined) {
      const alike = carriers.filter((contact) => contact.userData !== userData);
      return exact.length === 1
        ? { kind: "one", contact: only, alike }
        : { kind: "several", contacts: exact };
    }
    return carriers.length === 0 ? { kind: "none" } : { kind: "alike", contacts: carriers };
  };
}
