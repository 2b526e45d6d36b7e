import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import type { ApiError } from "./http/apiError";
import type { Reply } from "./http/exchange";
import { NoSuchContact, NoSuchPath, UnreadableReply } from "./http/replyErrors";
import { contactFromRecord } from "./record/contact";
import { isRecord } from "./record/isRecord";
import type { WireRecord } from "./record/wire";
import { type Change, changeRules, lockLeftBy } from "./changeRules";
import { type Proof, type RepeatControl, type RequestKind, sendObeying, type Settled } from "./repeat";
import { statusContradicts } from "./scan/recordReader";

/** The contact to change: by ID, or by UserData, where the server uses the first match. */
export type Target = { readonly id: number } | { readonly userData: string };

/**
 * How a change ended. `done`: the server answered 2xx. `gone`: the first answer to a delete was lost, and the contact
 * is now verifiably absent. `notFound`: no such contact. `failed`: certainly not applied. `unknown`: may have been
 * applied.
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
}

/** The calls that settling a change needs. */
export interface ChangePort {
  readonly change: Change;
  readonly target: Target;
  readonly lockField: string;
  readonly control: RepeatControl;
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
  return { ...outcomeOf(port, settled), ms: Math.round(performance.now() - startedAt) };
}

function kindOf({ change, target }: ChangePort): RequestKind {
  return "userData" in target ? "byUserData" : changeRules[change].repeat;
}

function outcomeOf(
  port: ChangePort,
  settled: Settled<{ readonly status: number; readonly warning: string | undefined }>,
): Omit<ChangeSettled, "ms"> {
  if (settled.kind === "answered") {
    const { status, warning } = settled.value;
    return { outcome: "done", status, reason: warning, error: undefined, stopsRun: false };
  }
  const { error } = settled;
  const end = (outcome: ChangeOutcome, reason: string, stopsRun = false): Omit<ChangeSettled, "ms"> => {
    return { outcome, status: error.status, reason, error, stopsRun };
  };
  if (settled.kind === "proven") {
    if (changeRules[port.change].effect === "removes") {
      return end("gone", l10n.t("The answer was lost; reading the contact again showed that it is gone."));
    }
    return error.status === 409
      ? end(
          "done",
          l10n.t("The server refused, but reading the contact again showed that it already has this state."),
        )
      : end("done", l10n.t("The answer was lost; reading the contact again showed its new state."));
  }
  const kind = kindOf(port);
  switch (settled.verdict) {
    case "absent":
      // The contact was deleted: by an earlier attempt of this request if there was one, otherwise by others.
      return kind === "deleteById" && (settled.repeats > 0 || settled.inDoubt)
        ? end("gone", error.sentence)
        : end("notFound", error.sentence);
    case "stop":
      return end(settled.inDoubt ? "unknown" : "failed", error.sentence, true);
    case "fail":
      return end("failed", error.sentence);
    case "unknown":
      return end(
        "unknown",
        l10n.t("{reason} The change may still have been applied.", { reason: error.sentence }),
      );
  }
}

/**
 * The status line decides that the change was applied. An empty or truncated body only adds a warning.
 * @throws UnreadableReply if the body does not come from a dialler, or reports a failure
 */
async function warningOf(reply: Reply): Promise<string | undefined> {
  let text: string;
  try {
    text = (await reply.text()).trim();
  } catch {
    return l10n.t("The answer was cut off after its status.");
  }
  if (text === "") return reply.status === 204 ? undefined : l10n.t("The answer was empty.");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    if (text.startsWith("<")) throw new UnreadableReply(reply.asked, reply.status, "notJson", cause);
    return l10n.t("The answer was cut off after its status.");
  }
  if (isRecord(body) && statusContradicts(body)) {
    throw new UnreadableReply(reply.asked, reply.status, "statusInBody");
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
  if (wanted === undefined || lock === "unknown") return "cannotTell";
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
