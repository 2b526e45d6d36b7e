import * as vscode from "vscode";
import { views } from "../../../manifest";
import type { ShowProgress } from "./progress";

/** Progress as VS Code shows it. */
export const progressInWindow: ShowProgress = {
  async cancellable(title, work) {
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      return work(
        (message, increment) =>
          progress.report({ message, ...(increment === undefined ? {} : { increment }) }),
        cancelled.signal,
      );
    });
  },

  async inView(work) {
    return vscode.window.withProgress({ location: { viewId: views.contacts } }, work);
  },
};
