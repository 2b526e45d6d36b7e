import * as vscode from "vscode";
import { views } from "../../../manifest";
import type { Report, ShowProgress } from "./progress";

/**
 * Work that ends sooner shows no notification. VS Code drops a notification that follows several others at once, and
 * that would be the result.
 */
const quickWithinMs = 400;

/** Progress as VS Code shows it. */
export const progressInWindow: ShowProgress = {
  async cancellable(title, work) {
    const cancelled = new AbortController();
    let show: Report | undefined;
    const early: Parameters<Report>[] = [];
    const working = work((...step) => {
      if (show === undefined) early.push(step);
      else show(...step);
    }, cancelled.signal);
    if (await endsWithin(working, quickWithinMs)) return working;
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      token.onCancellationRequested(() => cancelled.abort());
      show = (message, increment) =>
        progress.report({ message, ...(increment === undefined ? {} : { increment }) });
      for (const step of early) show(...step);
      return working;
    });
  },

  async inView(work) {
    return vscode.window.withProgress({ location: { viewId: views.contacts } }, work);
  },
};

/** Whether the work ends in this time, however it does. */
function endsWithin(working: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    working.then(end, end);
  });
}
