import type { CallOptions } from "../api/callOptions";
import type { DiallerClient } from "../api/diallerClient";
import { barsBatchRead } from "../api/fault";
import { NoSuchContact } from "../api/http/replyErrors";
import { contactIdOf } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";

/** The calls by which contacts are read by ID. */
export type ContactReader = Pick<DiallerClient, "getContact" | "readBatch">;

/** The number of contacts in one batch read. */
export const batchSize = 100;

/** Clients whose servers have no batch read. */
const withoutBatchRead = new WeakSet<ContactReader>();

/**
 * Reads several contacts in one call, at most `batchSize`. Absent contacts are missing from the result. Undefined: the
 * server has no batch read, so each contact must be read on its own.
 * @throws ApiError
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
    if (!barsBatchRead(error)) throw error;
    withoutBatchRead.add(client);
    return undefined;
  }
}

/**
 * Reads one contact with the call that every server has; undefined if it is certainly absent.
 * @throws ApiError
 */
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

/** The result for some of the requested IDs. */
export interface ReadPortion {
  readonly ids: readonly number[];
  /** By ID, without absent contacts. */
  readonly records: ReadonlyMap<number, WireRecord>;
}

/**
 * Reads contacts by ID, in portions and in the given order, with the batch read or one by one. Ends early, without an
 * error, if the signal aborts between two requests.
 * @throws ApiError
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
