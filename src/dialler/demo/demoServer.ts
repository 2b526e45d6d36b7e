import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ContactTable } from "./demoTable";
import { demoCampaigns } from "./demoCampaigns";
import { breakOff, delay, type Mishap } from "./mishap";
import type { OldServer } from "./oldServer";
import { readBody } from "./readBody";
import { noSuchPath, replyError, type Reply } from "./reply";
import { routes, type ContactPath, type Route } from "./routes";
import { sendReply } from "./sendReply";

export interface DemoServerOptions {
  /** How many contacts are invented; 400 if not given. */
  readonly contacts?: number;
  /** Same seed, same people. */
  readonly seed?: number;
  /** A free port if 0 or not given. */
  readonly port?: number;
  /** Random if not given. */
  readonly token?: string;
  /** The tenant in the base URL; 7 if not given. */
  readonly clientsId?: number;
  /** Where a single contact is read; the documented `contacts/{id}` if not given. */
  readonly style?: ContactPath;
  /** The name under which the lock is told, `bLocked` if not given; empty: it is not told. */
  readonly lockMember?: string;
  readonly oldServer?: OldServer;
  /** Asked for every request that is let in: what goes wrong with it; undefined: nothing. */
  readonly mishap?: (request: { readonly method: string; readonly path: string }) => Mishap | undefined;
  /** Told of every request when its status is known and before the reply leaves. `path` includes the query. */
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
  /** Closes every connection, also those in use. */
  readonly stop: () => Promise<void>;
}

/**
 * A dialler small enough to carry along: a real HTTP server on the loopback address with invented contacts.
 * Rejects with the error of `listen` where the port is taken.
 */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const { clientsId = 7, oldServer = {}, style = "contacts/{id}" } = options;
  const token = options.token ?? randomBytes(24).toString("base64url");
  const table = new ContactTable(options.contacts ?? 400, options.seed ?? 1, options.lockMember);
  const paths = routes(table, demoCampaigns(clientsId), style, oldServer);

  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const answer = async (): Promise<void> => {
      const port = request.socket.localPort ?? 0;
      const method = request.method ?? "";
      const refusal = refusalOf(request, port, clientsId, token);
      const mishap = refusal === undefined ? options.mishap?.({ method, path }) : undefined;
      if (mishap?.delayMs !== undefined) await delay(mishap.delayMs, response);
      const reply = refusal ?? (await replyWith(mishap, () => replyTo(request, paths)));
      if (reply === "reset") {
        options.observe?.({ method, path, status: 0 });
        breakOff(response);
        return;
      }
      options.observe?.({ method, path, status: reply.kind === "list" ? 200 : reply.status });
      await sendReply(request, response, reply);
    };
    // A client that goes away in the middle of a list is no fault of the server.
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

/** What the server says to a request that something goes wrong with; `ordinary` also does what was asked. */
async function replyWith(
  mishap: Mishap | undefined,
  ordinary: () => Promise<Reply>,
): Promise<Reply | "reset"> {
  const { reset, status, body, headers, applied = false } = mishap ?? {};
  if (reset === "before") return "reset";
  if (status === undefined) {
    const reply = await ordinary();
    return reset === "after" ? "reset" : reply;
  }
  if (applied) await ordinary();
  const more = headers === undefined ? {} : { headers };
  return body === undefined ? { kind: "empty", status, ...more } : { kind: "json", status, body, ...more };
}

/** What is refused before the path is looked at: a foreign Host, a base URL that is none, a wrong token or tenant. */
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

/** A page on the Internet can let its own name point to 127.0.0.1; the browser then names that page as the host. */
function isOwnHost(host: string, port: number): boolean {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return names.some((name) => host.toLowerCase() === `${name}:${port}` || (port === 80 && host === name));
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

async function replyTo(request: IncomingMessage, paths: readonly Route[]): Promise<Reply> {
  const [path = "", query = ""] = split(request.url ?? "", "?");
  const segments = path.split("/").slice(4);
  for (const route of paths) {
    const id = route.method === request.method ? idIn(segments, route.path) : undefined;
    if (id === undefined) continue;
    const read = await readBody(request);
    return "refusal" in read
      ? read.refusal
      : route.answer({ id, query: new URLSearchParams(query), body: read.body });
  }
  return noSuchPath;
}

/** The number at `{id}`, 0 for a path without one, `undefined` where the path is another one. */
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
