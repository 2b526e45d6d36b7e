import * as l10n from "../../l10n";
import type { WireRecord } from "../api/record/wire";
import { Lanes } from "../runs/lanes";
import { countsOf, type Level, levelOf, type Outcome, type RestoreOutcome } from "../runs/outcome";
import { lineOf } from "../runs/resultLine";
import { JournalUnavailable } from "./journalFailure";
import { restoreContact, type RestorePorts, type RestoreResult } from "./restore";
import type { RunRecorder } from "./runRecorder";

export interface RestoreRunPorts extends Omit<RestorePorts, "begin"> {
  readonly endpoint: string;
  /** Records the run. Its plan has the contacts' old IDs. */
  readonly recorder: Pick<RunRecorder, "plan" | "restoring" | "restored">;
  readonly redact: (text: string) => string;
  onResult(line: { readonly level: Level; readonly line: string }, finished: number): void;
}

/** The return value of a restore. */
export interface RestoreReport {
  readonly endpoint: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly items: readonly {
    readonly id: number | null;
    readonly outcome: RestoreOutcome;
    readonly newId?: number;
    readonly reason?: string;
  }[];
}

/**
 * Re-creates contacts one at a time, each after a lookup, so that none is created twice. Contacts that were not begun
 * can be restored later. Stops if a result cannot be recorded. `records` has at most one record per entry.
 * @throws JournalUnavailable before anything was sent
 */
export async function restoreRun(
  records: AsyncIterable<{ readonly item: number; readonly record: WireRecord }>,
  items: ReadonlySet<number>,
  ports: RestoreRunPorts,
): Promise<RestoreReport> {
  const results = new Map<number, RestoreResult>();
  // One lane, because a question may be asked about each contact.
  const lanes = new Lanes({ concurrency: 1, cancelled: ports.cancelled });
  try {
    for await (const { item, record } of records) {
      if (!(await lanes.mayGoOn())) break;
      const result = await oneRestored(item, record, ports);
      if (result === undefined) break;
      results.set(item, result);
      ports.onResult(
        { level: levelOf(result.outcome), line: restoreLine(item, result, ports) },
        results.size,
      );
      await writeDown(item, result, ports);
      lanes.count(result.outcome);
      if (result.stopsRun) lanes.stop(result.reason ?? "");
    }
  } catch (error) {
    // Contacts that were created are always reported.
    if (!(error instanceof JournalUnavailable) || results.size === 0) throw error;
    ports.onResult({ level: "error", line: `${ports.endpoint} restore : ${error.message}` }, results.size);
  }
  return reportOf(results, items.size, ports);
}

/**
 * Undefined if it was cancelled before anything was sent; the contact can be restored later. @throws JournalUnavailable
 */
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
  // The journal says that the import was about to be sent, which would read as if the contact might exist.
  if (announced.has(item))
    await ports.recorder.restored(item, { outcome: "skipped", reason: l10n.t("cancelled") });
  return undefined;
}

/** @throws JournalUnavailable */
async function writeDown(item: number, result: RestoreResult, { recorder }: RestoreRunPorts): Promise<void> {
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

/** Has the form of an action's line. The reason starts with the new ID. */
function restoreLine(item: number, result: RestoreResult, { endpoint, recorder }: RestoreRunPorts): string {
  const { newId } = result;
  const remarks = [newId === undefined ? undefined : l10n.t("is now #{id}", { id: newId }), result.reason];
  const text = remarks.filter((remark) => remark !== undefined).join("; ");
  const { outcome, status, ms } = result;
  const id = recorder.plan.items[item]?.id;
  return lineOf("restore", endpoint, { id, outcome, status, ms, ...(text === "" ? {} : { reason: text }) });
}

function reportOf(
  results: ReadonlyMap<number, RestoreResult>,
  planned: number,
  { endpoint, recorder }: RestoreRunPorts,
): RestoreReport {
  return {
    endpoint,
    counts: { ...countsOf([...results.values()]), notAttempted: planned - results.size },
    items: [...results].map(([item, { outcome, newId, reason }]) => ({
      id: recorder.plan.items[item]?.id ?? null,
      outcome,
      ...(newId === undefined ? {} : { newId }),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}
