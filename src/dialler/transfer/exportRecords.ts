import type { DiallerClient } from "../api/diallerClient";
import { contactIdOf } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import { batchSize, type ContactReader, readAlone, readTogether } from "../lookup/readContacts";

/** The calls that reading complete records needs. */
export type ExportClient = ContactReader & Pick<DiallerClient, "listContacts">;

/** The contacts to export, each with the campaign whose list contains it; undefined: the list of all contacts. */
export type Wanted = ReadonlyMap<number, number | undefined>;

/** More contacts than this are read from the lists, which come in one answer each. */
const mostByBatch = 1000;
/** Up to this number, contacts are read one by one if the server has no batch read. */
const mostOneByOne = 50;

/**
 * Reads the complete current records of contacts, in batches. Contacts that no longer exist are missing. Holds only the
 * IDs and one batch.
 * @throws ApiError; `Cancelled` after an abort
 */
export async function* wholeRecords(
  client: ExportClient,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  const left = new Map(wanted);
  if (wanted.size <= mostByBatch) yield* byBatch(client, left, signal);
  if (left.size <= mostOneByOne) yield* oneByOne(client, left, signal);
  else yield* fromLists(client, left, signal);
}

/** Removes the requested IDs from `left`. On a server without the batch read, all of them stay. */
async function* byBatch(
  client: ExportClient,
  left: Map<number, number | undefined>,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  const ids = [...left.keys()];
  for (let start = 0; start < ids.length; start += batchSize) {
    const chunk = ids.slice(start, start + batchSize);
    const records = await readTogether(client, chunk, { signal });
    if (records === undefined) return;
    for (const id of chunk) left.delete(id);
    yield chunk.map((id) => records.get(id)).filter((record) => record !== undefined);
  }
}

async function* oneByOne(
  client: ExportClient,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  for (const id of wanted.keys()) {
    const record = await readAlone(client, id, { signal });
    if (record !== undefined) yield [record];
  }
}

async function* fromLists(
  client: ExportClient,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  const left = new Set(wanted.keys());
  const campaigns = [...new Set(wanted.values())].filter((campaign) => campaign !== undefined);
  const inNone = [...wanted.values()].includes(undefined);
  for (const campaign of inNone ? [...campaigns, undefined] : campaigns) {
    // A server that ignores the campaign parameter has already sent the contacts of all campaigns.
    const isLeft = [...left].some((id) => campaign === undefined || wanted.get(id) === campaign);
    if (!isLeft) continue;
    for await (const { records } of client.listContacts(campaign, { signal })) {
      const requested = records.filter((record) => {
        const id = contactIdOf(record.ID);
        return id !== undefined && left.delete(id);
      });
      // In portions, because processing a whole batch of the list would block everything else.
      for (let start = 0; start < requested.length; start += batchSize) {
        yield requested.slice(start, start + batchSize);
      }
    }
  }
}
