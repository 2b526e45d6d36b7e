import type { CallOptions, DiallerClient } from "../api/diallerClient";
import { NoSuchContact, NoSuchPath } from "../api/http/replyErrors";
import { contactIdOf } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";

/** The calls by which contacts are read by ID. */
export type ContactReader = Pick<DiallerClient, "getContact" | "readBatch">;

/** How many contacts one batch read asks for. */
export const batchSize = 100;

/** Clients whose servers turned out to have no batch read. */
const withoutBatchRead = new WeakSet<ContactReader>();

/**
 * Several contacts in one call, by ID; an absent one is missing from the answer. Undefined: this server has no batch
 * read, and each contact is read by itself. Not for more than `batchSize`. @throws ApiError
 */
export async function readTogether(
  client: ContactReader,
  ids: readonly number[],
  options: CallOptions = {},
): Promise<ReadonlyMap<number, WireRecord> | undefined> {
  if (withoutBatchRead.has(client)) return undefined;
  try {
    const records = await client.readBatch({ ids }, options);
    return new Map(records.flatMap((record) => keyed(record)));
  } catch (error) {
    // A 404 with JSON speaks of the whole question, such as its language; it tells nothing of each contact.
    if (!(error instanceof NoSuchPath || error instanceof NoSuchContact)) throw error;
    withoutBatchRead.add(client);
    return undefined;
  }
}

/** One contact, in the way that every server knows; undefined: it is certainly absent. @throws ApiError */
export async function readAlone(
  client: ContactReader,
  id: number,
  options: CallOptions = {},
): Promise<WireRecord | undefined> {
  try {
    return await client.getContact(id, options);
  } catch (error) {
    if (error instanceof NoSuchContact) return undefined;
    throw error;
  }
}

/** What was found of some of the IDs that were asked for. */
export interface ReadPortion {
  readonly ids: readonly number[];
  /** By ID; an absent contact is missing. */
  readonly records: ReadonlyMap<number, WireRecord>;
}

/**
 * Contacts by ID, in portions and in the order asked for: by the batch read, else one by one. Ends early, without an
 * error, where the signal aborts between two requests. @throws ApiError
 */
export async function* readContacts(
  client: ContactReader,
  ids: readonly number[],
  options: CallOptions = {},
): AsyncGenerator<ReadPortion> {
  const isOver = (): boolean => options.signal?.aborted === true;
  for (let start = 0; start < ids.length && !isOver(); start += batchSize) {
    const chunk = ids.slice(start, start + batchSize);
    const together = ids.length > 1 ? await readTogether(client, chunk, options) : undefined;
    if (together !== undefined) {
      yield { ids: chunk, records: together };
      continue;
    }
    for (const id of chunk) {
      if (isOver()) return;
      const record = await readAlone(client, id, options);
      yield { ids: [id], records: new Map(record === undefined ? [] : [[id, record]]) };
    }
  }
}

function keyed(record: WireRecord): [number, WireRecord][] {
  const id = contactIdOf(record.ID);
  return id === undefined ? [] : [[id, record]];
}
