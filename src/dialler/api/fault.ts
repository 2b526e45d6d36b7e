import type { ApiError } from "./http/apiError";
import {
  Cancelled,
  ConnectionLost,
  ProxyRefused,
  TimedOut,
  Unreachable,
  UntrustedServer,
} from "./http/connectionErrors";
import {
  Forbidden,
  NoSuchContact,
  NoSuchPath,
  ProxyAskedToSignIn,
  ReadOnlyEndpoint,
  Redirected,
  Refused,
  ServerFailed,
  TokenRejected,
  TooBusy,
  UnreadableReply,
} from "./http/replyErrors";

/** What went wrong, as far as repeating is concerned. */
export type Fault =
  | "neverSent"
  /** Nothing was sent, and nothing will be until a person changes something. */
  | "barred"
  | "maybeSent"
  | "busy"
  | "busyMaybeDone"
  | "serverFailed"
  | "unauthorized"
  | "absent"
  | "wrongPath"
  | "conflict"
  | "requestTimedOut"
  | "refused"
  /** A 2xx that does not come from a dialler. */
  | "foreign";

export function faultOf(error: ApiError): Fault {
  if (error instanceof Unreachable) return error.isSilent ? "barred" : "neverSent";
  if (error instanceof UntrustedServer || error instanceof ProxyRefused || error instanceof ReadOnlyEndpoint)
    return "barred";
  if (error instanceof ConnectionLost || error instanceof TimedOut || error instanceof Cancelled)
    return "maybeSent";
  if (error instanceof TooBusy) return error.status === 429 ? "busy" : "busyMaybeDone";
  if (error instanceof ServerFailed) return "serverFailed";
  if (error instanceof TokenRejected || error instanceof Forbidden || error instanceof ProxyAskedToSignIn) {
    return "unauthorized";
  }
  if (error instanceof NoSuchContact) return "absent";
  if (error instanceof NoSuchPath || error instanceof Redirected) return "wrongPath";
  if (error instanceof UnreadableReply) return error.how === "cut" ? "maybeSent" : "foreign";
  if (error.status === 409) return "conflict";
  return error.status === 408 ? "requestTimedOut" : "refused";
}

/** Statuses by which a server or a proxy refuses the method or the body of a request, whatever it asks for. */
const notSo = new Set([403, 405, 406, 411, 413, 415, 501]);

/**
 * Whether a batch read, which is a POST, failed in a way that says nothing about single reads. A 404 with JSON is about
 * the whole request, for example its language, and says nothing about single contacts either.
 */
export function barsBatchRead(error: unknown): boolean {
  if (error instanceof NoSuchPath || error instanceof NoSuchContact) return true;
  const isRefusal = error instanceof Forbidden || error instanceof Refused || error instanceof ServerFailed;
  return isRefusal && error.status !== undefined && notSo.has(error.status);
}

/** Whether the next request would fail the same way, until a person changes something. */
export function failsAgain(error: ApiError): boolean {
  return ["barred", "unauthorized", "wrongPath"].includes(faultOf(error));
}
