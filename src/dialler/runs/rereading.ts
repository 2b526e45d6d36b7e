import * as l10n from "../../l10n";
import { ApiError } from "../api/http/apiError";
import { Cancelled } from "../api/http/connectionErrors";
import { type Contact, contactFromRecord, identityChanges, sameIdentity } from "../api/record/contact";
import { whyNotWhole } from "../api/record/wholeRecord";
import type { WireRecord } from "../api/record/wire";
import { failsAgain } from "../api/fault";
import { batchSize, type ContactReader, readAlone, readTogether } from "../lookup/readContacts";
import type { Lanes } from "./lanes/lanes";
import type { EntryResult, OutcomeDetails } from "./outcome";
import type { PlannedEntry } from "./plan";

/** The current record of a contact that may be changed, or the outcome of an entry for which nothing is sent. */
export type Reread =
  { readonly record: WireRecord } | { readonly ended: OutcomeDetails & Pick<EntryResult, "now"> };

type Batch = ReadonlyMap<number, WireRecord> | undefined;
/** The contact's current record; undefined if it is absent. */
type Read = { readonly record: WireRecord | undefined } | { readonly failure: ApiError } | "ended";

/**
 * Reads contacts again immediately before a final change, in batches if the server has them. Results from before a long
 * pause are not used after it.
 */
export class Rereading {
  readonly #batches = new Map<number, Promise<Batch>>();
  #longPauses = 0;

  constructor(
    readonly entries: readonly PlannedEntry[],
    readonly client: ContactReader,
    readonly lanes: Lanes,
    readonly options: { readonly lockField: string; readonly keepsRecords?: boolean },
  ) {}

  /** Reads the contact again and checks that it is still the one that was shown. */
  async of(entry: PlannedEntry, index: number): Promise<Reread> {
    const { lanes } = this;
    const now = await this.#read(entry.id, index);
    // Reading may take long. A cancel during it still counts, and is the reason why the read ended.
    const isFailure = now !== "ended" && "failure" in now && !(now.failure instanceof Cancelled);
    if (now === "ended" || (!(await lanes.mayGoOn()) && !isFailure))
      return { ended: { outcome: "notAttempted", reason: lanes.stopReason } };
    if ("failure" in now) {
      const { status, next } = now.failure;
      const reason = l10n.t("Nothing was sent, because the contact could not be read again first: {reason}", {
        reason: lanes.explain(now.failure),
      });
      return { ended: { outcome: "failed", status, reason, next } };
    }
    if (now.record === undefined) {
      const reason = l10n.t("Reading the contact again showed that it no longer exists; nothing was sent.");
      return { ended: { outcome: entry.sentBefore === true ? "gone" : "notFound", reason } };
    }
    const { record } = now;
    if (!this.#isShown(entry, record)) {
      const contact = contactFromRecord(record, this.options.lockField);
      const reason = changedReason(entry.shown, contact);
      // A server may answer with another contact than the one that was asked for.
      const read = contact.id === entry.id ? { now: { record, contact } } : {};
      return { ended: { outcome: "skipped", reason, ...read } };
    }
    const reason = this.options.keepsRecords === true ? whyNotWhole(record) : undefined;
    if (reason !== undefined) return { ended: { outcome: "skipped", reason } };
    return { record };
  }

  /** The contact's record, read once more on its own; undefined if it is no longer the one that was shown. */
  async stillShown(entry: PlannedEntry): Promise<WireRecord | undefined> {
    const { control, ended } = this.lanes;
    try {
      const record = await readAlone(this.client, entry.id, { control, signal: ended, fresh: true });
      if (record === undefined || !this.#isShown(entry, record)) return undefined;
      return this.options.keepsRecords === true && whyNotWhole(record) !== undefined ? undefined : record;
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  #isShown({ shown }: PlannedEntry, record: WireRecord): boolean {
    const now: Contact = contactFromRecord(record, this.options.lockField);
    return shown !== undefined && sameIdentity(shown, now);
  }

  async #read(id: number, index: number): Promise<Read> {
    const { control, ended } = this.lanes;
    try {
      const batch = await this.#batchOf(index);
      if (batch !== undefined) return { record: batch.get(id) };
      // The failed batch read may have taken long.
      if (!(await this.lanes.mayGoOn())) return "ended";
      return { record: await readAlone(this.client, id, { control, signal: ended, fresh: true }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (failsAgain(error)) this.lanes.stop(this.lanes.explain(error));
      return { failure: error };
    }
  }

  /** The batch of contacts that contains an entry; undefined if the server has no batch read. */
  #batchOf(index: number): Promise<Batch> {
    if (this.#longPauses !== this.lanes.longPauses) this.#batches.clear();
    this.#longPauses = this.lanes.longPauses;
    const chunk = Math.floor(index / batchSize);
    let batch = this.#batches.get(chunk);
    if (batch === undefined) {
      const { control, ended } = this.lanes;
      const start = chunk * batchSize;
      const ids = this.entries.slice(start, start + batchSize).map(({ id }) => id);
      batch = readTogether(this.client, ids, { control, signal: ended, fresh: true });
      this.#batches.set(chunk, batch);
      // Entries are sent in order. A chunk two places back is no longer needed, and holds personal data.
      this.#batches.delete(chunk - 2);
    }
    return batch;
  }
}

/** Why a contact is skipped, without a value: the reason is logged. */
function changedReason(shown: Contact | undefined, now: Contact): string {
  const changes = shown === undefined ? [] : identityChanges(shown, now);
  if (changes.length === 0) return l10n.t("The contact has changed since it was shown; nothing was sent.");
  const words = {
    name: l10n.t("name"),
    userData: l10n.t("UserData"),
    campaign: l10n.t("campaign"),
    numbers: l10n.t("phone numbers"),
  };
  return l10n.t("The contact has changed since it was shown ({what}); nothing was sent.", {
    what: changes.map((part) => words[part]).join(", "),
  });
}
