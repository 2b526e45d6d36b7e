import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import type { ApiError } from "./http/apiError";
import type { Reply } from "./http/exchange";
import { Cancelled } from "./http/connectionErrors";
import { NoSuchContact, NoSuchPath, TooBusy, UnreadableReply } from "./http/replyErrors";
import { contactFromRecord } from "./record/contact";
import { isRecord } from "./record/isRecord";
import type { WireRecord } from "./record/wire";
import { type Change, changeRules, lockLeftBy } from "./changeRules";
import { type Proof, type RepeatControl, type RequestKind, sendObeying, type Settled } from "./repeat";
import { statusContradicts } from "./scan/recordReader";

/** The contact to change: by ID, or by UserData, where the server uses the first match. */
export type Target = { readonly id: number } | { readonly userData: string };

/**
 * How a change ended. `done`: the dialler answered 2xx. `gone`: no 2xx of the dialler's came back to a delete, and the
 * contact is now verifiably absent. `notFound`: no such contact. `failed`: certainly not applied, because every attempt
 * was refused or never sent. `unknown`: may have been applied, or may still be.
 */
export type ChangeOutcome = "done" | "gone" | "notFound" | "failed" | "unknown";

export interface ChangeSettled {
  readonly outcome: ChangeOutcome;
  /** The last HTTP status; undefined if none was read. */
  readonly status: number | undefined;
  readonly ms: number;
  /** Why the outcome is not simply `done`, or a warning beside a `done`. Server text in it is raw. */
  readonly reason: string | undefined;
  readonly error: ApiError | undefined;
  /** The next change would fail the same way, so the run stops. */
  readonly stopsRun: boolean;
  /** The change was applied, but the answer was not as it should be, which the reason says. */
  readonly warns: boolean;
  /** The outcome is unknown for now: the server may still be working, and reading the contact later may tell. */
  readonly settles: boolean;
}

/** The calls that settling a change needs. */
export interface ChangePort {
  readonly change: Change;
  readonly target: Target;
  readonly lockField: string;
  readonly control: RepeatControl;
  /** The contact was read a moment ago. If the server now says that there is no such contact, something deleted it. */
  readonly wasJustRead: boolean;
  /** The sentence for a failure. */
  readonly explain: (error: ApiError) => string;
  send(): Promise<Reply>;
  getContact(id: number): Promise<WireRecord>;
  readBatch(id: number): Promise<readonly WireRecord[]>;
}

/**
 * Sends a change, follows the repeat table, verifies what it can, and returns the outcome. Never throws an ApiError.
 */
export async function settleChange(port: ChangePort): Promise<ChangeSettled> {
  const startedAt = performance.now();
  const settled = await sendObeying(
    kindOf(port),
    async () => {
      const reply = await port.send();
      return { status: reply.status, warning: await warningOf(reply) };
    },
    port.control,
    () => proofOf(port),
  );
  const end = await endOf(port, settled);
  return {
    stopsRun: false,
    settles: false,
    warns: false,
    ...end,
    ms: Math.round(performance.now() - startedAt),
  };
}

function kindOf({ change, target }: ChangePort): RequestKind {
  return "userData" in target ? "byUserData" : changeRules[change].repeat;
}

type GaveUp = Extract<Settled<unknown>, { readonly kind: "gaveUp" }>;
type End = Pick<ChangeSettled, "outcome" | "status" | "reason" | "error"> &
  Partial<Pick<ChangeSettled, "stopsRun" | "settles" | "warns">>;

async function endOf(
  port: ChangePort,
  settled: Settled<{ readonly status: number; readonly warning: string | undefined }>,
): Promise<End> {
  if (settled.kind === "answered") {
    const { status, warning } = settled.value;
    return { outcome: "done", status, reason: warning, error: undefined, warns: warning !== undefined };
  }
  const { error } = settled;
  const { status } = error;
  if (settled.kind === "proven") {
    const removes = changeRules[port.change].effect === "removes";
    const reason = provenText(port, error, removes);
    return { outcome: removes ? "gone" : "done", status, reason, error, warns: isForeign(error) };
  }
  const reason = port.explain(error);
  switch (settled.verdict) {
    case "absent":
      return absentEnd(port, settled);
    case "stop":
      return settled.inDoubt
        ? { ...unknownEnd(port, settled), stopsRun: true }
        : { outcome: "failed", status, reason, error, stopsRun: true };
    case "fail":
      return { outcome: "failed", status, reason, error };
    case "foreign":
      // The next answer would not be the dialler's either.
      return { ...unknownEnd(port, settled), settles: false, stopsRun: true };
    case "unknown":
      return unknownEnd(port, settled);
  }
}

/** Something else than the dialler answered. */
function isForeign(error: ApiError): boolean {
  return error instanceof UnreadableReply && error.how !== "cut";
}

function provenText({ explain }: ChangePort, error: ApiError, removes: boolean): string {
  if (error.status === 409) {
    return l10n.t("The server refused, but reading the contact again showed that it already has this state.");
  }
  if (isForeign(error)) {
    return removes
      ? l10n.t("{reason} Reading the contact again showed that it is gone.", { reason: explain(error) })
      : l10n.t("{reason} Reading the contact again showed its new state.", { reason: explain(error) });
  }
  return removes
    ? l10n.t("The answer was lost; reading the contact again showed that it is gone.")
    : l10n.t("The answer was lost; reading the contact again showed its new state.");
}

/** A later reading may tell, unless the person gave up, the record never shows it, or the server is too busy for it. */
function unknownEnd({ target, explain }: ChangePort, { error, proof }: GaveUp): End {
  const settles =
    "id" in target && proof !== "neverTells" && !(error instanceof Cancelled) && !(error instanceof TooBusy);
  const reason = l10n.t("{reason} The change may still have been applied.", { reason: explain(error) });
  return { outcome: "unknown", status: error.status, reason, error, settles };
}

/** The server has no such contact: it was deleted, by an attempt of this request or by others. */
async function absentEnd(port: ChangePort, settled: GaveUp): Promise<End> {
  const { error, repeats, inDoubt } = settled;
  const { status } = error;
  const reason = port.explain(error);
  const isOurs = repeats > 0 || inDoubt;
  if (kindOf(port) !== "deleteById" || !(isOurs || port.wasJustRead)) {
    return { outcome: "notFound", status, reason, error };
  }
  const proof = port.control.cancelled.aborted ? "cannotTell" : await proofOf(port);
  // After a repeat, the answer itself says that an earlier attempt was applied.
  if (proof === "applied" || (proof === "cannotTell" && isOurs)) {
    const text = isOurs
      ? reason
      : l10n.t(
          "The server answered “not found” a moment after the contact was read. A proxy may have repeated the request, or someone else deleted the contact.",
        );
    return { outcome: "gone", status, reason: text, error };
  }
  return unknownEnd(port, { ...settled, proof });
}

/**
 * Only a JSON object with a status of 2xx is the dialler's own answer. An empty or truncated body adds a warning.
 * @throws UnreadableReply if the answer does not come from a dialler, or reports a failure
 */
async function warningOf(reply: Reply): Promise<string | undefined> {
  const isPage = /html|problem\+json/i.test(reply.header("content-type") ?? "");
  let text: string;
  try {
    text = (await reply.text()).trim();
  } catch (error) {
    const isCut = !(error instanceof UnreadableReply && error.how !== "cut");
    if (!isCut || isPage) throw error;
    return l10n.t("The answer was cut off after its status.");
  }
  if (text === "") return reply.status === 204 ? undefined : l10n.t("The answer was empty.");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    if (isPage || !text.startsWith("{"))
      throw new UnreadableReply(reply.asked, reply.status, "notJson", cause);
    return l10n.t("The answer was cut off after its status.");
  }
  if (isRecord(body) && statusContradicts(body)) {
    throw new UnreadableReply(reply.asked, reply.status, "statusInBody");
  }
  if (isPage || !isRecord(body) || typeof body.status !== "number") {
    throw new UnreadableReply(reply.asked, reply.status, "foreign");
  }
  return undefined;
}

/**
 * Reads the contact to see whether the change took effect. By UserData nothing can be proven, because several contacts
 * may have it.
 */
async function proofOf(port: ChangePort): Promise<Proof> {
  if ("userData" in port.target) return "cannotTell";
  const record = await recordNow(port, port.target.id);
  if (record === "cannotTell") return "cannotTell";
  const { effect } = changeRules[port.change];
  if (effect === "removes") return record === "absent" ? "applied" : "notApplied";
  if (record === "absent") return "notApplied";
  const wanted = lockLeftBy(effect);
  const { lock } = contactFromRecord(record, port.lockField);
  if (wanted === undefined || lock === "unknown") return "neverTells";
  return lock === wanted ? "applied" : "notApplied";
}

/** `absent` only after a 404 with the server's JSON, or a valid batch answer without the ID. */
async function recordNow(port: ChangePort, id: number): Promise<WireRecord | "absent" | "cannotTell"> {
  try {
    return await port.getContact(id);
  } catch (error) {
    if (error instanceof NoSuchContact) return "absent";
    if (!(error instanceof NoSuchPath)) return "cannotTell";
  }
  try {
    const [record] = await port.readBatch(id);
    return record ?? "absent";
  } catch {
    return "cannotTell";
  }
}
