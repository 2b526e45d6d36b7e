import type { DiallerClient } from "../api/diallerClient";
import { contactIdOf } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import { batchSize, type ContactReader, readAlone, readTogether } from "../lookup/readContacts";

/** The calls that reading whole records again needs. */
export type ExportClient = ContactReader & Pick<DiallerClient, "listContacts">;

/** The contacts meant, each with the campaign in whose list it is found; undefined: in that of all contacts. */
export type Wanted = ReadonlyMap<number, number | undefined>;

/** More contacts than this are picked out of the lists, which come in one answer each. */
const mostByBatch = 1000;
/** So many are read one by one where the server has no batch read. */
const mostOneByOne = 50;

/**
 * The whole records of contacts as they are now, in batches; those that are gone are missing. No more is held than the
 * IDs and one batch. @throws ApiError; `Cancelled` after an abort
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

/** Takes out of `left` what was asked for; all of it stays on a server without the batch read. */
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
    // A server that does not know the question has sent every campaign's contacts already.
    const isLeft = [...left].some((id) => campaign === undefined || wanted.get(id) === campaign);
    if (!isLeft) continue;
    for await (const { records } of client.listContacts(campaign, { signal })) {
      const meant = records.filter((record) => {
        const id = contactIdOf(record.ID);
        return id !== undefined && left.delete(id);
      });
      // In portions: what a batch of the list is made into would keep everything else waiting.
      for (let start = 0; start < meant.length; start += batchSize) {
        yield meant.slice(start, start + batchSize);
      }
    }
  }
}
