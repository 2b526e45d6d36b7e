import * as l10n from "../../../l10n";
import { ApiError, type Asked } from "./apiError";

/** A longer wait is named by its end. */
const longestNamedInSeconds = 60_000;

/** 401: a bad token or a wrong client number; the server does not say which. */
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

/** 403: the server or a proxy forbids the request. */
export class Forbidden extends ApiError {
  override readonly name = "Forbidden";
  readonly next = "setToken";

  constructor(asked: Asked) {
    super(asked, "HTTP 403", { status: 403 });
  }

  get sentence(): string {
    return this.say("Forbidden by {host} (HTTP 403). The token does not allow this, or a proxy refused it.");
  }
}

/** 401 or 403 that asks to sign in with a name and a password: a proxy in front of the dialler answered. */
export class ProxyAskedToSignIn extends ApiError {
  override readonly name = "ProxyAskedToSignIn";
  readonly next = "checkEndpoint";

  constructor(asked: Asked, status: number) {
    super(asked, `HTTP ${status}, a proxy asks to sign in`, { status });
  }

  get sentence(): string {
    return this.say(
      "A proxy in front of {host} asks to sign in (HTTP {status}). The dialler's token is not the cause. Ask the administrator of the proxy to let the dialler's address through.",
    );
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

/** 404 without the server's JSON, or 405: the server does not have this path. */
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

/** Any 3xx. Redirects are never followed, because the token would be sent along. */
export class Redirected extends ApiError {
  override readonly name = "Redirected";
  readonly next = "openSettings";

  constructor(
    asked: Asked,
    status: number,
    /** Origin and path of the target; empty if the server did not name one. */
    readonly target: string,
  ) {
    super(asked, `HTTP ${status}, redirected to ${target}`, { status });
  }

  get sentence(): string {
    return this.say(
      "The server redirected to {target} (HTTP {status}). Redirects are not followed, because the token would be sent along. Use the final address as the base URL.",
      { target: this.target === "" ? l10n.t("an unnamed address") : this.target },
    );
  }
}

/** 429 or 503. */
export class TooBusy extends ApiError {
  override readonly name = "TooBusy";
  readonly next = "retry";

  constructor(
    asked: Asked,
    status: number,
    /** How long the server asks to wait; undefined if it did not say so in a readable way. */
    readonly retryAfterMs: number | undefined,
    readonly serverText = "",
  ) {
    super(asked, `HTTP ${status}, too busy`, { status });
  }

  get sentence(): string {
    return this.withServerText(this.#waitText(), this.serverText);
  }

  #waitText(): string {
    const wait = this.retryAfterMs;
    if (wait === undefined) return this.say("Too busy (HTTP {status}): {host}. Try again later.");
    if (wait <= longestNamedInSeconds) {
      return this.say("Too busy (HTTP {status}): {host} asks to wait {seconds} s.", {
        seconds: Math.ceil(wait / 1000),
      });
    }
    return this.say("Too busy (HTTP {status}): {host} asks to wait until {time}.", {
      time: l10n.dateTime(new Date(Date.now() + wait)),
    });
  }
}

/** 5xx: the request may have been applied. */
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
    return this.withServerText(this.say("Server error (HTTP {status}): {host}."), this.serverText);
  }
}

/** Any other 4xx: the server understood the request and refused it. */
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

/** The ways in which a 2xx reply can differ from what a dialler sends. */
export type Unreadable =
  "notJson" | "wrongShape" | "wrongRecord" | "foreign" | "encoding" | "notGzip" | "cut" | "statusInBody";

/** A 2xx reply whose body does not come from a dialler. */
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
          "The answer is not JSON: {host} may have sent a login or error page. Check the base URL.",
        );
      case "wrongShape":
        return this.say(
          "The answer is not a list of records: {host} sent JSON that does not come from a dialler. Check the base URL.",
        );
      case "wrongRecord":
        return this.say(
          "The answer does not match the request: {host} sent other records. They are not used.",
        );
      case "foreign":
        return this.say(
          "The answer does not come from a dialler: {host} sent HTTP {status} with another text than the dialler's.",
        );
      case "encoding":
        return this.say("The answer has an encoding that was not requested: {host}.");
      case "notGzip":
        return this.say(
          "The answer is marked as compressed but is not, or is damaged: {host}. Check the proxy between you and the server.",
        );
      case "cut":
        return this.say("The answer from {host} was cut off in the middle. Try again.");
      case "statusInBody":
        return this.say(
          "The answer contradicts itself: {host} sent HTTP {status}, but the text reports a failure.",
        );
    }
  }
}

/** A reply exceeded the size limit. */
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
    return this.say(
      "The answer from {host} is larger than the limit of {megabytes} MB. You can raise the limit in the settings.",
      {
        megabytes: this.capMegabytes,
      },
    );
  }
}

/** The endpoint is marked read-only, and nothing was sent. */
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
