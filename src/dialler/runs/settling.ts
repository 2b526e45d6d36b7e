import * as l10n from "../../l10n";
import type { Change } from "../api/changeRules";
import { failsAgain } from "../api/fault";
import { ApiError } from "../api/http/apiError";
import type { WireRecord } from "../api/record/wire";
import { batchSize, type ContactReader, readAlone, readTogether } from "../lookup/readContacts";
import { contactActions } from "./contactAction";
import type { Lanes } from "./lanes/lanes";
import { type OutcomeDetails } from "./outcome";
import { outcomeSeen } from "./verifyEntries";

/** A change that may have been applied, or may still be. */
export interface LostChange {
  /** The position in the plan. */
  readonly index: number;
  readonly id: number;
  /** What is known of it: the outcome is `unknown`. */
  readonly known: OutcomeDetails;
}

export interface SettlingOptions {
  readonly lockField: string;
  /** Aborted: one last look at once. */
  readonly cancelled: AbortSignal;
  /** Aborted: no look. */
  readonly abort?: AbortSignal | undefined;
  /** Each lost change ends once, `unknown` if no look showed it to be applied. */
  onEnd(lost: LostChange, ended: OutcomeDetails): void;
}

/** When a contact is looked at after its answer was lost, in milliseconds. */
const looksAt = [1000, 2000, 4000, 8000, 16_000, 30_000];
const lookWithinMs = 5000;

interface Settled extends LostChange {
  readonly since: number;
  looks: number;
  /** A look has seen the contact unchanged. */
  seen: boolean;
}

/**
 * Looks at contacts whose change may still be applied, because a slow server may be working on it after its answer was
 * lost. Runs beside the other requests of a run.
 */
export class Settling {
  readonly #lost = new Set<Settled>();
  #added = new AbortController();
  #watching: Promise<void> | undefined;
  /** No further look would tell anything. */
  #isFutile = false;

  constructor(
    readonly change: Change,
    readonly client: ContactReader,
    readonly lanes: Lanes,
    readonly options: SettlingOptions,
  ) {}

  add(lost: LostChange): void {
    this.#lost.add({ ...lost, since: this.lanes.clock.now(), looks: 0, seen: false });
    this.#added.abort();
    this.lanes.tellSettling(this.#lost.size);
    this.#watching ??= this.#watch();
  }

  /** Tells that nothing else is sent any more, if there is something to wait for. */
  tell(): void {
    if (this.#lost.size > 0) this.lanes.tellSettling(this.#lost.size);
  }

  /** Resolves when every lost change has ended. */
  async finished(): Promise<void> {
    while (this.#watching !== undefined) await this.#watching;
  }

  async #watch(): Promise<void> {
    const { cancelled } = this.options;
    while (this.#lost.size > 0) {
      const isWhole = await this.#untilNextLook();
      if (cancelled.aborted && !this.#isOver()) await this.#lookAt([...this.#lost]);
      if (cancelled.aborted || this.#isFutile) for (const lost of this.#lost) this.#giveUp(lost);
      else if (isWhole) await this.#lookAtDue();
    }
    this.#watching = undefined;
  }

  /** False if it was cut short, by a cancellation or by another lost change. */
  async #untilNextLook(): Promise<boolean> {
    this.#added = new AbortController();
    const { clock } = this.lanes;
    const due = Math.min(...[...this.#lost].map(dueAt));
    return clock.wait(due - clock.now(), AbortSignal.any([this.options.cancelled, this.#added.signal]));
  }

  async #lookAtDue(): Promise<void> {
    const now = this.lanes.clock.now();
    const due = [...this.#lost].filter((lost) => dueAt(lost) <= now);
    // A timer may fire a fraction of a millisecond early.
    if (due.length === 0) return;
    await this.#lookAt(due);
    for (const lost of due) {
      lost.looks++;
      if (lost.looks >= looksAt.length && this.#lost.has(lost)) this.#giveUp(lost);
    }
  }

  /** One batch read for a hundred contacts that settle, due or not; else single reads of those that are due. */
  async #lookAt(due: readonly Settled[]): Promise<void> {
    const all = [...this.#lost];
    for (let start = 0; start < all.length && !this.#isOver(); start += batchSize) {
      const chunk = all.slice(start, start + batchSize);
      const ids = chunk.map(({ id }) => id);
      const batch = await this.#read((options) => readTogether(this.client, ids, options));
      if (batch === "failed") continue;
      if (batch !== undefined) {
        for (const lost of chunk) this.#look(lost, batch.get(lost.id));
        continue;
      }
      for (const lost of due) {
        if (this.#isOver()) return;
        const record = await this.#read((options) => readAlone(this.client, lost.id, options));
        if (record !== "failed") this.#look(lost, record);
      }
      return;
    }
  }

  #isOver(): boolean {
    return this.#isFutile || this.options.abort?.aborted === true;
  }

  async #read<T>(read: (options: Parameters<typeof readAlone>[2]) => Promise<T>): Promise<T | "failed"> {
    const options = {
      control: this.lanes.controlOfLooks,
      signal: this.options.abort,
      fresh: true,
      withinMs: lookWithinMs,
    };
    try {
      return await this.lanes.beside(() => read(options));
    } catch (error) {
      this.#isFutile ||= !(error instanceof ApiError) || failsAgain(error);
      return "failed";
    }
  }

  #look(lost: Settled, record: WireRecord | undefined): void {
    const ended = outcomeSeen(this.change, record, this.options.lockField);
    if (ended.outcome === "unknown") lost.seen = true;
    else this.#end(lost, ended);
  }

  #giveUp(lost: Settled): void {
    const { known, seen } = lost;
    if (!seen) {
      this.#end(lost, known);
      return;
    }
    const seconds = Math.round((this.lanes.clock.now() - lost.since) / 1000);
    const reason = l10n.t(
      "Not {done} {seconds} s after the request; the server may still be working on it. Verify it later.",
      { done: contactActions[this.change].participle(), seconds: l10n.number(seconds) },
    );
    this.#end(lost, { ...known, reason });
  }

  #end(lost: Settled, { outcome, reason }: OutcomeDetails): void {
    if (!this.#lost.delete(lost)) return;
    this.lanes.tellSettling(this.#lost.size);
    this.options.onEnd(lost, { ...lost.known, outcome, reason });
  }
}

function dueAt({ since, looks }: Settled): number {
  return since + (looksAt[looks] ?? 0);
}
