import type { ChangeSettled } from "../api/change";
import type { Change } from "../api/changeRules";
import type { DiallerClient } from "../api/diallerClient";
import { InvalidKey } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import type { RepeatControl } from "../api/repeat";
import type { ContactReader } from "../lookup/readContacts";
import { contactActions } from "./contactAction";
import { type LaneOptions, Lanes } from "./lanes/lanes";
import { type EntryResult, type OutcomeDetails, outcomeDetails } from "./outcome";
import type { PlannedEntry } from "./plan";
import { Rereading } from "./rereading";
import { Settling } from "./settling";

/** The calls that a run makes, on the connection that its rows came from. */
export type RunClient = ContactReader & Pick<DiallerClient, "change">;

export interface RunOptions extends Omit<LaneOptions, "single"> {
  readonly lockField: string;
  /** Aborted: requests in flight are given up as well, and their outcome is unknown. */
  readonly abort?: AbortSignal;
  /** The intents are kept for restoring. Nothing is sent for a contact whose record cannot be kept whole. */
  readonly keepsRecords?: boolean;
  /**
   * Called immediately before a change is sent; for a journalled change, with the complete record that was just read.
   * The change waits for it. If it throws, nothing is sent and the run stops.
   */
  intent?(index: number, record: WireRecord | undefined): Promise<void>;
  /** The answer was lost, and the contact is looked at again: its result comes later. */
  onLost?(index: number): void;
  /** `index` is the entry's position in the plan. */
  onResult(result: EntryResult, finished: number, index: number): void;
}

/**
 * Runs one action over a fixed set of contacts. Returns one result per entry, in the order of the set, whatever
 * happens. Never throws.
 */
export async function runAction(
  change: Change,
  entries: readonly PlannedEntry[],
  client: RunClient,
  options: RunOptions,
): Promise<EntryResult[]> {
  return new Run(change, entries, client, options).finish();
}

class Run {
  readonly #results: (EntryResult | undefined)[];
  readonly #lanes: Lanes;
  readonly #rereading: Rereading;
  readonly #settling: Settling;
  /** Whether contacts are read again and saved before they are changed. */
  readonly #readsAgainFirst: boolean;
  #finished = 0;

  constructor(
    readonly change: Change,
    readonly entries: readonly PlannedEntry[],
    readonly client: RunClient,
    readonly options: RunOptions,
  ) {
    this.#results = new Array<EntryResult | undefined>(entries.length);
    this.#lanes = new Lanes({ ...options, single: entries.length === 1 });
    this.#rereading = new Rereading(entries, client, this.#lanes, options);
    this.#settling = new Settling(change, client, this.#lanes, {
      ...options,
      onEnd: ({ index, id }, ended) => {
        const entry = entries[index] ?? { id };
        this.#record(index, { ...keyOf(entry), ...ended });
      },
    });
    this.#readsAgainFirst = contactActions[change].keepsRecord;
  }

  async finish(): Promise<EntryResult[]> {
    await this.#lanes.each(this.entries, async (entry, index) => {
      const result = await this.#settle(entry, index);
      this.#lanes.count(result.outcome);
      if ("settles" in result) {
        this.#lanes.tell(() => this.options.onLost?.(index));
        this.#settling.add({ index, id: entry.id, known: result });
      } else this.#record(index, result);
    });
    this.#settling.tell();
    await this.#settling.finished();
    return this.entries.map((entry, index) => {
      const { stopReason: reason } = this.#lanes;
      return (
        this.#results[index] ?? this.#record(index, { ...keyOf(entry), outcome: "notAttempted", reason })
      );
    });
  }

  /** `settles`: the result is unknown for now. */
  async #settle(
    entry: PlannedEntry,
    index: number,
  ): Promise<EntryResult | (OutcomeDetails & { readonly settles: true })> {
    let begun = false;
    try {
      let pauses: number;
      do {
        pauses = this.#lanes.longPauses;
        const before = this.#readsAgainFirst ? await this.#rereading.of(entry, index) : { record: undefined };
        if ("ended" in before) return { ...keyOf(entry), ...before.ended };
        const notAnnounced = await this.#announce(index, before.record);
        if (notAnnounced !== undefined) return { ...keyOf(entry), ...notAnnounced };
      } while (this.#readsAgainFirst && pauses !== this.#lanes.longPauses);
      begun = true;
      const settled = await this.client.change(
        this.change,
        { id: entry.id },
        {
          control: this.#controlOf(entry, index),
          signal: this.options.abort,
          wasJustRead: this.#readsAgainFirst,
          explain: this.#lanes.explain,
        },
      );
      this.#stopAfter(settled);
      const { status, ms, reason, warns, error } = settled;
      const next = error?.next;
      if (settled.settles) return { outcome: "unknown", status, ms, reason, next, settles: true };
      const outcome = settled.outcome === "notFound" && entry.sentBefore === true ? "gone" : settled.outcome;
      return { ...keyOf(entry), ...outcomeDetails({ outcome, status, ms, reason, warns, next }) };
    } catch (error) {
      // Either input that must not be sent, or a bug; after a bug it is unknown how far the change got.
      const outcome = begun && !(error instanceof InvalidKey) ? "unknown" : "failed";
      return { ...keyOf(entry), outcome, reason: textOf(error) };
    }
  }

  /** After a long wait the contact may have changed, so it is read and saved again. */
  #controlOf(entry: PlannedEntry, index: number): RepeatControl {
    const { control } = this.#lanes;
    if (!this.#readsAgainFirst) return control;
    let { longPauses: pauses } = this.#lanes;
    return {
      ...control,
      outlastBusy: async () => {
        if (!(await control.outlastBusy())) return false;
        if (pauses === this.#lanes.longPauses) return true;
        pauses = this.#lanes.longPauses;
        return this.#isStillShown(entry, index);
      },
    };
  }

  /** The rest was never sent, so the reason is what went wrong, not what may have become of this contact. */
  #stopAfter({ stopsRun, error, reason }: ChangeSettled): void {
    if (stopsRun) this.#lanes.stop(error === undefined ? (reason ?? "") : this.#lanes.explain(error));
  }

  async #isStillShown(entry: PlannedEntry, index: number): Promise<boolean> {
    const record = await this.#rereading.stillShown(entry);
    return record !== undefined && (await this.#announce(index, record)) === undefined;
  }

  /**
   * Announces that a change is about to be sent. Returns the entry's outcome if the announcement could not be saved.
   */
  async #announce(index: number, record: WireRecord | undefined): Promise<OutcomeDetails | undefined> {
    try {
      await this.options.intent?.(index, record);
    } catch (error) {
      this.#lanes.stop(textOf(error));
      return { outcome: "failed", reason: textOf(error) };
    }
    // Saving may take long, and so may the wait for its turn. A cancel during it still counts.
    if (await this.#lanes.mayGoNext()) return undefined;
    return { outcome: "notAttempted", reason: this.#lanes.stopReason };
  }

  #record(index: number, result: EntryResult): EntryResult {
    this.#results[index] = result;
    this.#finished++;
    this.#lanes.tell(() => this.options.onResult(result, this.#finished, index));
    return result;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function keyOf(entry: PlannedEntry): { id: number; userData?: string } {
  return entry.userData === undefined ? { id: entry.id } : { id: entry.id, userData: entry.userData };
}
