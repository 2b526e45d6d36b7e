import type { IncomingMessage } from "node:http";
import { replyError, type Reply } from "./reply";

/** Large enough for a batch read of every key of a large campaign. */
const longestBody = 16 * 1024 * 1024;

/** The parsed body, or the reason why it is refused. Reads, deletes and locks have no body; sending one is an error. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ readonly body: unknown } | { readonly refusal: Reply }> {
  const text = await textOf(request);
  if (text === undefined) return { refusal: replyError(400, "The body is too long") };
  if (request.method !== "POST") {
    return text === "" ? { body: undefined } : { refusal: replyError(400, "This call takes no body") };
  }
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    return { refusal: replyError(400, "Content-Type must be application/json") };
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { refusal: replyError(400, "The body is not JSON") };
  }
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length <= longestBody) pieces.push(piece);
  }
  return length > longestBody ? undefined : Buffer.concat(pieces).toString("utf8");
}
