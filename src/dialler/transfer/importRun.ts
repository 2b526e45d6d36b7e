import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import { type LaneOptions, Lanes } from "../runs/lanes";
import { importOnce, type ImportOncePorts, type Made, type NotMade } from "./importOnce";
import type { ImportItem } from "./importPlan";
import type { RowResult } from "./importReport";

export interface ImportRunPorts extends ImportOncePorts, Pick<LaneOptions, "concurrency" | "cancelled"> {
  /** Called immediately before a request is sent. */
  onBegin(): void;
  onResult(result: RowResult, finished: number): void;
}

/**
 * Sends one request per row and never repeats one that may have arrived. Returns one result per item, in order,
 * whatever happens. Never throws.
 */
export async function importRun(items: readonly ImportItem[], ports: ImportRunPorts): Promise<RowResult[]> {
  const lanes = new Lanes({ concurrency: ports.concurrency, cancelled: ports.cancelled });
  const results: (RowResult | undefined)[] = [];
  let finished = 0;
  await lanes.each(items, async (item, index) => {
    const result = await importRow(item, ports, lanes);
    results[index] = result;
    finished++;
    lanes.count(result.outcome);
    lanes.tell(() => ports.onResult(result, finished));
  });
  return items.map((item, index) => {
    const { stopReason: reason } = lanes;
    return results[index] ?? { ...rowOf(item), id: undefined, outcome: "notAttempted", reason };
  });
}

async function importRow(item: ImportItem, ports: ImportRunPorts, lanes: Lanes): Promise<RowResult> {
  const startedAt = performance.now();
  let made: Made | NotMade;
  try {
    ports.onBegin();
    made = await importOnce(item, ports);
  } catch (error) {
    // A bug: it is unknown how far the import got.
    const reason = error instanceof Error ? error.message : String(error);
    made = { outcome: "unknown", reason, stopsRun: true };
  }
  const ms = Math.round(performance.now() - startedAt);
  if ("id" in made) return doneResult(item, made, ms);
  if (made.busy === true) lanes.slowDown();
  if (made.stopsRun) lanes.stop(made.reason);
  return { ...rowOf(item), ...notMade(made), ms };
}

function rowOf({ row, line, userData }: ImportItem): Pick<RowResult, "row" | "line" | "userData"> {
  return { row, line, userData };
}

function doneResult(item: ImportItem, { id, status }: Made, ms: number): RowResult {
  const reason = item.overwrite ? { reason: l10n.t("overwrote the contact with this UserData") } : {};
  return { ...rowOf(item), id, outcome: "done", status, ms, ...reason };
}

function notMade({ outcome, status, reason }: NotMade): Omit<RowResult, "row" | "line"> {
  return { id: undefined, outcome, status, reason };
}
