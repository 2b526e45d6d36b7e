import type { Change } from "../api/changeRules";
import type { DiallerClient } from "../api/diallerClient";
import { InvalidKey } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import type { RepeatControl } from "../api/repeat";
import type { ContactReader } from "../lookup/readContacts";
import { contactActions } from "./contactAction";
import { type LaneOptions, Lanes } from "./lanes";
import type { EntryResult, OutcomeDetails } from "./outcome";
import type { PlannedEntry } from "./plan";
import { Rereading } from "./rereading";

/** The calls that a run makes, on the connection that its rows came from. */
export type RunClient = ContactReader & Pick<DiallerClient, "change">;

export interface RunOptions extends Omit<LaneOptions, "single"> {
  readonly lockField: string;
  /** Aborted: requests in flight are given up as well, and their outcome is unknown. */
  readonly abort?: AbortSignal;
  /**
   * Called immediately before a change is sent; for a journalled change, with the complete record that was just read.
   * The change waits for it. If it throws, nothing is sent and the run stops.
   */
  intent?(index: number, record: WireRecord | undefined): Promise<void>;
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
    this.#rereading = new Rereading(entries, client, this.#lanes, options.lockField);
    this.#readsAgainFirst = contactActions[change].keepsRecord;
  }

  async finish(): Promise<EntryResult[]> {
    await this.#lanes.each(this.entries, async (entry, index) => {
      this.#record(index, await this.#settle(entry, index));
    });
    return this.entries.map((entry, index) => {
      const { stopReason: reason } = this.#lanes;
      return (
        this.#results[index] ?? this.#record(index, { ...keyOf(entry), outcome: "notAttempted", reason })
      );
    });
  }

  async #settle(entry: PlannedEntry, index: number): Promise<EntryResult> {
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
        { control: this.#controlOf(entry, index), signal: this.options.abort },
      );
      if (settled.stopsRun) this.#lanes.stop(settled.reason ?? "");
      const { status, ms, reason } = settled;
      const outcome = settled.outcome === "notFound" && entry.sentBefore === true ? "gone" : settled.outcome;
      return { ...keyOf(entry), outcome, status, ms, ...(reason === undefined ? {} : { reason }) };
    } catch (error) {
      // Either input that must not be sent, or a bug; after a bug it is unknown how far the change got.
      const outcome = begun && !(error instanceof InvalidKey) ? "unknown" : "failed";
      return { ...keyOf(entry), outcome, reason: textOf(error) };
    }
  }

  /** After a long wait the contact may have changed, so it is read and saved again. */
  #controlOf(entry: PlannedEntry, index: number): RepeatControl {
    const { control, longWaitMs } = this.#lanes;
    if (!this.#readsAgainFirst) return control;
    return {
      ...control,
      wait: async (ms, why) =>
        (await control.wait(ms, why)) && (ms <= longWaitMs || (await this.#isStillShown(entry, index))),
    };
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
    // Saving may take long. A cancel during it still counts.
    if (await this.#lanes.mayGoOn()) return undefined;
    return { outcome: "notAttempted", reason: this.#lanes.stopReason };
  }

  #record(index: number, result: EntryResult): EntryResult {
    this.#results[index] = result;
    this.#finished++;
    this.#lanes.count(result.outcome);
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
