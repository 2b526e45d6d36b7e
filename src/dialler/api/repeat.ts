import { ApiError } from "./http/apiError";
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
  ReadOnlyEndpoint,
  Redirected,
  Refused,
  ServerFailed,
  TokenRejected,
  TooBusy,
  UnreadableReply,
} from "./http/replyErrors";
import { backOffMs, longestWaitMs, waitFor } from "./waits";

/** The kind of request, as far as repeating is concerned. */
export type RequestKind = "read" | "deleteById" | "lockById" | "byUserData" | "import";

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
  | "refused"
  | "unreadable"
  | "contradiction";

/** What to do if the request is not repeated (any more). `stop` also ends the run that it belongs to. */
type Verdict = "fail" | "unknown" | "absent" | "stop" | "verify";

interface Rule {
  /** Whether to send again, within the limits: after a back-off, or only after proof that nothing was changed. */
  readonly again?: "afterBackOff" | "afterProof";
  readonly otherwise: Verdict;
}

const fail: Rule = { otherwise: "fail" };
const stop: Rule = { otherwise: "stop" };
const unknown: Rule = { otherwise: "unknown" };
const absent: Rule = { otherwise: "absent" };
const verify: Rule = { otherwise: "verify" };
const againElseFail: Rule = { again: "afterBackOff", otherwise: "fail" };
const againElseVerify: Rule = { again: "afterBackOff", otherwise: "verify" };
const proofThenAgain: Rule = { again: "afterProof", otherwise: "verify" };

/** Rules for every request: nothing was changed, and the next request would fail the same way. */
const always = { barred: stop, unauthorized: stop, absent, wrongPath: stop, refused: fail } as const;

/** A second request may hit another contact with the UserData, so it is only sent again if the first was never sent. */
const neverTwice = {
  ...always,
  neverSent: againElseFail,
  maybeSent: unknown,
  busy: fail,
  busyMaybeDone: unknown,
  serverFailed: unknown,
  conflict: fail,
  unreadable: unknown,
  contradiction: unknown,
} as const;

/** The rules of repeating as data: what may be sent again, and what a fault means if it may not. */
export const repeatTable: Readonly<Record<RequestKind, Readonly<Record<Fault, Rule>>>> = {
  read: {
    ...always,
    neverSent: againElseFail,
    maybeSent: againElseFail,
    busy: againElseFail,
    busyMaybeDone: againElseFail,
    serverFailed: againElseFail,
    conflict: fail,
    unreadable: fail,
    contradiction: fail,
  },
  deleteById: {
    ...always,
    neverSent: againElseFail,
    maybeSent: proofThenAgain,
    busy: againElseFail,
    busyMaybeDone: againElseVerify,
    serverFailed: proofThenAgain,
    conflict: fail,
    unreadable: verify,
    contradiction: unknown,
  },
  lockById: {
    ...always,
    neverSent: againElseFail,
    maybeSent: againElseVerify,
    busy: againElseFail,
    busyMaybeDone: againElseVerify,
    serverFailed: againElseVerify,
    conflict: verify,
    unreadable: verify,
    contradiction: unknown,
  },
  byUserData: neverTwice,
  import: neverTwice,
};

const repeatsAtMost: Readonly<Record<RequestKind, number>> = {
  read: 2,
  deleteById: 1,
  lockById: 1,
  byUserData: 1,
  import: 1,
};

/**
 * A lock that may have been applied is sent again only while the contact is unlikely to have been changed by others.
 */
const lockRepeatWithinMs = 30_000;

export function faultOf(error: ApiError): Fault {
  if (error instanceof Unreachable) return "neverSent";
  if (error instanceof UntrustedServer || error instanceof ProxyRefused || error instanceof ReadOnlyEndpoint)
    return "barred";
  if (error instanceof ConnectionLost || error instanceof TimedOut || error instanceof Cancelled)
    return "maybeSent";
  if (error instanceof TooBusy) return error.status === 429 ? "busy" : "busyMaybeDone";
  if (error instanceof ServerFailed) return "serverFailed";
  if (error instanceof TokenRejected || error instanceof Forbidden) return "unauthorized";
  if (error instanceof NoSuchContact) return "absent";
  if (error instanceof NoSuchPath || error instanceof Redirected) return "wrongPath";
  if (error instanceof Refused) return error.status === 409 ? "conflict" : "refused";
  if (error instanceof UnreadableReply) {
    if (error.how === "statusInBody") return "contradiction";
    return error.how === "cut" ? "maybeSent" : "unreadable";
  }
  return "refused";
}

/** The limits of the loop. Each run has one, and all its requests share the budget. */
export interface RepeatControl {
  /** Aborted once nothing more may be sent. */
  readonly cancelled: AbortSignal;
  /** Uses one repeat of the budget; false if none is left. */
  takeRepeat(): boolean;
  /** Waits; false if the run was cancelled or the wait is too long for this caller. */
  wait(ms: number, why: "backOff" | "serverAsked"): Promise<boolean>;
  /** The server reported that it is too busy. */
  busy(): void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** What reading the contact again showed about a change. */
export type Proof = "applied" | "notApplied" | "cannotTell";

export type Settled<T> =
  | { readonly kind: "answered"; readonly value: T; readonly repeats: number }
  | { readonly kind: "proven"; readonly error: ApiError }
  | {
      readonly kind: "gaveUp";
      readonly verdict: Exclude<Verdict, "verify">;
      readonly error: ApiError;
      /** How often the request was repeated. A 404 after a repeat means something else than a first 404. */
      readonly repeats: number;
      /** An earlier attempt may have been applied, and there is no proof that it was not. */
      readonly inDoubt: boolean;
    };

/**
 * Sends `attempt` and follows the repeat table. `verify` reads whether the change took effect; without it nothing can
 * be proven.
 * @throws errors of `attempt` that are not an ApiError
 */
export async function sendObeying<T>(
  kind: RequestKind,
  attempt: () => Promise<T>,
  control: RepeatControl,
  verify: () => Promise<Proof> = () => Promise.resolve("cannotTell"),
): Promise<Settled<T>> {
  const startedAt = Date.now();
  let inDoubt = false;
  for (let repeats = 0; ; repeats++) {
    let error: ApiError;
    try {
      return { kind: "answered", value: await attempt(), repeats };
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      error = thrown;
    }
    if (error.status === 429 || error.status === 503) control.busy();
    const fault = faultOf(error);
    const rule = repeatTable[kind][fault];
    inDoubt ||= maybeDone.has(fault);
    const gaveUp = (verdict: Exclude<Verdict, "verify">): Settled<T> => {
      return { kind: "gaveUp", verdict, error, repeats, inDoubt };
    };
    /** The run or this request was cancelled: nothing more is sent, not even a read. */
    const isOver = (): boolean => control.cancelled.aborted || error instanceof Cancelled;

    if (rule.again === "afterProof") {
      const proof = isOver() ? "cannotTell" : await verify();
      if (proof === "applied") return { kind: "proven", error };
      if (proof === "cannotTell") return gaveUp("unknown");
      inDoubt = false;
    }
    const late = kind === "lockById" && inDoubt && Date.now() - startedAt > lockRepeatWithinMs;
    const again = rule.again !== undefined && !late && repeats < repeatsAtMost[kind];
    if (again && !isOver() && (await mayGoAgain(error, repeats, control))) continue;

    if (rule.again === "afterProof") return gaveUp("fail");
    // A failure that changed nothing says nothing about an earlier attempt that may have been applied.
    const verdict = rule.otherwise === "fail" && inDoubt && kind !== "read" ? "verify" : rule.otherwise;
    if (verdict !== "verify") return gaveUp(verdict);
    const proof = isOver() ? "cannotTell" : await verify();
    if (proof === "applied") return { kind: "proven", error };
    // If no request is in doubt, the server refused the change, and an inconclusive read does not alter that.
    return gaveUp(proof === "notApplied" || !inDoubt ? "fail" : "unknown");
  }
}

/** After these faults the request may have been applied. */
const maybeDone: ReadonlySet<Fault> = new Set([
  "maybeSent",
  "busyMaybeDone",
  "serverFailed",
  "unreadable",
  "contradiction",
]);

async function mayGoAgain(error: ApiError, repeats: number, control: RepeatControl): Promise<boolean> {
  if (!control.takeRepeat()) return false;
  const asked = error instanceof TooBusy ? error.retryAfterMs : undefined;
  return asked === undefined
    ? control.wait(backOffMs(repeats, control.random()), "backOff")
    : control.wait(asked, "serverAsked");
}

const never = new AbortController().signal;

/** The control of a request outside a run. */
export function controlOf(signal?: AbortSignal): RepeatControl {
  return {
    cancelled: signal ?? never,
    takeRepeat: () => true,
    wait: async (ms) => ms <= longestWaitMs && (await waitFor(ms, signal)),
    busy: () => undefined,
    random: Math.random,
  };
}
