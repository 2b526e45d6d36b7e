import * as vscode from "vscode";
import type { Change } from "../../../dialler/api/changeRules";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { RunRecorder } from "../../../dialler/journal/runRecorder";
import { contactActions } from "../../../dialler/runs/contactAction";
import { type EntryResult, outcomeDetails } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import { runAction } from "../../../dialler/runs/runAction";
import * as l10n from "../../../l10n";
import { views } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { concurrencyOn } from "../call/concurrencyOn";
import type { Parts } from "../call/parts";
import { redacted } from "../call/redacted";
import { type CancelSignals, type Going, type Progress, withTwoCancels } from "../call/twoCancels";

/** A run that was agreed to. */
export interface AgreedRun {
  readonly change: Change;
  readonly connection: Connection;
  readonly items: readonly PlannedEntry[];
  /** Where each result is written down. */
  readonly recorder: RunRecorder;
  /** The number that each item has in the recorder, in the order of the items. */
  readonly numbers: readonly number[];
}
const applyEveryMs = 250;

/** Runs with progress, and takes every result down as it comes. */
export async function sendChanges(parts: Parts, run: AgreedRun): Promise<EntryResult[]> {
  const { change, connection, items } = run;
  const many = items.length > 1;
  return withTwoCancels(
    {
      location: many ? vscode.ProgressLocation.Notification : { viewId: views.contacts },
      title: contactActions[change].progress(plainText(connection.endpoint.name, 40)),
      cancellable: many,
    },
    (progress, signals) => new Underway(parts, run, progress, signals),
  );
}

/** A run under way: its results go to the recorder, the log and the tree as they come. */
class Underway implements Going<EntryResult[]> {
  readonly finished: Promise<EntryResult[]>;
  #begun = 0;
  #answered = 0;
  #waiting: EntryResult[] = [];

  constructor(
    readonly parts: Parts,
    readonly run: AgreedRun,
    readonly progress: Progress,
    signals: CancelSignals,
  ) {
    this.finished = this.#finish(signals);
  }

  get inFlight(): number {
    return this.#begun - this.#answered;
  }

  async #finish(signals: CancelSignals): Promise<EntryResult[]> {
    const { parts, run } = this;
    const { change, connection, items, recorder } = run;
    const { concurrency, lockField } = parts.preferences.now;
    const applying = setInterval(() => this.#apply(), applyEveryMs);
    const begun = new Set<number>();
    try {
      const results = await runAction(change, items, connection.client, {
        concurrency: concurrencyOn(connection, concurrency),
        lockField,
        ...signals,
        intent: async (index, record) => {
          await recorder.intent(run.numbers[index] ?? index, record);
          // After a long pause the same item is written down once more.
          if (!begun.has(index)) this.#begun++;
          begun.add(index);
        },
        onResult: (result, finished, index) => {
          if (begun.has(index)) this.#answered++;
          this.#take(redacted(parts, result), finished, index);
        },
        onPause: (until) => {
          const sentence = l10n.t("The server asks to wait until {time}.", {
            time: until.toLocaleTimeString(vscode.env.language),
          });
          parts.channel.say("warning", sentence);
          this.progress.report({ message: sentence });
        },
      });
      return results.map((result) => redacted(parts, result));
    } finally {
      clearInterval(applying);
      this.#apply();
    }
  }

  #take(result: EntryResult, finished: number, index: number): void {
    const { parts, run } = this;
    if (result.outcome !== "notAttempted") {
      parts.channel.result(run.change, run.connection.endpoint.name, [result]);
    }
    this.#waiting.push(result);
    const planned = run.items.length;
    const message = l10n.t("{finished} of {planned}", {
      finished: l10n.number(finished),
      planned: l10n.number(planned),
    });
    this.progress.report({ message, increment: 100 / planned });
    // Last, because it ends the run when it cannot be written down.
    run.recorder.outcome(run.numbers[index] ?? index, outcomeDetails(result));
  }

  #apply(): void {
    this.parts.store.apply(this.run.connection, this.run.change, this.#waiting);
    this.#waiting = [];
  }
}
