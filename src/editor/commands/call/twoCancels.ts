import * as vscode from "vscode";
import * as l10n from "../../../l10n";

export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

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
  options: vscode.ProgressOptions,
  begin: (progress: Progress, signals: CancelSignals) => Going<Result>,
): Promise<Result> {
  const cancelled = new AbortController();
  const abort = new AbortController();
  const going = await vscode.window.withProgress(options, async (progress, token) => {
    const begun = begin(progress, { cancelled: cancelled.signal, abort: abort.signal });
    const isCancelled = new Promise<void>((resolve) => {
      token.onCancellationRequested(() => {
        cancelled.abort();
        resolve();
      });
    });
    await Promise.race([begun.finished, isCancelled]);
    return begun;
  });
  if (!cancelled.signal.aborted || going.inFlight === 0) return going.finished;
  // The notification with the first Cancel is gone; what is in flight may still be given up.
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title:
        going.inFlight === 1
          ? l10n.t("Waiting for 1 request that is under way…")
          : l10n.t("Waiting for {count} requests that are under way…", {
              count: l10n.number(going.inFlight),
            }),
      cancellable: true,
    },
    async (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return going.finished;
    },
  );
}
