import { setImmediate as nextTurn } from "node:timers/promises";
import type { Reply } from "../http/exchange";
import { UnreadableReply } from "../http/replyErrors";
import { isRecord } from "../record/isRecord";
import { decodedJson, type Loss, withLoss } from "../record/wholeRecord";
import type { WireRecord } from "../record/wire";
import { ContactPacker } from "./contactPacker";
import { BrokenJson } from "./jsonBytes";
import type { PackedContacts } from "./packedContacts";
import { RecordScanner, type ScannerOptions } from "./recordScanner";

/** Some records of a list reply, in the server's order. */
export interface RecordBatch<Records = readonly WireRecord[]> {
  readonly records: Records;
  /** The number of records that the server reports; known with the last batch at the latest. */
  readonly announced?: number;
}

/** Collects the records of a list until they are taken. */
interface Gatherer<Records> {
  readonly scanned: ScannerOptions;
  readonly count: () => number;
  readonly take: () => Records;
}

/**
 * The records of a list reply as they arrive. A list that ends before its closing bracket is an error, never a shorter
 * list. The records before the error have been returned by then.
 * @throws ApiError (`UnreadableReply` if it is not a list or is truncated, `TooLarge` above the limit)
 */
export function readRecords(reply: Reply, capBytes: number): AsyncGenerator<RecordBatch> {
  let records: WireRecord[] = [];
  return gathered(reply, capBytes, {
    scanned: {
      slots: 0,
      slotOf: () => undefined,
      onRecord: (bytes, start, end) => {
        records.push(recordFrom(bytes.subarray(start, end)));
      },
    },
    count: () => records.length,
    take: () => {
      const taken = records;
      records = [];
      return taken;
    },
  });
}

/** The same for contacts, with only the members that make up a contact. @throws ApiError */
export function readPackedContacts(
  reply: Reply,
  capBytes: number,
  lockField: string,
): AsyncGenerator<RecordBatch<PackedContacts>> {
  const packer = new ContactPacker(lockField);
  return gathered(reply, capBytes, { scanned: packer, count: () => packer.count, take: () => packer.take() });
}

/** A batch is returned for the first record, and then whenever it is this large or this old. */
const batchRecords = 1000;
const batchMs = 100;
/** The longest time to work before yielding to other tasks. */
const workMs = 12;

async function* gathered<Records>(
  reply: Reply,
  capBytes: number,
  gatherer: Gatherer<Records>,
): AsyncGenerator<RecordBatch<Records>> {
  const scanner = new RecordScanner(gatherer.scanned);
  const handedOut = { at: -Infinity };
  let turnBegan = performance.now();
  try {
    for await (const chunk of reply.bytes(capBytes)) {
      scanner.push(chunk);
      const now = performance.now();
      const waiting = gatherer.count();
      if (waiting >= batchRecords || (waiting > 0 && now - handedOut.at >= batchMs)) {
        handedOut.at = now;
        yield { records: gatherer.take() };
      }
      if (now - turnBegan >= workMs) {
        await nextTurn();
        turnBegan = performance.now();
      }
    }
    if (!scanner.end()) throw new UnreadableReply(reply.asked, reply.status, "cut");
  } catch (error) {
    // Complete records before the fault are returned; the error says that the list was incomplete.
    if (gatherer.count() > 0) yield { records: gatherer.take() };
    throw error instanceof BrokenJson
      ? new UnreadableReply(reply.asked, reply.status, error.how, error)
      : error;
  }
  const { count, status } = scanner.envelope;
  const announced = count === undefined ? undefined : Number(count);
  yield {
    records: gatherer.take(),
    ...(announced === undefined || !Number.isFinite(announced) ? {} : { announced }),
  };
  if (status !== undefined && statusContradicts({ status: Number(status.replace(/"/g, "")) })) {
    throw new UnreadableReply(reply.asked, reply.status, "statusInBody");
  }
}

/**
 * The records of an envelope that was read completely, each marked with what it lost in decoding.
 * @throws UnreadableReply
 */
export function recordsOf(
  reply: Reply,
  body: Uint8Array,
): { readonly records: readonly WireRecord[]; readonly count: number | undefined } {
  let envelope: unknown;
  let loss: Loss | undefined;
  try {
    ({ value: envelope, loss } = decodedJson(body));
  } catch (cause) {
    throw new UnreadableReply(reply.asked, reply.status, "notJson", cause);
  }
  if (!isRecord(envelope)) throw new UnreadableReply(reply.asked, reply.status, "wrongShape");
  if (statusContradicts(envelope)) throw new UnreadableReply(reply.asked, reply.status, "statusInBody");
  const { records, count } = envelope;
  if (!Array.isArray(records) || !records.every(isRecord)) {
    throw new UnreadableReply(reply.asked, reply.status, "wrongShape");
  }
  return {
    records: loss === undefined ? records : oneByOne(body, records, loss),
    count: typeof count === "number" ? count : undefined,
  };
}

/** The same records, decoded one by one, because not each of them need have lost something. */
function oneByOne(body: Uint8Array, records: readonly WireRecord[], loss: Loss): readonly WireRecord[] {
  const found: WireRecord[] = [];
  const scanner = new RecordScanner({
    slots: 0,
    slotOf: () => undefined,
    onRecord: (bytes, start, end) => {
      found.push(recordFrom(bytes.subarray(start, end)));
    },
  });
  try {
    scanner.push(body);
    if (scanner.end() && found.length === records.length) return found;
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
  }
  return records.map((record) => withLoss(record, loss));
}

function recordFrom(bytes: Uint8Array): WireRecord {
  const { value, loss } = decodedJson(bytes);
  return withLoss(isRecord(value) ? value : {}, loss);
}

/** Whether the `status` member of a 2xx reply reports a failure. */
export function statusContradicts(envelope: WireRecord): boolean {
  const status = Number(envelope.status ?? 200);
  return Number.isFinite(status) && (status < 200 || status > 299);
}
