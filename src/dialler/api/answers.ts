import type { BatchKeys } from "./calls";
import type { Reply } from "./http/exchange";
import { UnreadableReply } from "./http/replyErrors";
import { folded } from "./record/key";
import type { WireRecord } from "./record/wire";

/** A small answer that was read completely. */
export interface Answer {
  readonly reply: Reply;
  readonly records: readonly WireRecord[];
  /** The number of records that the server reports; undefined if it reports none. */
  readonly count: number | undefined;
}

/**
 * The one requested record.
 * @throws UnreadableReply if the answer contains anything else
 */
export function onlyRecord({ reply, records }: Answer, id: number): WireRecord {
  const [record] = records;
  if (record === undefined || records.length !== 1 || String(record.ID) !== String(id)) {
    throw new UnreadableReply(reply.asked, reply.status, "wrongRecord");
  }
  return record;
}

/**
 * The records of a batch read.
 * @throws UnreadableReply if a record was not requested, or if their number differs from the one that the server
 * reports, because a missing contact must be certainly absent
 */
export function batchRecords({ reply, records, count }: Answer, keys: BatchKeys): readonly WireRecord[] {
  const wantedIds = new Set((keys.ids ?? []).map(String));
  const wantedUserData = new Set((keys.userData ?? []).map(folded));
  const isWanted = ({ ID, UserData }: WireRecord): boolean =>
    wantedIds.has(String(ID)) || wantedUserData.has(folded(String(UserData)));
  const contradicts = count !== undefined && count !== records.length;
  if (contradicts || !records.every(isWanted)) {
    throw new UnreadableReply(reply.asked, reply.status, "wrongRecord");
  }
  return records;
}
