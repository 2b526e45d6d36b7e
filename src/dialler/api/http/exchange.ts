import { performance } from "node:perf_hooks";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import fetch, { type RequestInit, type Response } from "node-fetch";
import * as l10n from "../../../l10n";
import type { ApiError, Asked } from "./apiError";
import { charsetOf, utf8From } from "./charset";
import { agentFor, type Server } from "./connections";
import { ConnectionLost, ProxyRefused, TimedOut, Unreachable, UntrustedServer } from "./connectionErrors";
import { holdsNoRoot, noRoot, tlsCodeOf, tlsPort } from "./failureCodes";
import { isProxyUnreachable, overhear, type Overheard } from "./overhearProxy";
import { TooLarge, UnreadableReply } from "./replyErrors";
import { urlBelow } from "./url";
import { type Deadlines, Watch } from "./watch";

/** Receives the trace of requests. Lines contain no token, and the sink redacts them as well. */
export interface RequestLog {
  debug(line: string): void;
  trace(line: string): void;
  /** Says what a person may want to know of a server. */
  say?(level: "warning", line: string): void;
}

/** The server to talk to, and the token to use. */
export interface Access extends Server {
  readonly token: string;
  readonly log: RequestLog;
}

export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** The path below the base URL, one entry per segment. */
  readonly path: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. Lock, unlock and delete have no body. */
  readonly body?: unknown;
  readonly deadlines: Deadlines;
  /** Asks caches on the way for the server's own answer. */
  readonly fresh?: boolean | undefined;
  /** Opens a connection of its own, because the one before may be dead. */
  readonly newConnection?: boolean | undefined;
  /** Aborts the request. A request that was sent may still be applied. */
  readonly signal?: AbortSignal | undefined;
}

/** A reply whose status line has been read. Read the body once, with `bytes`, `body` or `text`. */
export interface Reply {
  readonly asked: Asked;
  readonly status: number;
  header(name: string): string | undefined;
  /** The decoded body as it arrives, in UTF-8, at most `capBytes`. @throws ApiError */
  bytes(capBytes: number): AsyncIterable<Uint8Array>;
  /** The whole body in UTF-8, at most `capBytes`. @throws ApiError */
  body(capBytes?: number): Promise<Uint8Array>;
  /** The same as text. @throws ApiError */
  text(capBytes?: number): Promise<string>;
  /** Milliseconds since the request was sent. */
  elapsedMs(): number;
  /** Releases the connection without reading the body. */
  discard(): void;
}

/** Bodies other than lists are small, but a record may hold a long comment, and a batch a hundred records. */
const smallBodyBytes = 256 * 1024 * 1024;

const megabyte = 1024 * 1024;

/** The default of 16 KiB makes decompression the slowest part of a long list. */
const gunzipChunk = 256 * 1024;

/**
 * Sends one request and returns its reply. Never follows a redirect, keeps no cookies and repeats nothing. A status
 * sent by the server is never thrown.
 * @throws Unreachable, UntrustedServer, ProxyRefused, ConnectionLost, TimedOut, Cancelled
 */
export async function exchange(access: Access, call: Call): Promise<Reply> {
  const url = urlBelow(access.baseUrl, call.path, call.query);
  const asked: Asked = { method: call.method, url: url.split("?", 1)[0] ?? url };
  const watch = new Watch(asked, call.deadlines, call.signal);
  const startedAt = performance.now();
  access.log.debug(`${call.method} ${url}`);
  const heard: Overheard = { inTheClear: false, connecting: false, tlsAnswered: false };
  let response: Response;
  try {
    response = await overhear(heard, () => fetch(url, requestOf(access, call, watch.signal)));
  } catch (cause) {
    watch.stop();
    throw withCaFile(access, failureOf(asked, heard, watch.verdict, cause));
  }
  watch.byteArrived();
  // An abort before the body is read would otherwise be an unhandled error.
  response.body?.on("error", () => undefined);
  const discard = (): void => {
    watch.stop();
    if (response.body instanceof Readable) response.body.destroy();
  };
  if (heard.inTheClear && url.startsWith("https:")) {
    discard();
    throw new ProxyRefused(asked, response.status);
  }
  access.log.trace(
    `${call.method} ${asked.url} HTTP ${response.status} ${[...response.headers].map(([k, v]) => `${k}: ${v}`).join(", ")}`,
  );
  const bytes = (capBytes: number): AsyncIterable<Uint8Array> => {
    const charset = charsetOf(response.headers.get("content-type"));
    return utf8From(bodyOf(response, asked, watch, capBytes), charset, () =>
      sayContradiction(access, charset),
    );
  };
  const body = async (capBytes = smallBodyBytes): Promise<Uint8Array> => {
    const parts: Uint8Array[] = [];
    for await (const part of bytes(capBytes)) parts.push(part);
    return Buffer.concat(parts);
  };
  return {
    asked,
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    bytes,
    body,
    text: async (capBytes) => new TextDecoder().decode(await body(capBytes)),
    elapsedMs: () => Math.round(performance.now() - startedAt),
    discard,
  };
}

function requestOf(access: Access, call: Call, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Encoding": "gzip",
    Authorization: `Bearer ${access.token}`,
    // Set explicitly, because VS Code's own agent would close the connection.
    Connection: "keep-alive",
  };
  if (call.fresh === true) Object.assign(headers, { "Cache-Control": "no-cache", Pragma: "no-cache" });
  const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["Content-Length"] = String(body.length);
  }
  return {
    method: call.method,
    headers,
    redirect: "manual",
    // Decoded in this file, because the library's decoder accepts a truncated gzip body as complete.
    compress: false,
    signal,
    // A stream, because the library handles only stream errors: with a buffer, an abort before the body is sent would
    // end the process.
    ...(body === undefined ? {} : { body: Readable.from(body) }),
    ...agentFor(access, call.newConnection === true),
  };
}

const contradictions = new WeakSet<Access>();

/** Once for each connection, because it is the same in every answer. */
function sayContradiction(access: Access, charset: string): void {
  if (contradictions.has(access)) return;
  contradictions.add(access);
  const { host } = new URL(access.baseUrl);
  access.log.say?.(
    "warning",
    l10n.t(
      "The answers from {host} name the charset {charset}, but their bytes are UTF-8; they are read as UTF-8. Check the server or the proxy in front of it.",
      { host, charset },
    ),
  );
}

async function* bodyOf(
  response: Response,
  asked: Asked,
  watch: Watch,
  capBytes: number,
): AsyncGenerator<Uint8Array> {
  const encoding = response.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  try {
    if (response.body === null) return;
    const raw = response.body instanceof Readable ? response.body : Readable.from(response.body);
    if (!["", "identity", "gzip", "x-gzip"].includes(encoding)) {
      raw.destroy();
      throw new UnreadableReply(asked, response.status, "encoding");
    }
    let size = 0;
    // The loop below handles every error of the pipeline. The callback keeps it from being thrown twice.
    const source = encoding.endsWith("gzip")
      ? pipeline(raw, createGunzip({ chunkSize: gunzipChunk }), () => undefined)
      : raw;
    for await (const chunk of source) {
      if (!(chunk instanceof Uint8Array)) continue;
      watch.byteArrived();
      size += chunk.length;
      if (size > capBytes) throw new TooLarge(asked, Math.round(capBytes / megabyte));
      yield chunk;
    }
  } catch (cause) {
    throw watch.verdict ?? bodyFailureOf(asked, response.status, cause);
  } finally {
    watch.stop();
  }
}

function bodyFailureOf(asked: Asked, status: number, cause: unknown): unknown {
  if (cause instanceof UnreadableReply || cause instanceof TooLarge) return cause;
  const isNotGzip = textMember(cause, "code") === "Z_DATA_ERROR";
  return new UnreadableReply(asked, status, isNotGzip ? "notGzip" : "cut", cause);
}

/** System error codes that mean the request was never sent, whatever the call. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
]);

/** An established connection can report some of the same codes, but with other system calls than these. */
const settingUp = new Set(["connect", "getaddrinfo"]);

function failureOf(asked: Asked, heard: Overheard, verdict: ApiError | undefined, cause: unknown): ApiError {
  if (verdict !== undefined) {
    const isSilent = verdict instanceof TimedOut && heard.connecting;
    return isSilent ? new Unreachable(asked, "TIMEOUT", cause, verdict.afterMs) : verdict;
  }
  if (heard.tlsAnswered) return new UntrustedServer(asked, tlsPort, cause);
  const code = textMember(cause, "code") ?? "unknown";
  const systemCall = textMember(cause, "erroredSysCall");
  const tls = tlsCodeOf(code, cause instanceof Error ? cause.message : "");
  if (tls !== undefined) return new UntrustedServer(asked, tls, cause);
  if (heard.connecting && code.startsWith("ERR_SSL_")) return new UntrustedServer(asked, code, cause);
  if (isProxyUnreachable(cause)) return new Unreachable(asked, "PROXY", cause);
  const isUnsent = systemCall === undefined ? neverSent.has(code) : settingUp.has(systemCall);
  return isUnsent || heard.connecting
    ? new Unreachable(asked, code, cause)
    : new ConnectionLost(asked, code, cause);
}

/** A CA file without a root fails in several ways, none of which names it. */
function withCaFile({ ca }: Access, error: ApiError): ApiError {
  const isCa = error instanceof UntrustedServer && error.isUnknownAuthority && ca !== undefined;
  return isCa && holdsNoRoot(ca) ? new UntrustedServer(error.asked, noRoot, error.cause) : error;
}

function textMember(thing: unknown, name: string): string | undefined {
  if (typeof thing !== "object" || thing === null || !(name in thing)) return undefined;
  const value: unknown = Reflect.get(thing, name);
  return typeof value === "string" ? value : undefined;
}
