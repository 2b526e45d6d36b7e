import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DemoTable } from "./demoTable";
import { demoCampaigns } from "./demoCampaigns";
import { breakOff, type Mishap, Mishaps } from "./mishap";
import type { OldServer } from "./oldServer";
import { readBody } from "./readBody";
import { noSuchPath, replyError, type Reply } from "./reply";
import { routes, type ContactPath, type Route } from "./routes";
import { sendReply } from "./sendReply";

export interface DemoServerOptions {
  /** The number of invented contacts; 400 by default. */
  readonly contacts?: number;
  /** The same seed invents the same people. */
  readonly seed?: number;
  /** 0, the default, uses a free port. */
  readonly port?: number;
  /** Random by default. */
  readonly token?: string;
  /** The client number in the base URL; 7 by default. */
  readonly clientsId?: number;
  /** The path of a single contact; the documented `contacts/{id}` by default. */
  readonly style?: ContactPath;
  /** The name of the member with the lock, `bLocked` by default; if empty, records do not contain the lock. */
  readonly lockMember?: string;
  readonly oldServer?: OldServer;
  /** Called for every accepted request. Returns what goes wrong with it, or undefined. */
  readonly mishap?: (request: { readonly method: string; readonly path: string }) => Mishap | undefined;
  /** Called for every request when its status is known, before the reply is sent. `path` includes the query. */
  readonly observe?: (entry: DemoRequest) => void;
}

export interface DemoRequest {
  readonly method: string;
  readonly path: string;
  /** 0: the connection is reset. */
  readonly status: number;
}

export interface DemoServer {
  /** `http://127.0.0.1:PORT/rest/v1.0/{ClientsID}` */
  readonly baseUrl: string;
  readonly token: string;
  readonly contactCount: () => number;
  /** Closes all connections, including those in use. */
  readonly stop: () => Promise<void>;
}

/**
 * A small dialler: a real HTTP server on the loopback address, with invented contacts. Rejects with the error of
 * `listen` if the port is in use.
 */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const { clientsId = 7, oldServer = {}, style = "contacts/{id}" } = options;
  const token = options.token ?? randomBytes(24).toString("base64url");
  const table = new DemoTable(options.contacts ?? 400, options.seed ?? 1, options.lockMember);
  const mishaps = new Mishaps();
  const paths = routes(table, demoCampaigns(clientsId), style, oldServer);

  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const answer = async (): Promise<void> => {
      const port = request.socket.localPort ?? 0;
      const method = request.method ?? "";
      const refusal = refusalOf(request, port, clientsId, token);
      const mishap = refusal === undefined ? options.mishap?.({ method, path }) : undefined;
      const reply =
        refusal ??
        (await mishaps.replyWith(mishap, { method, path }, await callOf(request, paths), response));
      if (reply === "reset") {
        options.observe?.({ method, path, status: 0 });
        breakOff(response);
        return;
      }
      options.observe?.({ method, path, status: reply.kind === "list" ? 200 : reply.status });
      await sendReply(request, response, reply);
    };
    // A client that disconnects in the middle of a list is not an error of the server.
    answer().catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port ?? 0);
  return {
    baseUrl: `http://127.0.0.1:${port}/rest/v1.0/${clientsId}`,
    token,
    contactCount: () => table.size,
    stop: () => stop(server),
  };
}

/** Refuses a request before its path is read: a foreign Host, a malformed base URL, a wrong token or client number. */
function refusalOf(
  request: IncomingMessage,
  port: number,
  clientsId: number,
  token: string,
): Reply | undefined {
  const { host = "", authorization = "" } = request.headers;
  if (!isOwnHost(host, port)) return replyError(403, "Host not allowed");
  const tenant = /^\/rest\/v1\.0\/([0-9]+)\//.exec(request.url ?? "")?.[1];
  if (tenant === undefined) return noSuchPath;
  if (Number(tenant) !== clientsId || !isSame(authorization, `Bearer ${token}`)) {
    return replyError(401, "Unauthorized");
  }
  return undefined;
}

/** A web page can point its own domain to 127.0.0.1. The browser then sends that domain as the Host. */
function isOwnHost(host: string, port: number): boolean {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return names.some((name) => host.toLowerCase() === `${name}:${port}` || (port === 80 && host === name));
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** What the request asks for, to be executed once it has been read. */
async function callOf(request: IncomingMessage, paths: readonly Route[]): Promise<() => Reply> {
  const [path = "", query = ""] = split(request.url ?? "", "?");
  const segments = path.split("/").slice(4);
  for (const route of paths) {
    const id = route.method === request.method ? idIn(segments, route.path) : undefined;
    if (id === undefined) continue;
    const read = await readBody(request);
    return () =>
      "refusal" in read
        ? read.refusal
        : route.answer({ id, query: new URLSearchParams(query), body: read.body });
  }
  return () => noSuchPath;
}

/** The number at `{id}`, or 0 for a path without one; `undefined` if the path is a different one. */
function idIn(segments: readonly string[], path: string): number | undefined {
  const wanted = ["dialler", ...path.split("/")];
  if (wanted.length !== segments.length) return undefined;
  const fits = wanted.every((word, place) => {
    const segment = segments[place] ?? "";
    return word === "{id}" ? /^[0-9]+$/.test(segment) : word === segment;
  });
  return fits ? Number(segments[wanted.indexOf("{id}")] ?? 0) : undefined;
}

function split(text: string, separator: string): readonly string[] {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
