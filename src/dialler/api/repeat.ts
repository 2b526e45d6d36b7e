import { ApiError } from "./http/apiError";
import { Cancelled } from "./http/connectionErrors";
import { TooBusy } from "./http/replyErrors";
import { type Fault, faultOf } from "./fault";
import { backOffMs, longestWaitMs, monotonicClock, waitFor } from "./waits";

/** The kind of request, as far as repeating is concerned. */
export type RequestKind = "read" | "deleteById" | "lockById" | "byUserData" | "import";

/** What to do if the request is not repeated (any more). `stop` also ends the run that it belongs to. */
type Verdict = "fail" | "unknown" | "absent" | "stop" | "foreign";

interface Rule {
  /**
   * Whether to send again, within the limits: after a back-off, only after proof that nothing was changed, or as often
   * as the server is too busy.
   */
  readonly again?: "afterBackOff" | "afterProof" | "whenLessBusy";
  readonly otherwise: Verdict | "verify";
}

const fail: Rule = { otherwise: "fail" };
const stop: Rule = { otherwise: "stop" };
const unknown: Rule = { otherwise: "unknown" };
const absent: Rule = { otherwise: "absent" };
const verify: Rule = { otherwise: "verify" };
const foreign: Rule = { otherwise: "foreign" };
const againElseFail: Rule = { again: "afterBackOff", otherwise: "fail" };
const againElseUnknown: Rule = { again: "afterBackOff", otherwise: "unknown" };
const proofThenAgain: Rule = { again: "afterProof", otherwise: "unknown" };
const waitElseFail: Rule = { again: "whenLessBusy", otherwise: "fail" };
const waitElseUnknown: Rule = { again: "whenLessBusy", otherwise: "unknown" };

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
  requestTimedOut: fail,
  foreign: unknown,
} as const;

/** The rules of repeating as data: what may be sent again, and what a fault means if it may not. */
export const repeatTable: Readonly<Record<RequestKind, Readonly<Record<Fault, Rule>>>> = {
  read: {
    ...always,
    neverSent: againElseFail,
    maybeSent: againElseFail,
    busy: waitElseFail,
    busyMaybeDone: waitElseFail,
    serverFailed: againElseFail,
    conflict: fail,
    requestTimedOut: againElseFail,
    foreign: fail,
  },
  deleteById: {
    ...always,
    neverSent: againElseFail,
    maybeSent: proofThenAgain,
    busy: waitElseFail,
    busyMaybeDone: waitElseUnknown,
    serverFailed: proofThenAgain,
    conflict: fail,
    requestTimedOut: fail,
    foreign,
  },
  lockById: {
    ...always,
    neverSent: againElseFail,
    maybeSent: againElseUnknown,
    busy: waitElseFail,
    busyMaybeDone: waitElseUnknown,
    serverFailed: againElseUnknown,
    conflict: verify,
    requestTimedOut: fail,
    foreign,
  },
  byUserData: neverTwice,
  // Unlike a change by UserData, an import that was refused with 429 may be sent again: nothing was created.
  import: { ...neverTwice, busy: waitElseFail },
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

/** The limits of the loop. Each run has one, and all its requests share budget and pace. */
export interface RepeatControl {
  /** Aborted once nothing more may be sent. */
  readonly cancelled: AbortSignal;
  /** Milliseconds on a clock that does not jump. */
  now(): number;
  /** Uses one repeat of the budget; false if none is left. */
  takeRepeat(): boolean;
  /** Waits until another request may be sent. The sender of a change waits for its turn before the first attempt. */
  turn(): Promise<void>;
  /** Waits before a repeat, and for its turn; false if the run was cancelled or has ended. */
  backOff(ms: number): Promise<boolean>;
  /**
   * The server reported that it is too busy, to a request that was sent then, and how long it asks to wait, if it says so.
   */
  busy(askedMs: number | undefined, sentAt: number): void;
  /**
   * Waits until the server should be less busy, and for a turn; false if the server is given up or nothing more may be
   * sent.
   */
  outlastBusy(): Promise<boolean>;
  /** The server answered, and is not too busy. */
  answered(): void;
  /** Uniform in [0, 1). */
  random(): number;
}

/**
 * What reading the contact again showed about a change. `cannotTell`: it could not be read. `neverTells`: its record
 * does not show the change.
 */
export type Proof = "applied" | "notApplied" | "cannotTell" | "neverTells";

export type Settled<T> =
  | { readonly kind: "answered"; readonly value: T; readonly repeats: number }
  | { readonly kind: "proven"; readonly error: ApiError }
  | {
      readonly kind: "gaveUp";
      readonly verdict: Verdict;
      readonly error: ApiError;
      /** How often the request was repeated. A 404 after a repeat means something else than a first 404. */
      readonly repeats: number;
      /** An attempt may have been applied, or may still be. */
      readonly inDoubt: boolean;
      /** What the last reading showed, if there was one. */
      readonly proof: Proof | undefined;
    };

/**
 * Sends `attempt` and follows the repeat table. `verify` reads whether the change took effect; without it nothing can
 * be proven. Once an attempt may have been applied, no later refusal makes it certain that it was not.
 * @throws errors of `attempt` that are not an ApiError
 */
export async function sendObeying<T>(
  kind: RequestKind,
  attempt: () => Promise<T>,
  control: RepeatControl,
  verify: () => Promise<Proof> = () => Promise.resolve("cannotTell"),
): Promise<Settled<T>> {
  const startedAt = control.now();
  if (kind === "read") await control.turn();
  let inDoubt = false;
  let repeats = 0;
  let waits = 0;
  for (;;) {
    let error: ApiError;
    const sentAt = control.now();
    try {
      const value = await attempt();
      control.answered();
      return { kind: "answered", value, repeats: repeats + waits };
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      error = thrown;
    }
    const fault = faultOf(error);
    const rule = repeatTable[kind][fault];
    inDoubt ||= maybeDone.has(fault);
    if (error instanceof TooBusy) control.busy(error.retryAfterMs, sentAt);
    else if (error.status !== undefined && error.status < 500) control.answered();
    /** The run or this request was cancelled: nothing more is sent, not even a read. */
    const isOver = (): boolean => control.cancelled.aborted || error instanceof Cancelled;

    if (rule.again === "whenLessBusy" && !isOver() && (await control.outlastBusy())) {
      waits++;
      continue;
    }
    let proof = rule.again === "afterProof" && !isOver() ? await verify() : undefined;
    if (proof === "applied") return { kind: "proven", error };
    const isLate = kind === "lockById" && inDoubt && control.now() - startedAt > lockRepeatWithinMs;
    const may = rule.again === "afterBackOff" || (rule.again === "afterProof" && proof === "notApplied");
    const isLeft = repeats < (fault === "requestTimedOut" ? 1 : repeatsAtMost[kind]);
    if (may && isLeft && !isLate && !isOver() && control.takeRepeat()) {
      if (await control.backOff(backOffMs(repeats, control.random()))) {
        repeats++;
        continue;
      }
    }

    const gaveUp = (verdict: Verdict): Settled<T> => {
      return { kind: "gaveUp", verdict, error, repeats: repeats + waits, inDoubt, proof };
    };
    const { otherwise } = rule;
    if (otherwise === "absent" || otherwise === "stop") return gaveUp(otherwise);
    if (otherwise === "fail" && (!inDoubt || kind === "read")) return gaveUp("fail");
    proof ??= isOver() ? "cannotTell" : await verify();
    if (proof === "applied") return { kind: "proven", error };
    // If no request is in doubt, the server refused the change, and an inconclusive read does not alter that.
    if (!inDoubt) return gaveUp("fail");
    return gaveUp(otherwise === "foreign" ? "foreign" : "unknown");
  }
}

/** After these faults the request may have been applied. */
const maybeDone: ReadonlySet<Fault> = new Set(["maybeSent", "busyMaybeDone", "serverFailed", "foreign"]);

const never = new AbortController().signal;

/** How often a request outside a run waits for a server that is too busy. */
const waitsAlone = 2;

/** The control of a request outside a run. */
export function controlOf(signal?: AbortSignal): RepeatControl {
  let asked: number | undefined;
  let waits = 0;
  return {
    cancelled: signal ?? never,
    now: () => monotonicClock.now(),
    takeRepeat: () => true,
    backOff: (ms) => waitFor(ms, signal),
    turn: () => Promise.resolve(),
    busy: (ms) => {
      asked = ms;
    },
    outlastBusy: async () => {
      const ms = asked ?? backOffMs(waits, Math.random());
      return waits++ < waitsAlone && ms <= longestWaitMs && (await waitFor(ms, signal));
    },
    answered: () => undefined,
    random: Math.random,
  };
}
