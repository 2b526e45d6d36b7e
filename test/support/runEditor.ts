// Runs test/editor inside the extension host of a real VS Code.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseHost } from "./host/chooseHost";
import { projectRoot } from "./host/places";
import { runInside } from "./host/runInside";
import { oldest, versionWanted } from "./host/versions";
import { exitWith, readReport, writeReport, type SuiteReport } from "./runMocha";

async function runEditor(version: string): Promise<SuiteReport> {
  const host = await chooseHost(version);
  console.log(`VS Code ${version}, ${host.kind}: ${host.why}.`);
  const reportFile = join(projectRoot, "out", "reports", `editor-${version}.json`);
  if (host.kind === "none")
    return writeReport(reportFile, [{ title: `editor suite: ${host.why}`, outcome: "skipped" }]);
  await rm(reportFile, { force: true });
  const script = join(projectRoot, "out", "test", "editor", "index.js");
  // Tools for a chat are hidden otherwise; a newer version lets the test itself turn them on.
  const chat = version === oldest ? { "chat.disableAIFeatures": false } : {};
  await runInside(host, script, { DIALLER_VSCODE_VERSION: version }, chat);
  // VS Code also ends well when its extension host breaks down; then there is no report, and this throws.
  return readReport(reportFile);
}

runEditor(versionWanted()).then(exitWith, (error: unknown) => {
  console.error(String(error));
  process.exit(1);
});
