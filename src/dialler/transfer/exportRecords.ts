import { NoSuchContact } from "../api/http/apiError";
import { contactIdOf } from "../api/record/key";
import type { RecordBatch } from "../api/scan/recordReader";
import { controlOf, type RepeatControl } from "../api/repeat";
import type { WireRecord } from "../api/record/wire";
import { isNoAnswer, readAtOnce } from "../lookup/resolveContacts";

/** The calls that reading whole records again needs. */
export interface ExportClient {
  getContact(id: number, control?: RepeatControl, signal?: AbortSignal): Promise<WireRecord>;
  readBatch(
    keys: { readonly ids: readonly number[] },
    languageId: undefined,
    control: RepeatControl,
    signal: AbortSignal,
  ): Promise<readonly WireRecord[]>;
  listContacts(campaignId: number | undefined, signal: AbortSignal): AsyncIterable<RecordBatch>;
}

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
  if (wanted.size <= mostByBatch) {
    const found = yield* byBatch(client, [...wanted.keys()], signal);
    if (found) return;
  }
  if (wanted.size <= mostOneByOne) yield* oneByOne(client, wanted, signal);
  else yield* fromLists(client, wanted, signal);
}

/** False, and nothing is handed out, on a server without the batch read. */
async function* byBatch(
  client: ExportClient,
  ids: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[], boolean> {
  for (let start = 0; start < ids.length; start += readAtOnce) {
    const chunk = ids.slice(start, start + readAtOnce);
    let records: readonly WireRecord[];
    try {
      records = await client.readBatch({ ids: chunk }, undefined, controlOf(signal), signal);
    } catch (error) {
      if (start > 0 || !isNoAnswer(error)) throw error;
      return false;
    }
    const byId = new Map<unknown, WireRecord>(records.map((record) => [contactIdOf(record.ID), record]));
    yield chunk.map((id) => byId.get(id)).filter((record) => record !== undefined);
  }
  return true;
}

async function* oneByOne(
  client: ExportClient,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  for (const id of wanted.keys()) {
    try {
      yield [await client.getContact(id, controlOf(signal), signal)];
    } catch (error) {
      if (!(error instanceof NoSuchContact)) throw error;
    }
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
    for await (const { records } of client.listContacts(campaign, signal)) {
      const meant = records.filter((record) => {
        const id = contactIdOf(record.ID);
        return id !== undefined && left.delete(id);
      });
      // In portions: what a batch of the list is made into would keep everything else waiting.
      for (let start = 0; start < meant.length; start += readAtOnce) {
        yield meant.slice(start, start + readAtOnce);
      }
    }
  }
}
