import type { ApiError } from "./http/apiError";
import { ProxyRefused, UntrustedServer } from "./http/connectionErrors";
import { clientCertificate, isPageOfClientCertificate, isPageOfTlsPort, tlsPort } from "./http/failureCodes";
import type { Reply } from "./http/exchange";
import { parsedUrl } from "./http/parsedUrl";
import {
  Forbidden,
  NoSuchContact,
  NoSuchPath,
  ProxyAskedToSignIn,
  Redirected,
  Refused,
  ServerFailed,
  TokenRejected,
  TooBusy,
} from "./http/replyErrors";
import { isRecord } from "./record/isRecord";
import { retryAfterMs } from "./waits";

/** A longer error text is an error page, not the dialler's JSON. */
const longestErrorBody = 256 * 1024;

/** Server text is cut to this length, to fit into one log line. */
const longestServerText = 500;

/** The error for a status outside 2xx. Reads the body if the meaning depends on it. */
export async function replyFailure(reply: Reply): Promise<ApiError> {
  const { asked, status } = reply;
  const wait = retryAfterMs(reply.header("retry-after"), reply.header("date"));
  if (status >= 300 && status < 400) {
    reply.discard();
    return new Redirected(asked, status, targetOf(reply.header("location"), asked.url));
  }
  const body = await bodyText(reply);
  const tls = status === 400 ? tlsCodeOfPage(body, asked.url.startsWith("https:")) : undefined;
  if (tls !== undefined) return new UntrustedServer(asked, tls);
  const text = serverTextOf(body, status);
  switch (status) {
    case 401:
      return isProxys(reply) ? new ProxyAskedToSignIn(asked, status) : new TokenRejected(asked);
    case 403:
      return isProxys(reply) ? new ProxyAskedToSignIn(asked, status) : new Forbidden(asked);
    case 404:
      return text === undefined ? new NoSuchPath(asked) : new NoSuchContact(asked, text);
    case 405:
      return new NoSuchPath(asked, status);
    case 407:
      return new ProxyRefused(asked, status);
    case 429:
    case 503:
      return new TooBusy(asked, status, wait, text ?? "");
    default:
      // An unknown HTTP status says nothing, so, as after a server error, anything may have happened.
      return status >= 400 && status < 500
        ? new Refused(asked, status, text ?? "")
        : new ServerFailed(asked, status, text ?? "");
  }
}

/** What a proxy refused in words, because TLS is not as it must be; undefined if it refused something else. */
function tlsCodeOfPage(page: string, isTls: boolean): string | undefined {
  if (isTls) return isPageOfClientCertificate(page) ? clientCertificate : undefined;
  return isPageOfTlsPort(page) ? tlsPort : undefined;
}

/** A dialler knows only bearer tokens, so another way to sign in is that of a proxy. */
function isProxys(reply: Reply): boolean {
  return /\b(basic|digest|negotiate|ntlm)\b/i.test(reply.header("www-authenticate") ?? "");
}

/** The status line already says that the call failed. If the body cannot be read, only its text is missing. */
async function bodyText(reply: Reply): Promise<string> {
  try {
    return await reply.text(longestErrorBody);
  } catch {
    return "";
  }
}

/**
 * The dialler's own `{"status", "error"}`, or undefined for any other body: a proxy's page, an empty body, or a web
 * framework's own "Not Found" object, which has more members and means that the *path* is missing.
 */
function serverTextOf(body: string, status: number): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  if ("path" in value || "timestamp" in value || Number(value.status) !== status) return undefined;
  const error = value.error;
  // Frameworks send just the status phrase for an unknown path.
  if (status === 404 && error === "Not Found") return undefined;
  return typeof error === "string" ? shortened(error) : undefined;
}

/** Cut between two words: half a token would no longer be recognised and redacted. */
function shortened(text: string): string {
  if (text.length <= longestServerText) return text;
  return `${text.slice(0, longestServerText).replace(/\S+$/, "")}…`;
}

function targetOf(location: string | undefined, from: string): string {
  const url = location === undefined ? undefined : parsedUrl(location, from);
  if (url === undefined) return "";
  return url.origin === "null" ? url.protocol : url.origin + url.pathname;
}
