import type { WireRecord } from "../api/record/wire";
import * as l10n from "../../l10n";
import { type Level, levelOf, outcomeWord } from "../runs/actionReport";
import { JournalUnavailable } from "./journalFailure";
import { restoreContact, type RestorePorts, type RestoreResult } from "./restore";
import type { RunRecorder } from "./runRecorder";
import type { RestoreOutcome } from "../runs/runSnapshot";

export interface RestoreRunPorts extends Omit<RestorePorts, "begin"> {
  readonly endpoint: string;
  /** Where it is written down; its plan tells the contacts' old IDs. */
  readonly recorder: Pick<RunRecorder, "plan" | "restoring" | "restored">;
  readonly redact: (text: string) => string;
  onResult(line: { readonly level: Level; readonly line: string }, finished: number): void;
}

/** What a restore returns to whoever called it. */
export interface RestoreReport {
  readonly endpoint: string;
  readonly counts: Readonly<Record<RestoreOutcome | "notAttempted", number>>;
  readonly items: readonly {
    readonly id: number | null;
    readonly outcome: RestoreOutcome;
    readonly newId?: number;
    readonly reason?: string;
  }[];
  /** "Restored 58 of 60 on production: 58 done, 1 skipped, 1 failed." */
  readonly summary: string;
}

const failuresInARow = 5;

/**
 * `records`: at most one of each item. Makes contacts anew, one after the other: each is looked up first, so that none
 * is made twice. What was not begun can be restored later. Stops when it cannot be written down. @throws JournalUnavailable before anything was sent
 */
export async function restoreRun(
  records: AsyncIterable<{ readonly item: number; readonly record: WireRecord }>,
  items: ReadonlySet<number>,
  ports: RestoreRunPorts,
): Promise<RestoreReport> {
  const results = new Map<number, RestoreResult>();
  let inARow = 0;
  try {
    for await (const { item, record } of records) {
      if (ports.cancelled.aborted || inARow >= failuresInARow) break;
      const result = await oneRestored(item, record, ports);
      if (result === undefined) break;
      results.set(item, result);
      ports.onResult({ level: levelOf(result.outcome), line: lineOf(item, result, ports) }, results.size);
      await takeDown(item, result, ports);
      inARow = result.outcome === "failed" || result.outcome === "unknown" ? inARow + 1 : 0;
      if (result.stopsRun) break;
    }
  } catch (error) {
    // What has been made is reported in any case.
    if (!(error instanceof JournalUnavailable) || results.size === 0) throw error;
    ports.onResult({ level: "error", line: `${ports.endpoint} restore : ${error.message}` }, results.size);
  }
  return reportOf(results, items.size, ports);
}

/** Undefined: cancelled before anything was sent; it can be restored later. @throws JournalUnavailable */
async function oneRestored(
  item: number,
  record: WireRecord,
  ports: RestoreRunPorts,
): Promise<RestoreResult | undefined> {
  const announced = new Set<number>();
  const begin = async (): Promise<void> => {
    await ports.recorder.restoring(item);
    announced.add(item);
  };
  const result = await restoreContact(record, { ...ports, begin });
  if (result !== undefined) return redacted(result, ports);
  // That it was about to leave is written already, and would read as if it might have been made.
  if (announced.has(item))
    await ports.recorder.restored(item, { outcome: "skipped", reason: l10n.t("cancelled") });
  return undefined;
}

/** @throws JournalUnavailable */
async function takeDown(item: number, result: RestoreResult, { recorder }: RestoreRunPorts): Promise<void> {
  const { outcome, newId, reason } = result;
  await recorder.restored(item, {
    outcome,
    ...(newId === undefined ? {} : { newId }),
    ...(reason === undefined ? {} : { reason }),
  });
}

function redacted(result: RestoreResult, { redact }: RestoreRunPorts): RestoreResult {
  return result.reason === undefined ? result : { ...result, reason: redact(result.reason) };
}

/** In the form of the lines of an action: the reason names the new ID first. */
function lineOf(item: number, result: RestoreResult, { endpoint, recorder }: RestoreRunPorts): string {
  const { outcome, status, ms, newId, reason } = result;
  const line = `${endpoint} restore #${recorder.plan.items[item]?.id ?? "-"} ${outcome} HTTP ${status ?? "-"} ${ms} ms`;
  const remarks = [newId === undefined ? undefined : l10n.t("is now #{id}", { id: newId }), reason];
  const text = remarks.filter((remark) => remark !== undefined).join("; ");
  return text === "" ? line : `${line} : ${text}`;
}

function reportOf(
  results: ReadonlyMap<number, RestoreResult>,
  planned: number,
  { endpoint, recorder }: RestoreRunPorts,
): RestoreReport {
  const counts = { done: 0, skipped: 0, failed: 0, unknown: 0, notAttempted: planned - results.size };
  for (const { outcome } of results.values()) counts[outcome]++;
  const headline = l10n.t("Restored {achieved} of {planned} on {endpoint}", {
    achieved: counts.done,
    planned,
    endpoint,
  });
  const parts = (["done", "failed", "unknown", "skipped", "notAttempted"] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcomeWord(outcome)}`);
  return {
    endpoint,
    counts,
    items: [...results].map(([item, { outcome, newId, reason }]) => ({
      id: recorder.plan.items[item]?.id ?? null,
      outcome,
      ...(newId === undefined ? {} : { newId }),
      ...(reason === undefined ? {} : { reason }),
    })),
    summary: `${headline}: ${parts.join(", ")}.`,
  };
}
