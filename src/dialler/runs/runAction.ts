import type { Change, ChangeSettled, Target } from "../api/change";
import { ApiError, Cancelled, InvalidKey, NoSuchContact, NoSuchPath } from "../api/http/apiError";
import { type Contact, contactFromRecord, sameIdentity } from "../api/record/contact";
import { faultOf, longestWaitMs, type RepeatControl, waitFor } from "../api/repeat";
import type { WireRecord } from "../api/record/wire";
import * as l10n from "../../l10n";
import type { EntryResult } from "./actionReport";
import { contactActions } from "./contactAction";

/** One item of the frozen set: what was shown is what is acted on. */
export interface PlannedEntry {
  readonly id: number;
  readonly userData?: string | undefined;
  /** The contact as it was shown. Needed for a final action: a contact that has changed since is skipped. */
  readonly shown?: Contact | undefined;
  /** A request to delete it was sent before, in the same run: where it is gone now, that is why. */
  readonly sentBefore?: boolean;
}

/** The calls a run makes; they belong to the connection that the rows came from. */
export interface RunClient {
  change(
    change: Change,
    target: Target,
    control: RepeatControl,
    signal: AbortSignal | undefined,
  ): Promise<ChangeSettled>;
  getContact(id: number, control: RepeatControl, signal?: AbortSignal): Promise<WireRecord>;
  readBatch(
    keys: { readonly ids: readonly number[] },
    languageId: undefined,
    control: RepeatControl,
    signal?: AbortSignal,
  ): Promise<readonly WireRecord[]>;
}

export interface RunOptions {
  /** Requests in flight, at most eight; halved whenever the server says that it is too busy. */
  readonly concurrency: number;
  readonly lockField: string;
  /** Aborted: nothing more is sent; what is in flight may finish. */
  readonly cancelled: AbortSignal;
  /** Aborted: requests in flight are given up, too; what becomes of them is unknown. */
  readonly abort?: AbortSignal;
  /**
   * Called right before a change is sent, a final one's with the whole record as it was just read. The change waits
   * for it, and when it throws nothing is sent and the run stops.
   */
  intent?(index: number, record: WireRecord | undefined): Promise<void>;
  /** `index`: the item's place in the set. */
  onResult(result: EntryResult, finished: number, index: number): void;
  /** The server asks for a long wait: the whole run pauses until then. */
  onPause?(until: Date): void;
  readonly random?: () => number;
  /** A wait above it pauses the run, and nothing that was read before is acted on after it. */
  readonly longWaitMs?: number;
}

/** How many contacts one batch read asks for. */
export const readAgainAtOnce = 100;
const mostInFlight = 8;
const repeatsPerRun = 20;
const failuresInARow = 5;
/** Requests in flight together are told to wait together; that is one pause. */
const saidAgainAfterMs = 5000;

/**
 * One action over a frozen set. One result each, in the order of the set, and their number is the number of items
 * whatever happens on the way. Never throws.
 */
export async function runAction(
  change: Change,
  items: readonly PlannedEntry[],
  client: RunClient,
  options: RunOptions,
): Promise<EntryResult[]> {
  return new Run(change, items, client, options).finish();
}

class Run {
  readonly #results: (EntryResult | undefined)[];
  #next = 0;
  #finished = 0;
  #inARow = 0;
  #repeatsLeft = repeatsPerRun;
  #slots: number;
  /** Why nothing more is sent; undefined while the run goes on. */
  #stopped: string | undefined;
  readonly #stopping = new AbortController();
  /** Nothing more is begun, and nobody waits any longer: the run has stopped, or was cancelled. */
  readonly #ended: AbortSignal;
  #pausedUntil = 0;
  /** Long pauses so far. What was read before one is not acted on after it. */
  #pauses = 0;
  readonly #longWaitMs: number;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #batches = new Map<number, Promise<Batch | undefined>>();
  #noBatchRead = false;
  /** One for the whole run: its requests share the budget of repeats, the pauses and the cancel. */
  readonly #control: RepeatControl;

  constructor(
    readonly change: Change,
    readonly items: readonly PlannedEntry[],
    readonly client: RunClient,
    readonly options: RunOptions,
  ) {
    this.#results = new Array<EntryResult | undefined>(items.length);
    this.#slots = Math.max(1, Math.min(mostInFlight, Math.floor(options.concurrency) || 1));
    this.#longWaitMs = options.longWaitMs ?? longestWaitMs;
    this.#ended = AbortSignal.any([options.cancelled, this.#stopping.signal]);
    this.#control = {
      get cancelled() {
        return options.cancelled.aborted;
      },
      takeRepeat: () => !this.#ended.aborted && this.#repeatsLeft > 0 && this.#repeatsLeft-- > 0,
      wait: (ms, why) => this.#wait(ms, why === "serverAsked"),
      busy: () => {
        this.#slots = Math.max(1, Math.floor(this.#slots / 2));
      },
      random: options.random ?? Math.random,
    };
  }

  async finish(): Promise<EntryResult[]> {
    const workers = Array.from({ length: Math.min(this.#slots, this.items.length) }, () => this.#work());
    await Promise.all(workers);
    return this.items.map((item, index) => {
      return (
        this.#results[index] ??
        this.#record(index, { ...keyOf(item), outcome: "notAttempted", reason: this.#stopReason })
      );
    });
  }

  async #work(): Promise<void> {
    while (await this.#mayGoOn()) {
      if (this.#inFlight.size >= this.#mayBeInFlight) {
        await Promise.race(this.#inFlight);
        continue;
      }
      const index = this.#next++;
      const item = this.items[index];
      if (item === undefined) return;
      const settling = this.#settle(item, index).then((result) => void this.#record(index, result));
      this.#inFlight.add(settling);
      await settling;
      this.#inFlight.delete(settling);
    }
  }

  /** After a failure, what is in flight may be those that stop the run: no more is risked than it takes to know. */
  get #mayBeInFlight(): number {
    return this.#inARow === 0 ? this.#slots : Math.min(this.#slots, failuresInARow - this.#inARow);
  }

  get #stopReason(): string {
    return this.#stopped ?? l10n.t("cancelled");
  }

  async #mayGoOn(): Promise<boolean> {
    while (Date.now() < this.#pausedUntil && !this.#ended.aborted) {
      await waitFor(this.#pausedUntil - Date.now(), this.#ended);
    }
    return !this.#ended.aborted;
  }

  async #settle(item: PlannedEntry, index: number): Promise<EntryResult> {
    let begun = false;
    try {
      const { final } = contactActions[this.change];
      let pauses: number;
      do {
        pauses = this.#pauses;
        const before = final ? await this.#proceed(item, index) : {};
        if ("ended" in before) return { ...keyOf(item), ...before.ended };
        const notWritten = await this.#announce(index, before.record);
        if (notWritten !== undefined) return { ...keyOf(item), ...notWritten };
      } while (final && pauses !== this.#pauses);
      begun = true;
      const { abort } = this.options;
      const control = this.#controlOf(item, index);
      const settled = await this.client.change(this.change, { id: item.id }, control, abort);
      if (settled.stopsRun) this.#stop(settled.reason ?? "");
      const { status, ms, reason } = settled;
      const outcome = settled.outcome === "notFound" && item.sentBefore === true ? "gone" : settled.outcome;
      return { ...keyOf(item), outcome, status, ms, ...(reason === undefined ? {} : { reason }) };
    } catch (error) {
      // Input that must not be sent; or a defect, and then nobody knows how far the change had come.
      const outcome = begun && !(error instanceof InvalidKey) ? "unknown" : "failed";
      return { ...keyOf(item), outcome, reason: textOf(error) };
    }
  }

  /** After a long wait nobody knows whether a contact is still the one that was shown: it is read, and kept, again. */
  #controlOf(item: PlannedEntry, index: number): RepeatControl {
    const run = this.#control;
    if (!contactActions[this.change].final) return run;
    return {
      get cancelled() {
        return run.cancelled;
      },
      takeRepeat: () => run.takeRepeat(),
      wait: async (ms, why) => {
        return (
          (await run.wait(ms, why)) && (ms <= this.#longWaitMs || (await this.#isStillShown(item, index)))
        );
      },
      busy: () => run.busy(),
      random: () => run.random(),
    };
  }

  async #isStillShown({ id, shown }: PlannedEntry, index: number): Promise<boolean> {
    try {
      const record = await this.client.getContact(id, this.#control, this.#ended);
      const isSo = shown !== undefined && sameIdentity(shown, this.#contactOf(record));
      return isSo && (await this.#announce(index, record)) === undefined;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** Tells that a change is about to leave; what it ends with when nobody could take that down. */
  async #announce(index: number, record: WireRecord | undefined): Promise<Ended | undefined> {
    try {
      await this.options.intent?.(index, record);
    } catch (error) {
      this.#stop(textOf(error));
      return { outcome: "failed", reason: textOf(error) };
    }
    // Writing it down may have taken long; a cancel in between still counts.
    return (await this.#mayGoOn()) ? undefined : { outcome: "notAttempted", reason: this.#stopReason };
  }

  /** Reads a contact again before it is changed for good: its record, when it is still the one that was shown. */
  async #proceed(
    item: PlannedEntry,
    index: number,
  ): Promise<{ readonly record?: WireRecord } | { readonly ended: Ended }> {
    const now = await this.#readAgain(item.id, index);
    // The reading may have taken long; a cancel in between still counts, and has ended the reading itself.
    const isTold = "failure" in now && !(now.failure instanceof Cancelled);
    if (!(await this.#mayGoOn()) && !isTold)
      return { ended: { outcome: "notAttempted", reason: this.#stopReason } };
    if ("failure" in now) {
      const { status, sentence } = now.failure;
      const reason = l10n.t("Not sent, because the contact could not be read again before: {reason}", {
        reason: sentence,
      });
      return { ended: { outcome: "failed", status, reason } };
    }
    if (now.record === undefined) {
      const reason = l10n.t("The contact was gone when it was read again; nothing was sent.");
      return { ended: { outcome: item.sentBefore === true ? "gone" : "notFound", reason } };
    }
    if (item.shown === undefined || !sameIdentity(item.shown, this.#contactOf(now.record))) {
      const reason = l10n.t("The contact has changed since it was shown; nothing was sent.");
      return { ended: { outcome: "skipped", reason } };
    }
    return { record: now.record };
  }

  async #readAgain(id: number, index: number): Promise<Again> {
    try {
      const batch = await this.#batchOf(index);
      if (batch !== undefined) return { record: batch.get(id) };
      // The answer that there is no batch read may have taken long, too; what is said here is not looked at then.
      if (!(await this.#mayGoOn())) return { record: undefined };
      return { record: await this.client.getContact(id, this.#control, this.#ended) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error instanceof NoSuchContact) return { record: undefined };
      const fault = faultOf(error);
      if (fault === "barred" || fault === "unauthorized" || fault === "wrongPath") this.#stop(error.sentence);
      return { failure: error };
    }
  }

  /** The contacts around an item, read at once for all of them; undefined on a server without the batch read. */
  #batchOf(index: number): Promise<Batch | undefined> {
    const chunk = Math.floor(index / readAgainAtOnce);
    let batch = this.#batches.get(chunk);
    if (batch === undefined) {
      batch = this.#noBatchRead ? Promise.resolve(undefined) : this.#readBatch(chunk * readAgainAtOnce);
      this.#batches.set(chunk, batch);
      // Items go out in order: a chunk two behind is not asked for again, and holds personal data.
      this.#batches.delete(chunk - 2);
    }
    return batch;
  }

  async #readBatch(start: number): Promise<Batch | undefined> {
    const ids = this.items.slice(start, start + readAgainAtOnce).map(({ id }) => id);
    try {
      const records = await this.client.readBatch({ ids }, undefined, this.#control, this.#ended);
      return new Map(records.map((record) => [this.#contactOf(record).id, record]));
    } catch (error) {
      // A 404 with JSON speaks of the whole question, such as its language; it tells nothing of each contact.
      if (!(error instanceof NoSuchPath || error instanceof NoSuchContact)) throw error;
      this.#noBatchRead = true;
      return undefined;
    }
  }

  #contactOf(record: WireRecord): Contact {
    return contactFromRecord(record, this.options.lockField);
  }

  #record(index: number, result: EntryResult): EntryResult {
    this.#results[index] = result;
    this.#finished++;
    if (result.outcome === "failed" || result.outcome === "unknown") {
      if (++this.#inARow >= failuresInARow) {
        this.#stop(l10n.t("stopped after {count} failures in a row", { count: failuresInARow }));
      }
    } else if (result.outcome !== "notAttempted") {
      this.#inARow = 0;
    }
    this.#tell(() => this.options.onResult(result, this.#finished, index));
    return result;
  }

  /** Nothing is changed that nobody learns of: whoever cannot listen ends the run. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      const reason = textOf(error);
      this.#stop(l10n.t("stopped, because a result could not be taken down: {reason}", { reason }));
    }
  }

  #stop(reason: string): void {
    this.#stopped ??= reason;
    this.#stopping.abort();
  }

  /** A run of one has nobody who could cancel it: it does not go on long after it was asked for. */
  async #wait(ms: number, pausesRun: boolean): Promise<boolean> {
    if (ms > this.#longWaitMs && this.items.length === 1) return false;
    if (pausesRun) {
      const until = Date.now() + ms;
      const isNews = until > this.#pausedUntil + saidAgainAfterMs;
      this.#pausedUntil = Math.max(this.#pausedUntil, until);
      if (ms > this.#longWaitMs) {
        this.#pauses++;
        this.#batches.clear();
      }
      if (ms > this.#longWaitMs && isNews) this.#tell(() => this.options.onPause?.(new Date(until)));
    }
    return waitFor(ms, this.#ended);
  }
}

/** A contact as it is on the server now; undefined: it is absent. */
type Again = { readonly record: WireRecord | undefined } | { readonly failure: ApiError };
type Batch = ReadonlyMap<number | undefined, WireRecord>;
/** How an item ended of which nothing was sent. */
type Ended = Omit<EntryResult, "id" | "userData">;

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function keyOf(item: PlannedEntry): { id: number; userData?: string } {
  return item.userData === undefined ? { id: item.id } : { id: item.id, userData: item.userData };
}
