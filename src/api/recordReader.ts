import { UnreadableReply } from "./apiError";
import { decoderOf, type Reply } from "./exchange";
import type { WireRecord } from "./wire";

/** Some records of a list reply, in the server's order. */
export interface RecordBatch {
  readonly records: readonly WireRecord[];
  /** How many records the server says the list has; known with the last batch at the latest. */
  readonly announced?: number;
}

/**
 * The records of a list reply as they arrive. A list that ends before its closing bracket is an error, never a
 * shorter list.
 * @throws ApiError (`UnreadableReply` when it is not a list, `TooLarge` beyond the cap)
 */
export async function* readRecords(reply: Reply, capBytes: number): AsyncGenerator<RecordBatch> {
  const parts: Uint8Array[] = [];
  for await (const part of reply.bytes(capBytes)) parts.push(part);
  const text = decoderOf(reply.header("content-type")).decode(Buffer.concat(parts));
  const { records, count } = recordsOf(reply, text);
  yield count === undefined ? { records } : { records, announced: count };
}

/** The records of an envelope that is read whole. @throws UnreadableReply */
export function recordsOf(
  reply: Reply,
  text: string,
): { readonly records: readonly WireRecord[]; readonly count: number | undefined } {
  const envelope = jsonOf(reply, text);
  if (!isRecord(envelope)) throw new UnreadableReply(reply.asked, reply.status, "wrongShape");
  if (statusContradicts(envelope)) throw new UnreadableReply(reply.asked, reply.status, "statusInBody");
  const records = envelope.records;
  if (!Array.isArray(records) || !records.every(isRecord)) {
    throw new UnreadableReply(reply.asked, reply.status, "wrongShape");
  }
  const count = envelope.count;
  return { records, count: typeof count === "number" ? count : undefined };
}

function jsonOf(reply: Reply, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return value;
  } catch (cause) {
    throw new UnreadableReply(reply.asked, reply.status, "notJson", cause);
  }
}

/** A JSON object, not an array. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A 2xx whose own `status` member reports a failure. */
export function statusContradicts(envelope: WireRecord): boolean {
  const status = Number(envelope.status ?? 200);
  return Number.isFinite(status) && (status < 200 || status > 299);
}
