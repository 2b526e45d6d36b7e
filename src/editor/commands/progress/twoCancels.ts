import * as l10n from "../../../l10n";
import type { Report, ShowProgress } from "./progress";

export interface CancelSignals {
  /** Aborted by the first Cancel: nothing more is sent. */
  readonly cancelled: AbortSignal;
  /** Aborted by the second Cancel: requests in flight are aborted. */
  readonly abort: AbortSignal;
}

/** A run that has started. */
export interface Going<Result> {
  readonly finished: Promise<Result>;
  /** Requests that were sent and have no answer yet. */
  readonly inFlight: number;
}

/**
 * Runs with progress. The first Cancel lets the requests in flight finish; meanwhile a second progress offers to abort
 * them.
 */
export async function withTwoCancels<Result>(
  progress: ShowProgress,
  title: string,
  begin: (report: Report, signals: CancelSignals) => Going<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const { going, cancelled } = await progress.cancellable(title, async (report, signal) => {
    const begun = begin(report, { cancelled: signal, abort: abort.signal });
    await Promise.race([begun.finished, aborted(signal)]);
    return { going: begun, cancelled: signal };
  });
  if (!cancelled.aborted || going.inFlight === 0) return going.finished;
  // The first Cancel closed its notification; a second one is needed to abort the requests in flight.
  return progress.cancellable(waitingTitle(going.inFlight), (_report, again) => {
    void aborted(again).then(() => abort.abort());
    return going.finished;
  });
}

function waitingTitle(count: number): string {
  return count === 1
    ? l10n.t("Waiting for 1 request…")
    : l10n.t("Waiting for {count} requests…", { count: l10n.number(count) });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
