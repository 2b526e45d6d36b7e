import { Agent } from "node:https";
import { performance } from "node:perf_hooks";
import { pipeline, Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import { createGunzip } from "node:zlib";
import fetch, { type RequestInit, type Response } from "node-fetch";
import type { ApiError, Asked } from "./apiError";
import {
  Cancelled,
  ConnectionLost,
  type Deadline,
  ProxyRefused,
  TimedOut,
  Unreachable,
  UntrustedServer,
} from "./connectionErrors";
import { isWithoutWay, overhear, type Overheard } from "./overhearProxy";
import { TooLarge, UnreadableReply } from "./replyErrors";
import { urlBelow } from "./url";

/** Where the trace of requests goes. Lines hold no token; the sink redacts them all the same. */
export interface RequestLog {
  debug(line: string): void;
  trace(line: string): void;
}

/** Whom to talk to, and as whom. */
export interface Access {
  /** Canonical: ends in `/`. */
  readonly baseUrl: string;
  readonly token: string;
  /** A certification authority (PEM) trusted on top of the system's. */
  readonly ca?: string;
  readonly log: RequestLog;
}

/** Milliseconds. Waits between repeats are outside them. */
export interface Deadlines {
  readonly totalMs: number;
  readonly firstByteMs?: number;
  readonly idleMs?: number;
}

export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path below the base URL; each entry is exactly one segment. */
  readonly path: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. Lock, unlock and delete have none. */
  readonly body?: unknown;
  readonly deadlines: Deadlines;
  /** Aborts the request; what was sent may happen all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** A reply whose status line was read. The body is read once, by one of the two. */
export interface Reply {
  readonly asked: Asked;
  readonly status: number;
  header(name: string): string | undefined;
  /** The decoded body as it arrives, at most `capBytes`. @throws ApiError */
  bytes(capBytes: number): AsyncIterable<Uint8Array>;
  /** The whole body, if it has at most `capBytes`. Decoded by the charset the server names, UTF-8 otherwise. @throws ApiError */
  text(capBytes?: number): Promise<string>;
  /** Milliseconds since the request was sent. */
  elapsedMs(): number;
  /** Lets go of the connection without reading the body. */
  discard(): void;
}

/** Bodies other than lists are small; a single record may hold a long comment, a batch a hundred of them. */
const smallBodyBytes = 256 * 1024 * 1024;

const megabyte = 1024 * 1024;

/** The default of 16 KiB makes decompression the slowest part of a long list. */
const gunzipChunk = 256 * 1024;

/**
 * One request and its reply. Never follows a redirect, keeps no cookie, repeats nothing.
 * @throws Unreachable, UntrustedServer, ProxyRefused, ConnectionLost, TimedOut, Cancelled; a status of the server is never thrown
 */
export async function exchange(access: Access, call: Call): Promise<Reply> {
  const url = urlBelow(access.baseUrl, call.path, call.query);
  const asked: Asked = { method: call.method, url: url.split("?", 1)[0] ?? url };
  const watch = new Watch(asked, call.deadlines, call.signal);
  const startedAt = performance.now();
  access.log.debug(`${call.method} ${url}`);
  let answer: Overheard<Response>;
  try {
    answer = await overhear(() => fetch(url, requestOf(access, call, watch.signal)));
  } catch (cause) {
    watch.stop();
    throw watch.verdict ?? failureOf(asked, cause);
  }
  const response = answer.value;
  watch.byteArrived();
  // An abort between here and the reading of the body would otherwise be an error that nobody listens to.
  response.body?.on("error", () => undefined);
  const discard = (): void => {
    watch.stop();
    if (response.body instanceof Readable) response.body.destroy();
  };
  if (answer.inTheClear && url.startsWith("https:")) {
    discard();
    throw new ProxyRefused(asked, response.status);
  }
  access.log.trace(
    `${call.method} ${asked.url} HTTP ${response.status} ${[...response.headers].map(([k, v]) => `${k}: ${v}`).join(", ")}`,
  );
  return {
    asked,
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    bytes: (capBytes) => bodyOf(response, asked, watch, capBytes),
    text: async (capBytes = smallBodyBytes) => {
      const parts: Uint8Array[] = [];
      for await (const part of bodyOf(response, asked, watch, capBytes)) parts.push(part);
      return decoderOf(response.headers.get("content-type")).decode(Buffer.concat(parts));
    },
    elapsedMs: () => Math.round(performance.now() - startedAt),
    discard,
  };
}

function requestOf(access: Access, call: Call, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Encoding": "gzip",
    Authorization: `Bearer ${access.token}`,
    // Said aloud, because VS Code sends each request through an agent of its own that would close the connection.
    Connection: "keep-alive",
  };
  const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["Content-Length"] = String(body.length);
  }
  return {
    method: call.method,
    headers,
    redirect: "manual",
    // Decoded here, because the library's decoder takes a cut gzip body for a whole one.
    compress: false,
    signal,
    // The library listens to the errors of a stream alone: an abort before the body has left would end the process.
    ...(body === undefined ? {} : { body: Readable.from(body) }),
    ...(access.ca !== undefined && access.baseUrl.startsWith("https:")
      ? { agent: new Agent({ ca: [...rootCertificates, access.ca] }) }
      : {}),
  };
}

/** The decoder for a Content-Type; an unknown charset is read as UTF-8. */
export function decoderOf(contentType: string | null | undefined): InstanceType<typeof TextDecoder> {
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? "")?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
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
    // The loop below meets every error of the pipeline; the callback only keeps it from being thrown twice.
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
  return new UnreadableReply(asked, status, "cut", cause);
}

/** Ends a request at its deadlines or at the caller's wish, and knows afterwards which it was. */
class Watch {
  readonly #abort = new AbortController();
  readonly #total: NodeJS.Timeout;
  #silence: NodeJS.Timeout | undefined;
  #verdict: ApiError | undefined;
  readonly #cancelled = (): void => this.#end(new Cancelled(this.asked));

  constructor(
    readonly asked: Asked,
    readonly deadlines: Deadlines,
    readonly outside: AbortSignal | undefined,
  ) {
    this.#total = this.#endAfter(deadlines.totalMs, "total");
    if (deadlines.firstByteMs !== undefined) {
      this.#silence = this.#endAfter(deadlines.firstByteMs, "firstByte");
    }
    if (outside?.aborted === true) this.#cancelled();
    else outside?.addEventListener("abort", this.#cancelled);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why the request was ended by us; undefined when it was not. */
  get verdict(): ApiError | undefined {
    return this.#verdict;
  }

  byteArrived(): void {
    if (this.deadlines.idleMs === undefined) {
      clearTimeout(this.#silence);
    } else if (this.#silence !== undefined && this.#idles) {
      this.#silence.refresh();
    } else {
      clearTimeout(this.#silence);
      this.#silence = this.#endAfter(this.deadlines.idleMs, "idle");
      this.#idles = true;
    }
  }
  #idles = false;

  stop(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
    this.outside?.removeEventListener("abort", this.#cancelled);
  }

  #endAfter(ms: number, deadline: Deadline): NodeJS.Timeout {
    return setTimeout(() => this.#end(new TimedOut(this.asked, deadline, ms)), ms);
  }

  #end(verdict: ApiError): void {
    this.#verdict ??= verdict;
    this.#abort.abort();
  }
}

/** Codes of the system that mean the request never left, whatever the call was. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
]);

/** A connection in use can report some of the same codes; then its system call is not one of setting up. */
const settingUp = new Set(["connect", "getaddrinfo"]);

/**
 * Codes of a handshake that failed: a certificate, or (EPROTO) the request that waited for its end and could not be
 * written. TLS has other codes for what breaks after the request was written, and then it may have been carried out.
 */
const handshake =
  /CERT|^DEPTH_ZERO|^SELF_SIGNED|^UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|^EPROTO$/;

function failureOf(asked: Asked, cause: unknown): ApiError {
  const code = textMember(cause, "code") ?? "unknown";
  const systemCall = textMember(cause, "erroredSysCall");
  if (handshake.test(code)) return new UntrustedServer(asked, code, cause);
  if (isWithoutWay(cause)) return new Unreachable(asked, "PROXY", cause);
  if (systemCall === undefined ? neverSent.has(code) : settingUp.has(systemCall)) {
    return new Unreachable(asked, code, cause);
  }
  return new ConnectionLost(asked, code, cause);
}

function textMember(thing: unknown, name: string): string | undefined {
  if (typeof thing !== "object" || thing === null || !(name in thing)) return undefined;
  const value: unknown = Reflect.get(thing, name);
  return typeof value === "string" ? value : undefined;
}
