import { readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { projectRoot } from "../host/places";
import type { ScriptedReply } from "./scriptedReply";
import { SocketReader } from "./socketReader";

export interface ScriptedRequest {
  readonly method: string;
  /** With the query, undecoded. */
  readonly path: string;
  /** Names in lower case; a name that comes twice has both values, joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** 0 for the first request of this server. */
  readonly index: number;
}

/**
 * Certificates of the test server: signed by itself for 127.0.0.1, the same but expired in 2001, valid from 2100, or for
 * `other.invalid`; or issued by an intermediate authority, which is sent along.
 */
export type TestCertificate = "selfSigned" | "expired" | "wrongHost" | "notYetValid" | "chain";

export interface ScriptedServerOptions {
  readonly tls?: TestCertificate;
  /** 127.0.0.1 if not given. */
  readonly host?: string;
  readonly port?: number;
  readonly handler: (request: ScriptedRequest) => ScriptedReply | Promise<ScriptedReply>;
}

export interface ScriptedServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly origin: string;
  /** A base URL of the dialler on this server, for tenant 7. */
  readonly baseUrl: string;
  /** All requests that have arrived whole, also those that are never answered. */
  readonly requests: readonly ScriptedRequest[];
  /** How many connections were opened, whether or not a request came over them. */
  readonly connections: () => number;
  /** The requests that would have changed a real dialler: DELETE, PATCH, and the import. */
  readonly changing: () => readonly ScriptedRequest[];
  /** Ends all connections. Rejects with the first error that the handler threw. */
  readonly stop: () => Promise<void>;
}

/** A server over plain sockets: it says what the test dictates, also what no HTTP library would say. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { handler, host = "127.0.0.1" } = options;
  const requests: ScriptedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let failure: Error | undefined;

  const keep = (socket: Socket): void => {
    connections++;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A connection that breaks is what many a script is about.
    socket.on("error", () => undefined);
  };
  const serve = (socket: Socket): void => {
    socket.on("error", () => undefined);
    serveSocket(socket, requests, handler).catch((error: unknown) => {
      // What breaks a connection is no failure of the script, but an assertion in its handler is.
      if (!socket.destroyed) failure ??= error instanceof Error ? error : new Error(String(error));
      socket.destroy();
    });
  };
  const server =
    options.tls === undefined ? createServer(serve) : createTlsServer(certificate(options.tls), serve);
  server.on("connection", keep);

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `${options.tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    port,
    origin,
    baseUrl: `${origin}/rest/v1.0/7`,
    requests,
    connections: () => connections,
    changing: () => requests.filter(isChanging),
    stop: () =>
      new Promise((resolve, reject) => {
        server.close(() => (failure === undefined ? resolve() : reject(failure)));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Where a certificate lies, for tests that trust it as a CA. */
export function certificateFile(name: TestCertificate | "leaf" | "intermediate" | "root"): string {
  return join(projectRoot, "test", "support", "certificates", `${name}.pem`);
}

function certificate(name: TestCertificate): { cert: Buffer; key: Buffer } {
  const key = join(projectRoot, "test", "support", "certificates", "key.pem");
  return { cert: readFileSync(certificateFile(name)), key: readFileSync(key) };
}

/** Answers one request after the other, until a reply ends the connection or the client does. */
async function serveSocket(
  socket: Socket,
  requests: ScriptedRequest[],
  handler: ScriptedServerOptions["handler"],
): Promise<void> {
  const reader = new SocketReader(socket);
  for (;;) {
    const request = await nextRequest(reader, requests);
    if (request === undefined) break;
    const reply = await handler(request);
    await reply(socket, reader);
    if (socket.destroyed || socket.writableEnded) break;
  }
}

async function nextRequest(
  reader: SocketReader,
  requests: ScriptedRequest[],
): Promise<ScriptedRequest | undefined> {
  const head = await reader.textUntil("\r\n\r\n");
  if (head === undefined) return undefined;
  const [start = "", ...lines] = head.split("\r\n");
  const [method = "", path = ""] = start.split(" ");
  const headers = headersOf(lines);
  const body =
    headers["transfer-encoding"] === "chunked" ? await chunks(reader) : await sized(reader, headers);
  if (body === undefined) return undefined;
  const request = { method, path, headers, body, index: requests.length };
  requests.push(request);
  return request;
}

function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const place = line.indexOf(":");
    const name = line.slice(0, place).toLowerCase();
    const value = line.slice(place + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

async function sized(
  reader: SocketReader,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  return (await reader.bytes(Number(headers["content-length"] ?? 0)))?.toString("utf8");
}

async function chunks(reader: SocketReader): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  for (;;) {
    const length = parseInt((await reader.textUntil("\r\n")) ?? "", 16);
    const piece = await reader.bytes(length);
    if (piece === undefined || (await reader.textUntil("\r\n")) === undefined) return undefined;
    if (length === 0) return Buffer.concat(pieces).toString("utf8");
    pieces.push(piece);
  }
}

function isChanging({ method, path }: ScriptedRequest): boolean {
  return (
    method === "DELETE" || method === "PATCH" || (method === "POST" && path.includes("/contacts/import"))
  );
}
