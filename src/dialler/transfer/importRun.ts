import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import type { Contact } from "../api/record/contact";
import { looksUpInBatches } from "../lookup/resolveContacts";
import { batchSize } from "../lookup/readContacts";
import { type LaneOptions, Lanes } from "../runs/lanes/lanes";
import { contactsMade, settlingMs } from "./contactsMade";
import {
  importOnce,
  type ImportOncePorts,
  type Made,
  madeTwiceText,
  type NotMade,
  overwrittenId,
} from "./importOnce";
import type { ImportItem } from "./importPlan";
import type { RowResult } from "./importReport";

export interface ImportRunPorts
  extends Omit<ImportOncePorts, "control">, Omit<LaneOptions, "single" | "longWaitMs"> {
  /** Called immediately before a request is sent. */
  onBegin(): void;
  onResult(result: RowResult, finished: number): void;
  /** A look at the server added a warning to a result that was reported before. */
  onWarning(result: RowResult): void;
}

/**
 * Sends one request per row and never repeats one that may have arrived. A row whose answer was lost is looked up again
 * at the end, when the server has had time to carry it out. Rows that were imported are looked up in batches, to find
 * those that were created twice. Returns one result per item, in order, whatever happens. Never throws.
 */
export async function importRun(items: readonly ImportItem[], ports: ImportRunPorts): Promise<RowResult[]> {
  return new ImportRun(items, ports).finish();
}

interface Sent {
  readonly item: ImportItem;
  readonly index: number;
  readonly result: RowResult;
  readonly userData: string | undefined;
  readonly before: readonly Contact[];
}

class ImportRun {
  readonly #lanes: Lanes;
  readonly #once: ImportOncePorts;
  readonly #results: (RowResult | undefined)[] = [];
  /** Imported, and not looked up yet. */
  #imported: Sent[] = [];
  #lost: Sent[] = [];
  #lookAt = 0;
  #finished = 0;

  constructor(
    readonly items: readonly ImportItem[],
    readonly ports: ImportRunPorts,
  ) {
    this.#lanes = new Lanes(ports);
    this.#once = { ...ports, control: this.#lanes.control, explain: this.#lanes.explain };
  }

  async finish(): Promise<RowResult[]> {
    await this.#lanes.each(this.items, async (item, index) => {
      if (!(await this.#lanes.mayGoNext())) return;
      await this.#import(item, index);
      if (this.#imported.length >= batchSize && looksUpInBatches(this.ports.client)) await this.#findTwins();
    });
    await this.#settle();
    if (!this.ports.cancelled.aborted) await this.#findTwins();
    return this.items.map((item, index) => {
      const { stopReason: reason } = this.#lanes;
      return this.#results[index] ?? { ...rowOf(item), id: undefined, outcome: "notAttempted", reason };
    });
  }

  async #import(item: ImportItem, index: number): Promise<void> {
    const startedAt = performance.now();
    let made: Made | NotMade;
    try {
      this.ports.onBegin();
      made = await importOnce(item, this.#once);
    } catch (error) {
      // A bug: it is unknown how far the import got.
      const reason = error instanceof Error ? error.message : String(error);
      made = { outcome: "unknown", reason, stopsRun: true };
    }
    const ms = Math.round(performance.now() - startedAt);
    const { userData } = item;
    if ("id" in made) {
      const result = withWarning(doneResult(item, made, ms), made.warning);
      if (made.warning === undefined)
        this.#imported.push({ item, index, result, userData, before: item.overwrite ? [] : item.before });
      this.#lanes.count("done");
      this.#record(index, result);
      return;
    }
    if (made.stopsRun) this.#lanes.stop(made.stopReason ?? made.reason);
    const { outcome, status, reason, next } = made;
    const result: RowResult = { ...rowOf(item), id: undefined, outcome, status, reason, ms, next };
    this.#lanes.count(outcome);
    if (made.settles !== true) {
      this.#record(index, result);
      return;
    }
    this.#lost.push({ item, index, result, userData, before: item.before });
    this.#lookAt = this.#lanes.clock.now() + settlingMs;
  }

  /** Looks up what became of the rows whose answer was lost, when the last of them has had its time. */
  async #settle(): Promise<void> {
    const { cancelled, abort } = this.ports;
    const lost = this.#lost;
    if (lost.length === 0) return;
    this.#lanes.tellSettling(lost.length);
    await this.#lanes.clock.wait(this.#lookAt - this.#lanes.clock.now(), cancelled);
    const mayLook = abort?.aborted !== true;
    const made = mayLook ? await contactsMade(lost, this.#once) : new Map<Sent, readonly Contact[]>();
    for (const one of lost) {
      const { item, index, result } = one;
      const id = item.overwrite ? mayLook && (await overwrittenId(item, this.#once)) : made.get(one)?.[0]?.id;
      if (typeof id !== "number") {
        this.#record(index, result);
        continue;
      }
      const { status, ms = 0 } = result;
      const done = doneResult(item, { id, status }, ms);
      this.#record(index, withWarning(done, item.overwrite ? undefined : madeTwiceText(made.get(one) ?? [])));
    }
  }

  /** Looks up the imported rows once, to name those that were created twice. */
  async #findTwins(): Promise<void> {
    const imported = this.#imported;
    this.#imported = [];
    const made = await contactsMade(imported, this.#once);
    for (const one of imported) {
      const warning = madeTwiceText(made.get(one) ?? []);
      if (warning === undefined) continue;
      const result = withWarning(one.result, warning);
      this.#results[one.index] = result;
      this.#lanes.tell(() => this.ports.onWarning(result));
    }
  }

  #record(index: number, result: RowResult): void {
    this.#results[index] = result;
    this.#finished++;
    this.#lanes.tell(() => this.ports.onResult(result, this.#finished));
  }
}

function withWarning(result: RowResult, warning: string | undefined): RowResult {
  if (warning === undefined) return result;
  const reason = result.reason === undefined ? warning : `${result.reason}; ${warning}`;
  return { ...result, reason, warns: true };
}

function rowOf({ row, line, userData }: ImportItem): Pick<RowResult, "row" | "line" | "userData"> {
  return { row, line, userData };
}

function doneResult(item: ImportItem, { id, status }: Made, ms: number): RowResult {
  const reason = item.overwrite ? { reason: l10n.t("overwrote the contact with this UserData") } : {};
  return { ...rowOf(item), id, outcome: "done", status, ms, ...reason };
}
