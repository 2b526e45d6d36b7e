import { sayResults } from "../call/sayResults";
import { type Report, RunProgress } from "../progress/progress";
import type { Change } from "../../../dialler/api/changeRules";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { RunRecorder } from "../../../dialler/journal/runRecorder";
import { contactActions } from "../../../dialler/runs/contactAction";
import { type EntryResult, outcomeDetails } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import { runAction } from "../../../dialler/runs/runAction";
import { plainText } from "../../shown/plainText";
import { concurrencyOn } from "../call/concurrencyOn";
import type { ActingParts } from "../call/parts";
import { redacted } from "../call/redacted";
import { type CancelSignals, type Going, withTwoCancels } from "../progress/twoCancels";

/** A run that is recorded and to be sent. */
export interface Sending {
  readonly change: Change;
  readonly connection: Connection;
  readonly entries: readonly PlannedEntry[];
  /** Records each result. */
  readonly recorder: RunRecorder;
  /** The index of each entry in the recorder, in the order of the entries. */
  readonly numbers: readonly number[];
}

const applyEveryMs = 250;

/** Runs with progress, and records every result as it comes. */
export async function runWithProgress(parts: ActingParts, run: Sending): Promise<EntryResult[]> {
  const { change, connection, entries } = run;
  const title = contactActions[change].progress(plainText(connection.endpoint.name, 40));
  const ids = entries.map(({ id }) => id);
  parts.store.begin(connection, change, ids);
  try {
    return await sent(parts, run, title);
  } finally {
    parts.store.end(connection, ids);
  }
}

function sent(parts: ActingParts, run: Sending, title: string): Promise<EntryResult[]> {
  if (run.entries.length > 1) {
    return withTwoCancels(
      parts.progress,
      title,
      (report, signals) => new Underway(parts, run, report, signals),
    );
  }
  const never = new AbortController().signal;
  const silent: Report = () => undefined;
  return parts.progress.inView(
    () => new Underway(parts, run, silent, { cancelled: never, abort: never }).finished,
  );
}

/** A run in progress: its results go to the recorder, the log and the tree as they come. */
class Underway implements Going<EntryResult[]> {
  readonly finished: Promise<EntryResult[]>;
  #begun = 0;
  #answered = 0;
  readonly #progress: RunProgress;
  #waiting: EntryResult[] = [];

  constructor(
    readonly parts: ActingParts,
    readonly run: Sending,
    report: Report,
    signals: CancelSignals,
  ) {
    this.#progress = new RunProgress(run.entries.length, report, parts.channel);
    this.finished = this.#finish(signals);
  }

  get inFlight(): number {
    return this.#begun - this.#answered;
  }

  async #finish(signals: CancelSignals): Promise<EntryResult[]> {
    const { parts, run } = this;
    const { change, connection, entries, recorder } = run;
    const { concurrency, lockField } = parts.preferences.now;
    const applying = setInterval(() => this.#apply(), applyEveryMs);
    const begun = new Set<number>();
    try {
      const results = await runAction(change, entries, connection.client, {
        concurrency: concurrencyOn(connection, concurrency),
        lockField,
        keepsRecords: recorder.keepsRecords,
        ...signals,
        intent: async (index, record) => {
          await recorder.intent(run.numbers[index] ?? index, record);
          // After a long pause the same item is recorded once more.
          if (!begun.has(index)) this.#begun++;
          begun.add(index);
        },
        onLost: (index) => recorder.settling(run.numbers[index] ?? index),
        beforeSending: () => recorder.confirm(),
        onResult: (result, finished, index) => {
          if (begun.has(index)) this.#answered++;
          this.#recordResult(redacted(parts, result), finished, index);
        },
        onPause: this.#progress.onPause,
        onPace: this.#progress.onPace,
        onSettling: this.#progress.onSettling,
      });
      return results.map((result) => redacted(parts, result));
    } finally {
      clearInterval(applying);
      this.#apply();
    }
  }

  #recordResult(result: EntryResult, finished: number, index: number): void {
    const { parts, run } = this;
    if (result.outcome !== "notAttempted") {
      sayResults(parts, run.change, run.connection.endpoint.name, [result]);
    }
    this.#waiting.push(result);
    this.#progress.finish(finished);
    // Last, because a failure to record the result ends the run.
    run.recorder.outcome(run.numbers[index] ?? index, outcomeDetails(result));
  }

  #apply(): void {
    this.parts.store.apply(this.run.connection, this.run.change, this.#waiting);
    this.#waiting = [];
  }
}
