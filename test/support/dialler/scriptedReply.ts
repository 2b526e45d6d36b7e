import { STATUS_CODES } from "node:http";
import { connect, type Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { createGzip, gzipSync } from "node:zlib";
import type { SocketReader } from "./socketReader";

/** What a scripted server does to the connection when a request has come. Leaves it open for the next one, unless it says otherwise. */
export type ScriptedReply = (socket: Socket, reader: SocketReader) => void | Promise<void>;

/** Header lines; a name with a list of values is sent once for each. */
export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

export function json(status: number, body: unknown, headers: ReplyHeaders = {}): ScriptedReply {
  return text(status, JSON.stringify(body), { "Content-Type": "application/json", ...headers });
}

/** A failure in the dialler's own form. */
export function error(status: number, headers: ReplyHeaders = {}): ScriptedReply {
  return json(status, { status, error: `error ${status}` }, headers);
}

export function html(status: number, body: string, headers: ReplyHeaders = {}): ScriptedReply {
  return text(status, body, { "Content-Type": "text/html; charset=utf-8", ...headers });
}

/** Any body; `Content-Length` is added. */
export function text(status: number, body: string | Buffer, headers: ReplyHeaders = {}): ScriptedReply {
  return raw(whole(status, body, headers));
}

/** A status without a body: the dialler's way to say that an endpoint does not exist is `empty(404)`. */
export function empty(status: number, headers: ReplyHeaders = {}): ScriptedReply {
  return status === 204 ? raw(head(status, headers)) : text(status, "", headers);
}

export function redirect(status: 301 | 302 | 303 | 307 | 308, location: string): ScriptedReply {
  return empty(status, { Location: location });
}

export function gzipped(status: number, body: unknown, headers: ReplyHeaders = {}): ScriptedReply {
  const bytes = gzipSync(JSON.stringify(body));
  return text(status, bytes, { "Content-Type": "application/json", "Content-Encoding": "gzip", ...headers });
}

/** The pieces as chunks of their own, written when they are due; an endless iterable is an endless body. */
export function chunked(
  status: number,
  pieces: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  headers: ReplyHeaders = {},
): ScriptedReply {
  return async (socket) => {
    await write(socket, head(status, { "Transfer-Encoding": "chunked", ...headers }));
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      if (bytes.length === 0) continue;
      await write(
        socket,
        Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]),
      );
      if (socket.destroyed) return;
    }
    await write(socket, "0\r\n\r\n");
  };
}

/** HTTP/1.0 as old servers speak it: no length, the end of the connection ends the body. */
export function http10(status: number, body: string, headers: ReplyHeaders = {}): ScriptedReply {
  const all = { "Content-Type": "application/json", Connection: "close", ...headers };
  return (socket) => {
    socket.end(head(status, all).replace("HTTP/1.1", "HTTP/1.0") + body);
  };
}

/** An interim answer (103), then the real one. */
export function earlyHints(reply: ScriptedReply): ScriptedReply {
  return async (socket, reader) => {
    await write(socket, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
    await reply(socket, reader);
  };
}

/** Bytes as they are. */
export function raw(
  bytes: string | Buffer,
  then: "keepOpen" | "close" | "reset" = "keepOpen",
): ScriptedReply {
  return async (socket) => {
    await write(socket, bytes);
    if (then === "close") socket.end();
    if (then === "reset") resetNow(socket);
  };
}

/** Ends the connection without a word (RST), as a crashing server or a firewall does. */
export function reset(): ScriptedReply {
  return (socket) => resetNow(socket);
}

/** Ends the connection without a word, in good order. */
export function hangUp(): ScriptedReply {
  return (socket) => {
    socket.end();
  };
}

/** Never answers; the connection stays open until the client or `stop` ends it. */
export function hang(): ScriptedReply {
  return (socket) => new Promise((resolve) => socket.once("close", () => resolve()));
}

/** Announces the whole body, sends its first `length` bytes and ends the connection. */
export function cut(
  status: number,
  body: string,
  length = Math.floor(Buffer.byteLength(body) / 2),
): ScriptedReply {
  const bytes = Buffer.from(body);
  const size = { "Content-Type": "application/json", "Content-Length": String(bytes.length) };
  return async (socket) => {
    await write(socket, head(status, size));
    await write(socket, bytes.subarray(0, length));
    // At once, a reset could overtake the bytes.
    await wait(20);
    socket.destroy();
  };
}

/** The head at once, the body in portions of `bytes` every `everyMs`. */
export function drip(status: number, body: string, bytes: number, everyMs: number): ScriptedReply {
  return async (socket) => {
    const all = Buffer.from(body);
    const size = { "Content-Type": "application/json", "Content-Length": String(all.length) };
    await write(socket, head(status, size));
    for (let place = 0; place < all.length && !socket.destroyed; place += bytes) {
      await write(socket, all.subarray(place, place + bytes));
      await wait(everyMs);
    }
  };
}

export function notHttp(): ScriptedReply {
  return raw("NOT HTTP\r\nat all\r\n\r\n", "close");
}

/** A head larger than Node's client takes (16 kB). */
export function hugeHeader(status: number, bytes = 70_000): ScriptedReply {
  return empty(status, { "X-Padding": "x".repeat(bytes) });
}

/** Waits before the reply. */
export function after(ms: number, reply: ScriptedReply): ScriptedReply {
  return async (socket, reader) => {
    await wait(ms);
    if (!socket.destroyed) await reply(socket, reader);
  };
}

/** A proxy's yes to a CONNECT: from here on the bytes go to a port of this computer and back. */
export function tunnel(port: number): ScriptedReply {
  return async (socket, reader) => {
    const target = connect(port, "127.0.0.1");
    target.on("error", () => socket.destroy());
    await write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
    target.pipe(socket);
    for await (const bytes of reader.rest()) target.write(bytes);
    target.end();
  };
}

/** Zipped, a thousandth of what it becomes: `megabytes` of records that are one long comment. */
export function gzipBomb(megabytes: number): ScriptedReply {
  return async (socket) => {
    const zipped = { "Content-Type": "application/json", "Content-Encoding": "gzip", Connection: "close" };
    await write(socket, head(200, zipped));
    const megabyte = Buffer.alloc(1024 * 1024, "x");
    function* pieces(): Generator<Buffer> {
      yield Buffer.from('{"records":[{"ID":1,"Comment":"');
      for (let sent = 0; sent < megabytes; sent++) yield megabyte;
    }
    // Who reads it goes away in the middle of it.
    await pipeline(pieces, createGzip(), socket).catch(() => undefined);
  };
}

function whole(status: number, body: string | Buffer, headers: ReplyHeaders): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(head(status, { "Content-Length": String(bytes.length), ...headers })),
    bytes,
  ]);
}

function head(status: number, headers: ReplyHeaders): string {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    (typeof values === "string" ? [values] : values).map((value) => `${name}: ${value}\r\n`),
  );
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Whatever"}\r\n${lines.join("")}\r\n`;
}

/** Resolves when the bytes are on their way, so that a reader that stands still stops the script too. */
function write(socket: Socket, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.write(bytes, () => resolve());
  });
}

/** Over TLS there is no way to send the reset; the connection is torn down instead. */
function resetNow(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
