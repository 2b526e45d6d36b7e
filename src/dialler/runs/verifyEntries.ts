import * as l10n from "../../l10n";
import { type Change, lockLeftBy } from "../api/changeRules";
import { ApiError } from "../api/http/apiError";
import { contactFromRecord } from "../api/record/contact";
import type { WireRecord } from "../api/record/wire";
import { batchSize, type ContactReader, readAlone, readTogether } from "../lookup/readContacts";
import { contactActions } from "./contactAction";
import type { OutcomeDetails } from "./outcome";

export interface VerifyOptions {
  readonly lockField: string;
  /** Aborted: nothing more is read or reported. */
  readonly cancelled: AbortSignal;
  /** `isPending`: the contact was read, and the change is not applied, or not yet. */
  onResult(item: number, seen: OutcomeDetails, isPending: boolean): void;
}

interface Unknown {
  readonly item: number;
  readonly id: number;
}

/**
 * Reads contacts with an uncertain outcome and reports what it finds. A deleted contact is `gone` only after a 404 with
 * the server's JSON, or a valid batch answer without it. If a contact cannot be read, it stays `unknown`.
 */
export async function verifyEntries(
  change: Change,
  entries: readonly Unknown[],
  client: ContactReader,
  options: VerifyOptions,
): Promise<void> {
  const { cancelled: signal } = options;
  const isCancelled = (): boolean => signal.aborted;
  for (let start = 0; start < entries.length && !isCancelled(); start += batchSize) {
    const chunk = entries.slice(start, start + batchSize);
    const batch = await attempt(() =>
      readTogether(
        client,
        chunk.map(({ id }) => id),
        { signal, fresh: true },
      ),
    );
    for (const { item, id } of chunk) {
      if (isCancelled()) return;
      const seen = await lookAt(id, batch);
      if (isCancelled()) return;
      options.onResult(item, seen.details, seen.isPending);
    }
  }

  async function lookAt(
    id: number,
    batch: ReadonlyMap<number, WireRecord> | ApiError | undefined,
  ): Promise<{ readonly details: OutcomeDetails; readonly isPending: boolean }> {
    const alone = (): Promise<WireRecord | ApiError | undefined> =>
      attempt(() => readAlone(client, id, { signal, fresh: true }));
    const read = batch instanceof ApiError ? batch : batch === undefined ? await alone() : batch.get(id);
    if (read instanceof ApiError) {
      return {
        details: { outcome: "unknown", reason: read.sentence, next: read.next },
        isPending: false,
      };
    }
    const details = outcomeSeen(change, read, options.lockField);
    return { details, isPending: details.outcome === "unknown" };
  }
}

async function attempt<T>(read: () => Promise<T>): Promise<T | ApiError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/**
 * What the contact's current state says about a change that may have been applied. A state that does not show the change
 * proves nothing, because the server may still be working on it. `record` is undefined if the contact is absent.
 */
export function outcomeSeen(
  change: Change,
  record: WireRecord | undefined,
  lockField: string,
): OutcomeDetails {
  const { effect } = contactActions[change];
  if (effect === "removes") {
    return record === undefined
      ? { outcome: "gone", reason: l10n.t("Reading the contact again showed that it is gone.") }
      : {
          outcome: "unknown",
          reason: l10n.t(
            "The contact was still there at {time}; the server may still be working on the request. Verify it again later.",
            { time: l10n.time(new Date()) },
          ),
        };
  }
  if (record === undefined) return { outcome: "notFound", reason: l10n.t("the server has no such contact") };
  const wanted = lockLeftBy(effect);
  if (wanted === undefined) {
    return {
      outcome: "unknown",
      reason: l10n.t("Reading the contact again cannot show whether it was changed."),
    };
  }
  const { lock } = contactFromRecord(record, lockField);
  if (lock === "unknown") {
    return {
      outcome: "unknown",
      reason: l10n.t("The server does not report whether the contact is locked."),
    };
  }
  return lock === wanted
    ? { outcome: "done", reason: l10n.t("Reading the contact again showed its new state.") }
    : {
        outcome: "unknown",
        reason: l10n.t(
          "The contact was not changed at {time}; the server may still be working on the request. Verify it again later.",
          { time: l10n.time(new Date()) },
        ),
      };
}
