// Runs test/editor inside the extension host of a real VS Code.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { chooseHost } from "./host/chooseHost";
import { makeProfile, projectRoot } from "./host/places";
import { writeSettings } from "./host/quietSettings";
import { oldest, versionWanted } from "./host/versions";
import { exitWith, readReport, writeReport, type SuiteReport } from "./runMocha";

async function runEditor(version: string): Promise<SuiteReport> {
  const host = await chooseHost(version);
  console.log(`VS Code ${version}, ${host.kind}: ${host.why}.`);
  const reportFile = join(projectRoot, "out", "reports", `editor-${version}.json`);
  if (host.kind === "none")
    return writeReport(reportFile, [{ title: `editor suite: ${host.why}`, outcome: "skipped" }]);
  await rm(reportFile, { force: true });
  const profile = await makeProfile();
  try {
    // Tools for a chat are hidden otherwise; a newer version lets the test itself turn them on.
    const chat = version === oldest ? { "chat.disableAIFeatures": false } : {};
    await writeSettings(profile.userDataDir, chat);
    await mkdir(profile.folder);
    await runTests({
      vscodeExecutablePath:
        host.kind === "desktop" ? host.executable : join(projectRoot, "test", "support", "host", "code.sh"),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, "out", "test", "editor", "index.js"),
      extensionTestsEnv: { DIALLER_VSCODE_VERSION: version },
      launchArgs: [
        profile.folder,
        `--user-data-dir=${profile.userDataDir}`,
        `--extensions-dir=${profile.extensionsDir}`,
      ],
    });
    // VS Code also ends well when its extension host breaks down; then there is no report, and this throws.
    return readReport(reportFile);
  } finally {
    await profile.remove();
  }
}

runEditor(versionWanted()).then(exitWith, (error: unknown) => {
  console.error(String(error));
  process.exit(1);
});
