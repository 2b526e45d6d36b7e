import { parsedUrl } from "./parsedUrl";
import * as l10n from "../../../l10n";

/** What a person can do next about a failure; a view turns it into a button. */
export type NextStep = "setToken" | "checkEndpoint" | "openSettings" | "retry" | "showLog";

/** A sentence for a person and the step that fits. Server text in it is raw: the sink makes it harmless. */
export interface Explanation {
  readonly sentence: string;
  readonly next: NextStep;
}

/** What was asked, for messages: no query (it can hold personal data), never the token. */
export interface Asked {
  readonly method: string;
  /** Origin and path. */
  readonly url: string;
}

interface Circumstances {
  readonly cause?: unknown;
  readonly status?: number;
}

/**
 * A call that failed; one subclass per way of failing. `message` names method and URL and is for logs;
 * `sentence` says it to a person, `next` what the person can do.
 */
export abstract class ApiError extends Error {
  /** HTTP status where the server said one. */
  readonly status: number | undefined;
  abstract readonly next: NextStep;

  constructor(
    readonly asked: Asked,
    what: string,
    circumstances: Circumstances = {},
  ) {
    super(
      `${asked.method} ${asked.url}: ${what}`,
      circumstances.cause === undefined ? {} : { cause: circumstances.cause },
    );
    this.status = circumstances.status;
  }

  abstract get sentence(): string;

  protected get host(): string {
    return parsedUrl(this.asked.url)?.host ?? this.asked.url;
  }

  protected say(message: string, more: l10n.SentenceValues = {}): string {
    return l10n.t(message, { host: this.host, status: this.status ?? "-", ...more });
  }

  protected withServerText(sentence: string, text: string): string {
    return text === "" ? sentence : l10n.t("{sentence} The server says: {text}", { sentence, text });
  }
}

/** Nothing was sent: name not found, refused, no route, no way through a proxy. */
export class Unreachable extends ApiError {
  override readonly name = "Unreachable";
  readonly next = "checkEndpoint";

  constructor(
    asked: Asked,
    /** The system's code, such as ECONNREFUSED; PROXY where there was no way through a proxy. */
    readonly code: string,
    cause?: unknown,
  ) {
    super(asked, `unreachable (${code})`, { cause });
  }

  get sentence(): string {
    switch (this.code) {
      case "ECONNREFUSED":
        return this.say("Connection refused by {host}. Is the server running, and is the port right?");
      case "ENOTFOUND":
      case "EAI_AGAIN":
        return this.say("Name not found: {host}. Check the base URL and your network or VPN.");
      case "PROXY":
        return this.say("No way to {host} through the proxy. Check VS Code's proxy settings.");
      default:
        return this.say("Not reachable: {host} ({code}). Check the base URL and your network or VPN.", {
          code: this.code,
        });
    }
  }
}

/** Nothing was sent: the server's certificate or its TLS is not acceptable. */
export class UntrustedServer extends ApiError {
  override readonly name = "UntrustedServer";
  readonly next = "openSettings";

  constructor(
    asked: Asked,
    readonly code: string,
    cause?: unknown,
  ) {
    super(asked, `TLS failed (${code})`, { cause });
  }

  get sentence(): string {
    switch (this.code) {
      case "CERT_HAS_EXPIRED":
        return this.say("Certificate of {host} has expired. Ask whoever runs the server to renew it.");
      case "ERR_TLS_CERT_ALTNAME_INVALID":
        return this.say("Certificate of {host} was made for another name. Check the host in the base URL.");
      case "EPROTO":
      case "ERR_SSL_WRONG_VERSION_NUMBER":
      case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
        return this.say("No TLS on this port of {host}. Is it an http address, or another port?");
      default:
        return this.say(
          'Certificate of {host} is not trusted ({code}). Add its certification authority to the system, or name its file as "caFile" of the endpoint.',
          { code: this.code },
        );
    }
  }
}

/** Nothing was sent: a proxy on the way refused the connection. */
export class ProxyRefused extends ApiError {
  override readonly name = "ProxyRefused";
  readonly next = "checkEndpoint";

  constructor(asked: Asked, status: number) {
    super(asked, `proxy refused (HTTP ${status})`, { status });
  }

  get sentence(): string {
    return this.say("Proxy refused the way to {host} (HTTP {status}). Check the proxy settings.");
  }
}

/** The request may have been carried out: the connection ended without a readable status line. */
export class ConnectionLost extends ApiError {
  override readonly name = "ConnectionLost";
  readonly next = "retry";

  constructor(
    asked: Asked,
    readonly code: string,
    cause?: unknown,
  ) {
    super(asked, `connection lost (${code})`, { cause });
  }

  get sentence(): string {
    return this.say("Connection to {host} was lost before its answer could be read ({code}).", {
      code: this.code,
    });
  }
}

/** Which deadline ended a request: the whole of it, the wait for its first byte, or a silence in the middle. */
export type Deadline = "total" | "firstByte" | "idle";

/** The request may have been carried out: a deadline of ours ended it. */
export class TimedOut extends ApiError {
  override readonly name = "TimedOut";
  readonly next = "retry";

  constructor(
    asked: Asked,
    readonly deadline: Deadline,
    readonly afterMs: number,
  ) {
    super(asked, `no answer in time (${deadline}, ${afterMs} ms)`);
  }

  get sentence(): string {
    const seconds = Math.round(this.afterMs / 1000);
    switch (this.deadline) {
      case "firstByte":
        return this.say("No answer from {host} within {seconds} s.", { seconds });
      case "idle":
        return this.say("Answer of {host} fell silent for {seconds} s.", { seconds });
      case "total":
        return this.say("Answer of {host} did not end within {seconds} s. The limit is a setting.", {
          seconds,
        });
    }
  }
}

/** The request may have been carried out: the person ended it. */
export class Cancelled extends ApiError {
  override readonly name = "Cancelled";
  readonly next = "retry";

  constructor(asked: Asked) {
    super(asked, "cancelled");
  }

  get sentence(): string {
    return l10n.t("Cancelled.");
  }
}

/** 401: a bad token or a wrong ClientsID; the server does not tell which. */
export class TokenRejected extends ApiError {
  override readonly name = "TokenRejected";
  readonly next = "setToken";

  constructor(asked: Asked) {
    super(asked, "HTTP 401", { status: 401 });
  }

  get sentence(): string {
    return this.say(
      "Token rejected by {host} (HTTP 401). The token may have been replaced, or the client number at the end of the base URL is wrong.",
    );
  }
}

/** 403: somebody on the way forbids it. */
export class Forbidden extends ApiError {
  override readonly name = "Forbidden";
  readonly next = "setToken";

  constructor(asked: Asked) {
    super(asked, "HTTP 403", { status: 403 });
  }

  get sentence(): string {
    return this.say("Forbidden by {host} (HTTP 403). The token, or a proxy on the way, does not allow it.");
  }
}

/** 404 with the server's JSON: the path exists, the object does not. */
export class NoSuchContact extends ApiError {
  override readonly name = "NoSuchContact";
  readonly next = "retry";

  constructor(
    asked: Asked,
    readonly serverText: string,
  ) {
    super(asked, "HTTP 404, no such object", { status: 404 });
  }

  get sentence(): string {
    return this.withServerText(this.say("No such record on the server (HTTP 404)."), this.serverText);
  }
}

/** 404 without the server's JSON, or 405: this server has no such path. */
export class NoSuchPath extends ApiError {
  override readonly name = "NoSuchPath";
  readonly next = "checkEndpoint";

  constructor(asked: Asked, status = 404) {
    super(asked, `HTTP ${status}, no such path`, { status });
  }

  get sentence(): string {
    return this.say(
      "Endpoint not found (HTTP {status}): {url} does not exist on the server. Check the base URL and its client number; an older server may lack this call.",
      { url: this.asked.url },
    );
  }
}

/** Any 3xx. Redirects are never followed: the token would follow them. */
export class Redirected extends ApiError {
  override readonly name = "Redirected";
  readonly next = "openSettings";

  constructor(
    asked: Asked,
    status: number,
    /** Origin and path of the target, or empty when the server named none. */
    readonly target: string,
  ) {
    super(asked, `HTTP ${status}, redirected to ${target}`, { status });
  }

  get sentence(): string {
    return this.say(
      "Server redirected to {target} (HTTP {status}). Redirects are not followed, because the token would go along; put the final address into the base URL.",
      { target: this.target === "" ? l10n.t("an unnamed address") : this.target },
    );
  }
}

/** 429, or 503 with a Retry-After. */
export class TooBusy extends ApiError {
  override readonly name = "TooBusy";
  readonly next = "retry";

  constructor(
    asked: Asked,
    status: number,
    /** How long the server asks to wait; undefined when it did not say so readably. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(asked, `HTTP ${status}, too busy`, { status });
  }

  get sentence(): string {
    return this.retryAfterMs === undefined
      ? this.say("Too busy (HTTP {status}): {host}. Try again later.")
      : this.say("Too busy (HTTP {status}): {host} asks to wait {seconds} s.", {
          seconds: Math.ceil(this.retryAfterMs / 1000),
        });
  }
}

/** 5xx: the request may have been carried out. */
export class ServerFailed extends ApiError {
  override readonly name = "ServerFailed";
  readonly next = "retry";

  constructor(
    asked: Asked,
    status: number,
    readonly serverText: string,
  ) {
    super(asked, `HTTP ${status}`, { status });
  }

  get sentence(): string {
    return this.withServerText(this.say("Server failed (HTTP {status}): {host}."), this.serverText);
  }
}

/** Any other 4xx: the server understood and said no. */
export class Refused extends ApiError {
  override readonly name = "Refused";
  readonly next = "showLog";

  constructor(
    asked: Asked,
    status: number,
    readonly serverText: string,
  ) {
    super(asked, `HTTP ${status}`, { status });
  }

  get sentence(): string {
    return this.withServerText(this.say("Refused (HTTP {status}) by {host}."), this.serverText);
  }
}

/** Ways in which a 2xx reply cannot be what the dialler sends. */
export type Unreadable = "notJson" | "wrongShape" | "wrongRecord" | "encoding" | "cut" | "statusInBody";

/** A 2xx whose body is not the dialler's. */
export class UnreadableReply extends ApiError {
  override readonly name = "UnreadableReply";
  readonly next = "checkEndpoint";

  constructor(
    asked: Asked,
    status: number,
    readonly how: Unreadable,
    cause?: unknown,
  ) {
    super(asked, `HTTP ${status}, unreadable (${how})`, { status, cause });
  }

  get sentence(): string {
    switch (this.how) {
      case "notJson":
        return this.say(
          "Answer is not JSON: {host} may have sent a login or error page. Check the base URL.",
        );
      case "wrongShape":
        return this.say(
          "Answer is not a list of records: {host} sent other JSON than a dialler does. Check the base URL.",
        );
      case "wrongRecord":
        return this.say(
          "Answer is not what was asked for: {host} sent other records. Nothing is done with them.",
        );
      case "encoding":
        return this.say("Answer is in an encoding that was not asked for: {host}.");
      case "cut":
        return this.say("Answer of {host} was cut off in the middle. Try again.");
      case "statusInBody":
        return this.say("Answer contradicts itself: {host} said HTTP {status}, its text reports a failure.");
    }
  }
}

/** A reply grew beyond the cap. */
export class TooLarge extends ApiError {
  override readonly name = "TooLarge";
  readonly next = "openSettings";

  constructor(
    asked: Asked,
    readonly capMegabytes: number,
  ) {
    super(asked, `larger than ${capMegabytes} MB`);
  }

  get sentence(): string {
    return this.say("Answer of {host} is larger than the limit of {megabytes} MB. The limit is a setting.", {
      megabytes: this.capMegabytes,
    });
  }
}

/** This endpoint is marked read-only: nothing was sent. */
export class ReadOnlyEndpoint extends ApiError {
  override readonly name = "ReadOnlyEndpoint";
  readonly next = "openSettings";

  constructor(asked: Asked) {
    super(asked, "endpoint is read-only");
  }

  get sentence(): string {
    return l10n.t("This endpoint is marked read-only in the settings; nothing was sent.");
  }
}

/** An ID or a UserData that must not be sent. Thrown before any request. */
export class InvalidKey extends Error {
  override readonly name = "InvalidKey";
}

/** The sentence and the next step for anything that was thrown. */
export function explain(error: unknown): Explanation {
  if (error instanceof ApiError) return { sentence: error.sentence, next: error.next };
  if (error instanceof InvalidKey) return { sentence: error.message, next: "retry" };
  const reason = error instanceof Error ? error.message : String(error);
  return { sentence: l10n.t("Something unexpected happened: {reason}", { reason }), next: "showLog" };
}
