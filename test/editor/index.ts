// What VS Code calls inside its extension host when it is started to run tests.
import { join } from "node:path";
import * as vscode from "vscode";
import { runMocha } from "../support/runMocha";

export async function run(): Promise<void> {
  const report = await runMocha({
    folder: __dirname,
    reportFile: join(__dirname, "..", "..", "reports", `editor-${vscode.version}.json`),
    timeoutMs: 30_000,
  });
  if (report.failed > 0) throw new Error(`${report.failed} of ${report.tests.length} tests failed.`);
}
