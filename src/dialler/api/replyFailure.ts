import type { ApiError } from "./http/apiError";
import { ProxyRefused } from "./http/connectionErrors";
import type { Reply } from "./http/exchange";
import { parsedUrl } from "./http/parsedUrl";
import {
  Forbidden,
  NoSuchContact,
  NoSuchPath,
  Redirected,
  Refused,
  ServerFailed,
  TokenRejected,
  TooBusy,
} from "./http/replyErrors";
import { isRecord } from "./record/isRecord";
import { retryAfterMs } from "./waits";

/** An error that takes more is a page of somebody else's. */
const longestErrorBody = 256 * 1024;

/** Server text is for a line of a log; a page of it is noise. */
const longestServerText = 500;

/** What a status outside 2xx means. Reads the body where the meaning depends on it. */
export async function replyFailure(reply: Reply): Promise<ApiError> {
  const { asked, status } = reply;
  const wait = retryAfterMs(reply.header("retry-after"));
  if (status >= 300 && status < 400) {
    reply.discard();
    return new Redirected(asked, status, targetOf(reply.header("location"), asked.url));
  }
  const text = serverTextOf(await bodyText(reply), status);
  switch (status) {
    case 401:
      return new TokenRejected(asked);
    case 403:
      return new Forbidden(asked);
    case 404:
      return text === undefined ? new NoSuchPath(asked) : new NoSuchContact(asked, text);
    case 405:
      return new NoSuchPath(asked, status);
    case 407:
      return new ProxyRefused(asked, status);
    case 429:
      return new TooBusy(asked, status, wait);
    case 503:
      return wait === undefined
        ? new ServerFailed(asked, status, text ?? "")
        : new TooBusy(asked, status, wait);
    default:
      // A number that HTTP does not know says nothing: as after a failure, anything may have happened.
      return status >= 400 && status < 500
        ? new Refused(asked, status, text ?? "")
        : new ServerFailed(asked, status, text ?? "");
  }
}

/** The status line already decided that the call failed; a body that cannot be read only costs its text. */
async function bodyText(reply: Reply): Promise<string> {
  try {
    return await reply.text(longestErrorBody);
  } catch {
    return "";
  }
}

/**
 * The dialler's own `{"status", "error"}`, or undefined when the body is anything else: a proxy's page, an empty body,
 * or a web framework's own "Not Found" object, which has more members and tells that the *path* is missing.
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
  // The bare phrase of the status is what frameworks say of a path that they do not know.
  if (status === 404 && error === "Not Found") return undefined;
  return typeof error === "string" ? shortened(error) : undefined;
}

/** Cut between two words: the first half of a token could not be recognised any more and would not be hidden. */
function shortened(text: string): string {
  if (text.length <= longestServerText) return text;
  return `${text.slice(0, longestServerText).replace(/\S+$/, "")}…`;
}

function targetOf(location: string | undefined, from: string): string {
  const url = location === undefined ? undefined : parsedUrl(location, from);
  if (url === undefined) return "";
  return url.origin === "null" ? url.protocol : url.origin + url.pathname;
}
