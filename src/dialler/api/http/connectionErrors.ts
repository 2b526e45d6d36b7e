import * as l10n from "../../../l10n";
import { ApiError, type Asked } from "./apiError";
import { clientCertificate, noCommonCipher, noRoot, oldTls, tlsPort, unwantedUpgrade } from "./failureCodes";

/** Nothing was sent: name not found, connection refused, no route, or the proxy could not be reached. */
export class Unreachable extends ApiError {
  override readonly name = "Unreachable";
  readonly next = "checkEndpoint";

  constructor(
    asked: Asked,
    /** The system's error code, such as ECONNREFUSED, or PROXY if the proxy could not be reached. */
    readonly code: string,
    cause?: unknown,
    /** The deadline that ended the attempt to connect, if one did. */
    readonly afterMs?: number,
  ) {
    super(asked, `unreachable (${code})`, { cause });
  }

  /** Nothing answers at this address. The next attempt would only wait as long. */
  get isSilent(): boolean {
    return this.afterMs !== undefined || this.code === "ETIMEDOUT";
  }

  get sentence(): string {
    if (this.afterMs !== undefined) {
      return this.say(
        "Not reachable: {host} did not accept a connection within {seconds} s. Check the base URL and your network or VPN.",
        { seconds: Math.round(this.afterMs / 1000) },
      );
    }
    switch (this.code) {
      case "ECONNREFUSED":
        return this.say("Connection refused by {host}. Is the server running, and is the port right?");
      case "ENOTFOUND":
      case "EAI_AGAIN":
        return this.say("Name not found: {host}. Check the base URL and your network or VPN.");
      case "PROXY":
        // VS Code's proxy agent does not pass on what failed, such as the certificate of the proxy itself.
        return this.say(
          "Could not reach {host} through the proxy. Check VS Code's proxy settings and, if the proxy uses https, its certificate.",
        );
      default:
        return this.say("Not reachable: {host} ({code}). Check the base URL and your network or VPN.", {
          code: this.code,
        });
    }
  }
}

/** Nothing was sent: the server's certificate or TLS is not acceptable. */
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

  /** Whether trusting another certification authority may help. */
  get isUnknownAuthority(): boolean {
    return /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_UNTRUSTED/.test(this.code);
  }

  get sentence(): string {
    switch (this.code) {
      case "CERT_HAS_EXPIRED":
        return this.say(
          "The certificate of {host} has expired. Ask the administrator of the server to renew it.",
        );
      case "ERR_TLS_CERT_ALTNAME_INVALID":
        return this.say(
          "The certificate of {host} was issued for another name. Check the host in the base URL.",
        );
      case "CERT_NOT_YET_VALID":
        return this.say(
          "The certificate of {host} is not valid yet. Check the clocks of this computer and of the server.",
        );
      case noRoot:
        return this.say(
          'The chain of the certificate of {host} does not end at a known authority. If "caFile" is set, it may hold an intermediate certificate or that of the server; use the file of the root certificate.',
        );
      case clientCertificate:
        return this.say(
          "A client certificate is required by {host}, which this extension cannot send. Ask the administrator of the server for an address without it.",
        );
      case oldTls:
        return this.say(
          "Only old versions of TLS are offered by {host}, which are no longer safe. Ask the administrator of the server to turn on TLS 1.2 or later.",
        );
      case noCommonCipher:
        return this.say(
          "No encryption in common with {host}: it refuses the TLS ciphers of VS Code, or wants a client certificate. Ask the administrator of the server.",
        );
      case tlsPort:
        return this.say(
          "This port of {host} uses TLS, but the base URL starts with http:. Change it to https:, or use another port.",
        );
      case "EPROTO":
      case "ERR_SSL_WRONG_VERSION_NUMBER":
      case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
        return this.say(
          "No TLS on this port of {host}. Does the address start with http:, or is it another port?",
        );
      default:
        return this.say(
          'The certificate of {host} is not trusted ({code}). Add its certification authority to the system, or set "caFile" of the endpoint to its file.',
          { code: this.code },
        );
    }
  }
}

/** Nothing was sent: a proxy refused the connection. */
export class ProxyRefused extends ApiError {
  override readonly name = "ProxyRefused";
  readonly next = "checkEndpoint";

  constructor(asked: Asked, status: number) {
    super(asked, `proxy refused (HTTP ${status})`, { status });
  }

  get sentence(): string {
    return this.say("The proxy refused the connection to {host} (HTTP {status}). Check the proxy settings.");
  }
}

/** The request may have been applied: the connection ended without a readable status line. */
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
    if (this.code === unwantedUpgrade) {
      return this.say(
        "The answer from {host} changes to another protocol (HTTP 101), which was not requested. Check the proxy between you and the server.",
      );
    }
    return this.say("The connection to {host} was lost before its answer could be read ({code}).", {
      code: this.code,
    });
  }
}

/** Which deadline ended a request: the total time, the wait for the first byte, or a silence in the middle. */
export type Deadline = "total" | "firstByte" | "idle";

/** The request may have been applied: one of our deadlines ended it. */
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
        return this.say("The answer from {host} stalled for {seconds} s.", { seconds });
      case "total":
        return this.say(
          "The answer from {host} was not complete within {seconds} s. You can raise the limit in the settings.",
          {
            seconds,
          },
        );
    }
  }
}

/** The request may have been applied: the user cancelled it. */
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
