import { type Contact, contactFromRecord } from "../api/record/contact";
import { folded } from "../api/record/key";
import {
  isNoAnswer,
  type LookUpClient,
  type LookUpPorts,
  type LookUpProgress,
  resolveUserData,
} from "./resolveContacts";
import { batchSize } from "./readContacts";

/** The contacts of one UserData: exactly one, several that share it, none but some that look like it, or none. */
export type Match =
  /** `alike`: others whose UserData only looks like it, which a server may take for the same. */
  | { readonly kind: "one"; readonly contact: Contact; readonly alike: readonly Contact[] }
  | { readonly kind: "several" | "alike"; readonly contacts: readonly Contact[] }
  | { readonly kind: "none" };

export type ListResolution =
  | { readonly kind: "found"; readonly match: (userData: string) => Match }
  /** The server cannot look UserData up, and reading the whole list was declined. */
  | { readonly kind: "unusable" }
  | { readonly kind: "cancelled" };

export type ListPorts = LookUpPorts & LookUpProgress;

/** So many UserData are looked up one by one where the server has no batch read; more are found by reading the list. */
const mostOneByOne = 50;

/**
 * The contacts that each UserData of a list means, every record compared exactly.
 * @throws ApiError when the server cannot be asked
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
      const records = await client.readBatch({ userData: chunk });
      for (const record of records) found.add(contactFromRecord(record, ports.lockField));
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      return keys.length > mostOneByOne ? fromWholeList(client, keys, ports) : oneByOne(client, keys, ports);
    }
    if (ports.signal.aborted) return { kind: "cancelled" };
    ports.onProgress(start + chunk.length);
  }
  return found;
}

async function oneByOne(
  client: LookUpClient,
  keys: readonly string[],
  ports: ListPorts,
): Promise<ListResolution> {
  const found = new Carriers();
  for (const [index, key] of keys.entries()) {
    const resolution = await resolveUserData(client, key, ports);
    if (ports.signal.aborted) return { kind: "cancelled" };
    if (resolution.kind === "unusable") return resolution;
    for (const contact of [...resolution.exact, ...resolution.alike]) found.add(contact);
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

/** Contacts by their UserData, the look-alikes beside the exact ones. */
class Carriers {
  readonly kind = "found";
  readonly #byFolded = new Map<string, Map<string, Contact>>();

  /** A contact that came twice, as two keys that look alike bring it, is one. */
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
