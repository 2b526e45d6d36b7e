import * as l10n from "../../l10n";
import { ApiError } from "../api/http/apiError";
import { Cancelled } from "../api/http/connectionErrors";
import { type Contact, contactFromRecord, sameIdentity } from "../api/record/contact";
import type { WireRecord } from "../api/record/wire";
import { faultOf } from "../api/repeat";
import { batchSize, type ContactReader, readAlone, readTogether } from "../lookup/readContacts";
import type { Lanes } from "./lanes";
import type { OutcomeDetails } from "./outcome";
import type { PlannedEntry } from "./plan";

/** A contact that may be acted on, as it is on the server now; or how its entry ended, with nothing sent. */
export type Reread = { readonly record: WireRecord } | { readonly ended: OutcomeDetails };

type Batch = ReadonlyMap<number, WireRecord> | undefined;
/** A contact as it is on the server now; undefined: it is absent. */
type Read = { readonly record: WireRecord | undefined } | { readonly failure: ApiError };

/**
 * Reads contacts again right before they are changed for good, in batches where the server has them. Nothing that was
 * read before a long pause is used after it.
 */
export class Rereading {
  readonly #batches = new Map<number, Promise<Batch>>();
  #longPauses = 0;

  constructor(
    readonly entries: readonly PlannedEntry[],
    readonly client: ContactReader,
    readonly lanes: Lanes,
    readonly lockField: string,
  ) {}

  /** Whether a contact is still the one that was shown. */
  async of(entry: PlannedEntry, index: number): Promise<Reread> {
    const { lanes } = this;
    const now = await this.#read(entry.id, index);
    // The reading may have taken long; a cancel in between still counts, and has ended the reading itself.
    const isTold = "failure" in now && !(now.failure instanceof Cancelled);
    if (!(await lanes.mayGoOn()) && !isTold)
      return { ended: { outcome: "notAttempted", reason: lanes.stopReason } };
    if ("failure" in now) {
      const { status, sentence } = now.failure;
      const reason = l10n.t("Not sent, because the contact could not be read again before: {reason}", {
        reason: sentence,
      });
      return { ended: { outcome: "failed", status, reason } };
    }
    if (now.record === undefined) {
      const reason = l10n.t("The contact was gone when it was read again; nothing was sent.");
      return { ended: { outcome: entry.sentBefore === true ? "gone" : "notFound", reason } };
    }
    if (!this.#isShown(entry, now.record)) {
      const reason = l10n.t("The contact has changed since it was shown; nothing was sent.");
      return { ended: { outcome: "skipped", reason } };
    }
    return { record: now.record };
  }

  /** The contact's record, read once more by itself; undefined when it is no longer the one that was shown. */
  async stillShown(entry: PlannedEntry): Promise<WireRecord | undefined> {
    const { control, ended } = this.lanes;
    try {
      const record = await readAlone(this.client, entry.id, { control, signal: ended });
      return record !== undefined && this.#isShown(entry, record) ? record : undefined;
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  #isShown({ shown }: PlannedEntry, record: WireRecord): boolean {
    const now: Contact = contactFromRecord(record, this.lockField);
    return shown !== undefined && sameIdentity(shown, now);
  }

  async #read(id: number, index: number): Promise<Read> {
    const { control, ended } = this.lanes;
    try {
      const batch = await this.#batchOf(index);
      if (batch !== undefined) return { record: batch.get(id) };
      // The answer that there is no batch read may have taken long, too; what is said here is not looked at then.
      if (!(await this.lanes.mayGoOn())) return { record: undefined };
      return { record: await readAlone(this.client, id, { control, signal: ended }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const fault = faultOf(error);
      if (fault === "barred" || fault === "unauthorized" || fault === "wrongPath")
        this.lanes.stop(error.sentence);
      return { failure: error };
    }
  }

  /** The contacts around an entry, read at once for all of them; undefined on a server without the batch read. */
  #batchOf(index: number): Promise<Batch> {
    if (this.#longPauses !== this.lanes.longPauses) this.#batches.clear();
    this.#longPauses = this.lanes.longPauses;
    const chunk = Math.floor(index / batchSize);
    let batch = this.#batches.get(chunk);
    if (batch === undefined) {
      const { control, ended } = this.lanes;
      const start = chunk * batchSize;
      const ids = this.entries.slice(start, start + batchSize).map(({ id }) => id);
      batch = readTogether(this.client, ids, { control, signal: ended });
      this.#batches.set(chunk, batch);
      // Entries go out in order: a chunk two behind is not asked for again, and holds personal data.
      this.#batches.delete(chunk - 2);
    }
    return batch;
  }
}
