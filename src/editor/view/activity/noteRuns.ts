import * as vscode from "vscode";
import type { RunHistory } from "../../../dialler/journal/runHistory";
import { runsKey } from "../../../manifest";

const quietMs = 3000;

/** Keeps the context key that says whether there are runs: without one the palette offers nothing that needs one. */
export function noteRuns(history: Pick<RunHistory, "changed" | "list">): vscode.Disposable {
  let known: boolean | undefined;
  let waiting: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const runs = await history.list();
    if (runs.length > 0 === known) return;
    known = runs.length > 0;
    await vscode.commands.executeCommand("setContext", runsKey, known);
  };
  const listening = history.changed.listen(() => {
    clearTimeout(waiting);
    // A run in progress changes every second, and reading all runs again would say the same.
    if (known === true) waiting = setTimeout(() => void look(), quietMs);
    else void look();
  });
  void look();
  return vscode.Disposable.from(
    { dispose: () => listening.dispose() },
    { dispose: () => clearTimeout(waiting) },
  );
}
