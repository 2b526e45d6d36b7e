import * as l10n from "../../../l10n";
import type { Report, ShowProgress } from "./progress";

export interface CancelSignals {
  /** Aborted by the first Cancel: nothing more is sent. */
  readonly cancelled: AbortSignal;
  /** Aborted by the second one: requests under way are given up. */
  readonly abort: AbortSignal;
}

/** A run that has begun. */
export interface Going<Result> {
  readonly finished: Promise<Result>;
  /** Requests that were begun and have not been answered. */
  readonly inFlight: number;
}

/**
 * Runs with progress. The first Cancel lets the requests under way finish; while they do, a second progress offers to
 * give up on them too.
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
  // The notification with the first Cancel is gone; what is in flight may still be given up.
  return progress.cancellable(waitingTitle(going.inFlight), (_report, again) => {
    void aborted(again).then(() => abort.abort());
    return going.finished;
  });
}

function waitingTitle(count: number): string {
  return count === 1
    ? l10n.t("Waiting for 1 request that is under way…")
    : l10n.t("Waiting for {count} requests that are under way…", { count: l10n.number(count) });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
