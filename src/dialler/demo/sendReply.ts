import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import type { WireRecord } from "../api/record/wire";
import type { Reply } from "./reply";

const pieceLength = 64 * 1024;

/** Writes a reply. A list is created while it is sent, no faster than the client reads it. */
export async function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  if (reply.kind === "empty") {
    response.writeHead(reply.status, { "Content-Length": 0, ...reply.headers }).end();
    return;
  }
  if (reply.kind === "json") {
    const text = JSON.stringify(reply.body);
    response.writeHead(reply.status, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(text),
      ...reply.headers,
    });
    response.end(text);
    return;
  }
  const zipped = acceptsGzip(request.headers["accept-encoding"]);
  response.writeHead(200, {
    "Content-Type": "application/json",
    Vary: "Accept-Encoding",
    ...(zipped ? { "Content-Encoding": "gzip" } : {}),
  });
  const pieces = Readable.from(inPieces(listText(reply.records)), { objectMode: false });
  const zip = createGzip({ level: constants.Z_BEST_SPEED });
  await (zipped ? pipeline(pieces, zip, response) : pipeline(pieces, response));
}

/** `count` comes after the records, so that it always equals the number sent. */
function* listText(records: Iterable<WireRecord>): Generator<string> {
  yield '{"filter":"","limitStart":0,"limitPageSize":-1,"records":[';
  let count = 0;
  for (const record of records) yield (count++ === 0 ? "" : ",") + JSON.stringify(record);
  yield `],"count":${count},"orderBy":"Name","ascending":true,"status":200}`;
}

function* inPieces(texts: Iterable<string>): Generator<Buffer> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  yield Buffer.from(piece);
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = String(header ?? "")
    .toLowerCase()
    .split(",");
  return codings.some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)|$)/.test(coding));
}
