import { type Report, RunProgress } from "../progress/progress";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { ImportItem } from "../../../dialler/transfer/importPlan";
import { importLinesOf, type RowResult } from "../../../dialler/transfer/importReport";
import { importRun } from "../../../dialler/transfer/importRun";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { concurrencyOn } from "../call/concurrencyOn";
import type { Parts } from "../call/parts";
import { redacted } from "../call/redacted";
import { type CancelSignals, type Going, withTwoCancels } from "../progress/twoCancels";

type MayRead = () => Promise<boolean>;

/** Imports rows that were agreed to, with progress; one result each, in their order. */
export async function sendImport(
  parts: Parts,
  connection: Connection,
  items: readonly ImportItem[],
  mayReadWholeList: MayRead,
): Promise<RowResult[]> {
  const endpoint = plainText(connection.endpoint.name, 40);
  return withTwoCancels(
    parts.progress,
    l10n.t("Importing contacts into {endpoint}", { endpoint }),
    (report, signals) => new ImportUnderway(parts, connection, items, mayReadWholeList, report, signals),
  );
}

/** Writes one line per row to the output channel. */
export function sayImportResults(
  parts: Parts,
  { endpoint }: Connection,
  results: readonly RowResult[],
): void {
  for (const { level, line } of importLinesOf(endpoint.name, results)) parts.channel.say(level, line);
}

class ImportUnderway implements Going<RowResult[]> {
  readonly finished: Promise<RowResult[]>;
  #begun = 0;
  #answered = 0;
  readonly #progress: RunProgress;

  constructor(
    readonly parts: Parts,
    readonly connection: Connection,
    readonly items: readonly ImportItem[],
    readonly mayReadWholeList: MayRead,
    report: Report,
    signals: CancelSignals,
  ) {
    this.#progress = new RunProgress(items.length, report, parts.channel);
    this.finished = this.#finish(signals);
  }

  get inFlight(): number {
    return this.#begun - this.#answered;
  }

  async #finish(signals: CancelSignals): Promise<RowResult[]> {
    const { parts, connection, items, mayReadWholeList } = this;
    const { concurrency, lockField } = parts.preferences.now;
    const results = await importRun(items, {
      client: connection.client,
      lockField,
      concurrency: concurrencyOn(connection, concurrency),
      ...signals,
      mayReadWholeList,
      onBegin: () => this.#begun++,
      onResult: (result, finished) => {
        this.#answered++;
        sayImportResults(parts, connection, [this.#redacted(result)]);
        this.#progress.finish(finished);
      },
      onWarning: (result) => sayImportResults(parts, connection, [this.#redacted(result)]),
      onPause: this.#progress.onPause,
      onPace: this.#progress.onPace,
      onSettling: this.#progress.onSettling,
    });
    const redactedResults = results.map((result) => this.#redacted(result));
    sayImportResults(
      parts,
      connection,
      redactedResults.filter(({ outcome }) => outcome === "notAttempted"),
    );
    return redactedResults;
  }

  #redacted(result: RowResult): RowResult {
    return { ...result, ...redacted(this.parts, result) };
  }
}
