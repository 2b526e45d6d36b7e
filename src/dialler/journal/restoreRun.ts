import * as l10n from "../../l10n";
import type { WireRecord } from "../api/record/wire";
import { contactFromRecord } from "../api/record/contact";
import { type LaneOptions, Lanes } from "../runs/lanes/lanes";
import { contactsMade, type SentKey, settlingMs } from "../transfer/contactsMade";
import { madeTwiceText } from "../transfer/importOnce";
import { countsOf, type Level, levelOf, type Outcome, type RestoreOutcome } from "../runs/outcome";
import { lineOf } from "../runs/resultLine";
import { JournalUnavailable } from "./journalFailure";
import { restoreContact, restoredAs, type RestorePorts, type RestoreResult } from "./restore";
import type { RunRecorder } from "./runRecorder";

export interface RestoreRunPorts
  extends
    Omit<RestorePorts, "begin" | "control" | "explain">,
    Pick<LaneOptions, "clock" | "random" | "onPause" | "onPace" | "onSettling"> {
  /** Aborted: nothing more is imported, but imported contacts are still locked. */
  readonly cancelled: AbortSignal;
  readonly endpoint: string;
  /** Records the run. Its plan has the contacts' old IDs. */
  readonly recorder: Pick<RunRecorder, "plan" | "snapshot" | "confirm" | "restoring" | "restored">;
  readonly redact: (text: string) => string;
  onResult(line: RestoreLine, finished: number): void;
  /** A look at the server added a warning to a result that was reported before. */
  onWarning(line: RestoreLine): void;
}

export interface RestoreLine {
  readonly level: Level;
  readonly line: string;
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
 * can be restored later. Contacts whose answer was lost are looked up again at the end. Stops if a result cannot be
 * recorded. `records` has at most one record per entry.
 * @throws JournalUnavailable before anything was sent
 */
export async function restoreRun(
  records: AsyncIterable<{ readonly item: number; readonly record: WireRecord }>,
  items: ReadonlySet<number>,
  ports: RestoreRunPorts,
): Promise<RestoreReport> {
  const run = new RestoreRun(ports);
  try {
    await run.restore(records);
  } catch (error) {
    // Contacts that were created are always reported.
    if (!(error instanceof JournalUnavailable) || run.results.size === 0) throw error;
    const line = `${ports.endpoint} restore : ${error.message}`;
    ports.onResult({ level: "error", line }, run.results.size);
  }
  return reportOf(run.results, items.size, ports);
}

interface Sent extends SentKey {
  readonly item: number;
  readonly result: RestoreResult;
}

class RestoreRun {
  readonly results = new Map<number, RestoreResult>();
  // One lane, because a question may be asked about each contact.
  readonly #lanes: Lanes;
  readonly #once: Omit<RestorePorts, "begin">;
  readonly #created: Sent[] = [];
  readonly #lost: (Sent & { readonly record: WireRecord })[] = [];
  #lookAt = 0;

  constructor(readonly ports: RestoreRunPorts) {
    this.#lanes = new Lanes({ ...ports, concurrency: 1, beforeSending: () => ports.recorder.confirm() });
    this.#once = { ...ports, control: this.#lanes.control, explain: this.#lanes.explain };
  }

  /** @throws JournalUnavailable */
  async restore(
    records: AsyncIterable<{ readonly item: number; readonly record: WireRecord }>,
  ): Promise<void> {
    for await (const { item, record } of records) {
      if (!(await this.#lanes.mayGoOn())) break;
      const result = await this.#restoreOne(item, record);
      if (result === undefined) break;
      this.#lanes.count(result.outcome);
      if (result.stopsRun) this.#lanes.stop(result.stopReason ?? result.reason ?? "");
      const { userData } = contactFromRecord(record, this.ports.lockField);
      const sent = { item, result, userData, before: result.before ?? [] };
      if (result.settles === true) {
        this.#lost.push({ ...sent, record });
        this.#lookAt = this.#lanes.clock.now() + settlingMs;
        continue;
      }
      if (result.outcome === "done" && result.isTwice !== true) this.#created.push(sent);
      await this.#record(item, result);
    }
    await this.#settle();
    if (!this.ports.cancelled.aborted) await this.#findTwins();
  }

  /**
   * Undefined if it was cancelled before anything was sent; the contact can be restored later. @throws JournalUnavailable
   */
  async #restoreOne(item: number, record: WireRecord): Promise<RestoreResult | undefined> {
    const { recorder } = this.ports;
    const mayExist = recorder.snapshot().items[item]?.restored?.outcome === "unknown";
    const announced = new Set<number>();
    const begin = async (): Promise<void> => {
      await recorder.restoring(item);
      announced.add(item);
    };
    const result = await restoreContact(record, { ...this.#once, begin }, mayExist);
    if (result !== undefined) return redacted(result, this.ports);
    // The journal says that the import was about to be sent, which would read as if the contact might exist.
    if (announced.has(item))
      await recorder.restored(item, { outcome: "skipped", reason: l10n.t("cancelled") });
    return undefined;
  }

  /** Looks up what became of the contacts whose answer was lost, when the last of them has had its time. */
  async #settle(): Promise<void> {
    if (this.#lost.length === 0) return;
    const { clock } = this.#lanes;
    this.#lanes.tellSettling(this.#lost.length);
    await clock.wait(this.#lookAt - clock.now(), this.ports.cancelled);
    const made = await contactsMade(this.#lost, this.#once);
    for (const one of this.#lost) {
      const id = made.get(one)?.[0]?.id;
      if (id === undefined) {
        await this.#record(one.item, one.result);
        continue;
      }
      const { status, ms } = one.result;
      const ports = { ...this.#once, begin: () => Promise.resolve() };
      const done = await restoredAs(one.record, { id, status }, ports, one.before);
      const result = redacted({ ...done, ms }, this.ports);
      await this.#record(one.item, withWarning(result, madeTwiceText(made.get(one) ?? [])));
    }
  }

  /** Looks up the contacts once, to name those that were created twice. @throws JournalUnavailable */
  async #findTwins(): Promise<void> {
    const made = await contactsMade(this.#created, this.#once);
    for (const one of this.#created) {
      const warning = madeTwiceText(made.get(one) ?? []);
      if (warning === undefined) continue;
      const { item, result } = one;
      const warned = withWarning(result, warning);
      this.results.set(item, warned);
      this.ports.onWarning({ level: levelOf(warned), line: restoreLine(item, warned, this.ports) });
      await writeDown(item, warned, this.ports);
    }
  }

  /** @throws JournalUnavailable */
  async #record(item: number, result: RestoreResult): Promise<void> {
    const { ports, results } = this;
    results.set(item, result);
    ports.onResult({ level: levelOf(result), line: restoreLine(item, result, ports) }, results.size);
    await writeDown(item, result, ports);
  }
}

function withWarning(result: RestoreResult, warning: string | undefined): RestoreResult {
  if (warning === undefined) return result;
  const reason = result.reason === undefined ? warning : `${result.reason} ${warning}`;
  return { ...result, reason, warns: true };
}

/** @throws JournalUnavailable */
async function writeDown(item: number, result: RestoreResult, { recorder }: RestoreRunPorts): Promise<void> {
  const { outcome, newId, reason, warns } = result;
  await recorder.restored(item, {
    outcome,
    ...(newId === undefined ? {} : { newId }),
    ...(reason === undefined ? {} : { reason }),
    ...(warns === true ? { warns } : {}),
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
