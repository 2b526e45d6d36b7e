import { ApiError, NoSuchContact, NoSuchPath } from "../api/http/apiError";
import type { Change } from "../api/change";
import { contactFromRecord } from "../api/record/contact";
import { controlOf } from "../api/repeat";
import type { WireRecord } from "../api/record/wire";
import * as l10n from "../../l10n";
import { contactActions } from "./contactAction";
import { readAgainAtOnce, type RunClient } from "./runAction";
import type { OutcomeDetails } from "./runSnapshot";

export interface VerifyOptions {
  readonly lockField: string;
  /** Aborted: nothing more is read, and nothing more is told. */
  readonly cancelled: AbortSignal;
  onResult(item: number, result: OutcomeDetails): void;
}

interface Unknown {
  readonly item: number;
  readonly id: number;
}

/**
 * Reads contacts of which nobody knows whether they were changed, and says what is seen: a deleted one is `gone` only by
 * a 404 with the server's JSON or by a batch read that answered properly without it. What cannot be read stays `unknown`.
 */
export async function verifyEntries(
  change: Change,
  items: readonly Unknown[],
  client: Pick<RunClient, "getContact" | "readBatch">,
  options: VerifyOptions,
): Promise<void> {
  const control = controlOf(options.cancelled);
  const isCancelled = (): boolean => options.cancelled.aborted;
  for (let start = 0; start < items.length && !isCancelled(); start += readAgainAtOnce) {
    const chunk = items.slice(start, start + readAgainAtOnce);
    const batch = await batchOf(chunk);
    for (const { item, id } of chunk) {
      if (isCancelled()) return;
      const result = await outcomeDetails(id, batch);
      if (isCancelled()) return;
      options.onResult(item, result);
    }
  }

  /** Undefined: the server has no batch read, and each contact is read by itself. */
  async function batchOf(
    chunk: readonly Unknown[],
  ): Promise<ReadonlyMap<string, WireRecord> | ApiError | undefined> {
    try {
      const records = await client.readBatch(
        { ids: chunk.map(({ id }) => id) },
        undefined,
        control,
        options.cancelled,
      );
      return new Map(records.map((record) => [String(record.ID), record]));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error instanceof NoSuchPath || error instanceof NoSuchContact ? undefined : error;
    }
  }

  async function outcomeDetails(
    id: number,
    batch: ReadonlyMap<string, WireRecord> | ApiError | undefined,
  ): Promise<OutcomeDetails> {
    if (batch instanceof ApiError) return { outcome: "unknown", reason: batch.sentence };
    if (batch !== undefined) return outcomeSeen(change, batch.get(String(id)), options.lockField);
    try {
      return outcomeSeen(change, await client.getContact(id, control, options.cancelled), options.lockField);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error instanceof NoSuchContact) return outcomeSeen(change, undefined, options.lockField);
      return { outcome: "unknown", reason: error.sentence };
    }
  }
}

/** What the contact's present state says of a change that may have been made; `record` undefined: it is absent. */
function outcomeSeen(change: Change, record: WireRecord | undefined, lockField: string): OutcomeDetails {
  const { leaves } = contactActions[change];
  if (leaves === undefined) {
    return record === undefined
      ? { outcome: "gone", reason: l10n.t("Reading the contact again showed that it is gone.") }
      : { outcome: "failed", reason: l10n.t("The contact is still there; it was not deleted.") };
  }
  if (record === undefined) return { outcome: "notFound", reason: l10n.t("the server has no such contact") };
  const { lock } = contactFromRecord(record, lockField);
  if (lock === "unknown") {
    return { outcome: "unknown", reason: l10n.t("The server does not tell whether the contact is locked.") };
  }
  return lock === leaves
    ? { outcome: "done", reason: l10n.t("Reading the contact again showed its new state.") }
    : { outcome: "failed", reason: l10n.t("Reading the contact again showed that it was not changed.") };
}
