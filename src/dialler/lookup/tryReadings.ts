import { type Contact, contactLabel } from "../api/record/contact";
import { folded } from "../api/record/key";
import { type LookUpClient, type LookUpProgress, resolveIds } from "./resolveContacts";
import { resolveUserDataList } from "./resolveList";

/** Keys that may be IDs or UserData, with the names that stand beside them in the text. */
export interface TriedKeys {
  readonly keys:
    | { readonly kind: "id"; readonly ids: readonly number[] }
    | { readonly kind: "userData"; readonly userData: readonly string[] };
  readonly names: ReadonlyMap<number | string, string>;
}

/** A key for which a contact was found. */
export interface TriedKey {
  readonly key: number | string;
  readonly contact: Contact;
  /** The name beside the key in the text, and whether it is the contact's. */
  readonly name?: string;
  readonly agrees?: boolean;
}

/** What a part of the keys means on the server. */
export interface Tried<Keys extends TriedKeys> {
  readonly reading: Keys;
  /** How many keys were looked up; 0 if the server cannot look them up. */
  readonly asked: number;
  readonly found: readonly TriedKey[];
}

/** Enough to tell IDs from UserData. */
const mostTried = 20;

/**
 * Looks up a part of each reading's keys, and puts the reading first whose names agree. `clear`: the one reading that
 * finds contacts, unless the text's names contradict it. Reads only.
 * @throws ApiError
 */
export async function tryReadings<Keys extends TriedKeys>(
  client: LookUpClient,
  readings: readonly Keys[],
  ports: LookUpProgress & { readonly lockField: string },
): Promise<{ readonly tried: readonly Tried<Keys>[]; readonly clear: Tried<Keys> | undefined }> {
  const tried: Tried<Keys>[] = [];
  for (const reading of readings) {
    const result = await tryKeys(client, reading, ports);
    if (ports.signal.aborted) break;
    tried.push(result);
  }
  tried.sort((a, b) => agreements(b) - agreements(a));
  const finding = tried.filter(({ found }) => found.length > 0);
  const [only] = finding;
  const isClear = finding.length === 1 && only?.found.every(({ agrees }) => agrees !== false);
  return { tried, clear: isClear === true ? only : undefined };
}

function agreements({ found }: Tried<TriedKeys>): number {
  return found.filter(({ agrees }) => agrees === true).length;
}

async function tryKeys<Keys extends TriedKeys>(
  client: LookUpClient,
  reading: Keys,
  ports: LookUpProgress & { readonly lockField: string },
): Promise<Tried<Keys>> {
  const { keys, names } = reading;
  if (keys.kind === "id") {
    const ids = spread(keys.ids);
    const contacts = await resolveIds(client, ids, ports.lockField, ports);
    const found = [...contacts].map(([id, contact]) => triedKey(id, contact, names.get(id)));
    return { reading, asked: ids.length, found };
  }
  const userData = spread(keys.userData);
  const resolution = await resolveUserDataList(client, userData, {
    ...ports,
    mayReadWholeList: () => Promise.resolve(false),
  });
  if (resolution.kind !== "found") return { reading, asked: 0, found: [] };
  const found = userData.flatMap((key) => {
    const match = resolution.match(key);
    const contacts = match.kind === "one" ? [match.contact] : match.kind === "several" ? match.contacts : [];
    return contacts.slice(0, 1).map((contact) => triedKey(key, contact, names.get(key)));
  });
  return { reading, asked: userData.length, found };
}

/** Keys from the whole list: its beginning alone may be older than the rest. */
function spread<T>(keys: readonly T[]): T[] {
  const step = Math.max(1, keys.length / mostTried);
  return Array.from(
    { length: Math.min(keys.length, mostTried) },
    (_, at) => keys[Math.floor(at * step)],
  ).filter((key) => key !== undefined);
}

function triedKey(key: number | string, contact: Contact, name: string | undefined): TriedKey {
  return name === undefined ? { key, contact } : { key, contact, name, agrees: isNameOf(contact, name) };
}

/** Whether a name is the contact's, in whatever order its parts are written. */
function isNameOf(contact: Contact, name: string): boolean {
  const words = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const wanted = new Set(words(contactLabel(contact)));
  const given = words(name);
  return (
    given.length > 0 &&
    given.filter((word) => wanted.has(word)).length >= Math.min(given.length, wanted.size, 2)
  );
}
