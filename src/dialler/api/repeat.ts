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

/** What kind of request it is, as far as repeating it is concerned. */
export type RequestKind = "read" | "deleteById" | "lockById" | "byUserData" | "import";

/** What went wrong, as far as repeating is concerned. */
export type Fault =
  | "neverSent"
  /** Nothing was sent, and nothing ever will be until a person changes something. */
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

/** What to do when nothing is repeated (any more). `stop` also ends the run that the request belongs to. */
type Verdict = "fail" | "unknown" | "absent" | "stop" | "verify";

interface Rule {
  /** Whether to send again, within the limits: at once with back-off, or after a proof that nothing was changed. */
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

/** What holds for every request: these faults tell that nothing was changed and that the next one would fare the same. */
const always = { barred: stop, unauthorized: stop, absent, wrongPath: stop, refused: fail } as const;

/** The first match of a UserData is another contact the second time: only what certainly never left goes again. */
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

/** The rules of repeating as data: what may go out again, and what a fault means when it may not. */
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

/** A lock that may have been applied is only sent again while nobody else is likely to have changed it. */
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

/** What the loop may use and who may end it. One per run: its budget is shared by all requests of the run. */
export interface RepeatControl {
  /** Aborted once nothing more may be sent. */
  readonly cancelled: AbortSignal;
  /** Takes one repeat out of the budget; false when it is used up. */
  takeRepeat(): boolean;
  /** Waits; false when it was cancelled meanwhile or the wait is too long for this caller. */
  wait(ms: number, why: "backOff" | "serverAsked"): Promise<boolean>;
  /** The server said that it is too busy. */
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
      /** How often it was sent again; a 404 after a repeat means something else than a first one. */
      readonly repeats: number;
      /** An earlier attempt may have been applied, and nothing has shown that it was not. */
      readonly inDoubt: boolean;
    };

/**
 * Sends `attempt` and obeys the table. `verify` reads whether the change took effect; without it nothing can be proven.
 * @throws whatever `attempt` throws that is not an ApiError
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
    /** A person ended the run, or this very request: nothing more is sent, not even a look. */
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
    // A failure that certainly changed nothing says nothing about an earlier attempt that may have.
    const verdict = rule.otherwise === "fail" && inDoubt && kind !== "read" ? "verify" : rule.otherwise;
    if (verdict !== "verify") return gaveUp(verdict);
    const proof = isOver() ? "cannotTell" : await verify();
    if (proof === "applied") return { kind: "proven", error };
    // Where no request is in doubt, the server said no: a look that shows nothing does not change that.
    return gaveUp(proof === "notApplied" || !inDoubt ? "fail" : "unknown");
  }
}

/** After these the request may have been carried out. */
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

/** The control of a request that belongs to no run. */
export function controlOf(signal?: AbortSignal): RepeatControl {
  return {
    cancelled: signal ?? never,
    takeRepeat: () => true,
    wait: async (ms) => ms <= longestWaitMs && (await waitFor(ms, signal)),
    busy: () => undefined,
    random: Math.random,
  };
}
