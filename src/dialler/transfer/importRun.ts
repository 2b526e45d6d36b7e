import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import { importOnce, type ImportOncePorts, type Made, type NotMade } from "./importOnce";
import type { ImportItem } from "./importPlan";
import type { RowResult } from "./importReport";

export interface ImportRunPorts extends ImportOncePorts {
  /** Requests in flight, at most eight; halved whenever the server says that it is too busy. */
  readonly concurrency: number;
  /** Aborted: nothing more is sent; what is in flight may finish. */
  readonly cancelled: AbortSignal;
  /** Called right before a request leaves. */
  onBegin(): void;
  onResult(result: RowResult, finished: number): void;
}

const mostInFlight = 8;
const failuresInARow = 5;

/**
 * One request a row, never repeated once it may have arrived. One result each, in the order of the items, whatever
 * happens on the way. Never throws.
 */
export async function importRun(items: readonly ImportItem[], ports: ImportRunPorts): Promise<RowResult[]> {
  return new ImportRun(items, ports).finish();
}

class ImportRun {
  readonly #results: (RowResult | undefined)[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  #next = 0;
  #finished = 0;
  #inARow = 0;
  #slots: number;
  /** Why nothing more is sent; undefined while the run goes on. */
  #stopped: string | undefined;

  constructor(
    readonly items: readonly ImportItem[],
    readonly ports: ImportRunPorts,
  ) {
    this.#slots = Math.max(1, Math.min(mostInFlight, Math.floor(ports.concurrency) || 1));
  }

  async finish(): Promise<RowResult[]> {
    while (this.#mayGoOn && this.#next < this.items.length) {
      if (this.#inFlight.size >= this.#mayBeInFlight) {
        await Promise.race(this.#inFlight);
        continue;
      }
      const index = this.#next++;
      const item = this.items[index];
      if (item === undefined) break;
      const settling = this.#settle(item, index).finally(() => this.#inFlight.delete(settling));
      this.#inFlight.add(settling);
    }
    await Promise.all(this.#inFlight);
    return this.items.map((item, index) => {
      const reason = this.#stopped ?? l10n.t("cancelled");
      return this.#results[index] ?? { ...rowOf(item), id: undefined, outcome: "notAttempted", reason };
    });
  }

  get #mayGoOn(): boolean {
    return this.#stopped === undefined && !this.ports.cancelled.aborted;
  }

  /** After a failure, what is in flight may be those that stop the run: no more is risked than it takes to know. */
  get #mayBeInFlight(): number {
    return this.#inARow === 0 ? this.#slots : Math.min(this.#slots, failuresInARow - this.#inARow);
  }

  async #settle(item: ImportItem, index: number): Promise<void> {
    const startedAt = performance.now();
    let made: Made | NotMade;
    try {
      this.ports.onBegin();
      made = await importOnce(item, this.ports);
    } catch (error) {
      // A defect: nobody knows how far it had come.
      const reason = error instanceof Error ? error.message : String(error);
      made = { outcome: "unknown", reason, stopsRun: true };
    }
    const ms = Math.round(performance.now() - startedAt);
    this.#take(index, "id" in made ? doneResult(item, made, ms) : { ...rowOf(item), ...notMade(made), ms });
    if ("id" in made) this.#inARow = 0;
    else this.#count(made);
  }

  #count({ stopsRun, busy, reason }: NotMade): void {
    if (busy === true) this.#slots = Math.max(1, Math.floor(this.#slots / 2));
    if (stopsRun) this.#stopped ??= reason;
    if (++this.#inARow >= failuresInARow) {
      this.#stopped ??= l10n.t("stopped after {count} failures in a row", { count: failuresInARow });
    }
  }

  #take(index: number, result: RowResult): void {
    this.#results[index] = result;
    this.#finished++;
    try {
      this.ports.onResult(result, this.#finished);
    } catch (error) {
      // Nothing is sent that nobody learns of.
      const reason = error instanceof Error ? error.message : String(error);
      this.#stopped ??= l10n.t("stopped, because a result could not be taken down: {reason}", { reason });
    }
  }
}

function rowOf({ row, line, userData }: ImportItem): Pick<RowResult, "row" | "line" | "userData"> {
  return { row, line, userData };
}

function doneResult(item: ImportItem, { id, status }: Made, ms: number): RowResult {
  const reason = item.overwrite ? { reason: l10n.t("overwrote the contact with its UserData") } : {};
  return { ...rowOf(item), id, outcome: "done", status, ms, ...reason };
}

function notMade({ outcome, status, reason }: NotMade): Omit<RowResult, "row" | "line"> {
  return { id: undefined, outcome, status, reason };
}
