import type { BatchKeys } from "./calls";
import type { Reply } from "./http/exchange";
import { UnreadableReply } from "./http/replyErrors";
import { folded } from "./record/key";
import type { WireRecord } from "./record/wire";

/** A small answer that was read whole. */
export interface Answer {
  readonly reply: Reply;
  readonly records: readonly WireRecord[];
  /** How many records the server says it sent; undefined when it does not say. */
  readonly count: number | undefined;
}

/** The one record that was asked for. @throws UnreadableReply when the answer holds anything else */
export function onlyRecord({ reply, records }: Answer, id: number): WireRecord {
  const [record] = records;
  if (record === undefined || records.length !== 1 || String(record.ID) !== String(id)) {
    throw new UnreadableReply(reply.asked, reply.status, "wrongRecord");
  }
  return record;
}

/**
 * The records of a batch read. @throws UnreadableReply when one of them was not asked for, or when there are not as
 * many as the server says: a missing contact must be certainly gone
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
