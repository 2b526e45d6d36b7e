// Runs test/editor inside the extension host of a real VS Code.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { chooseHost } from "./host/chooseHost";
import { makeProfile, projectRoot } from "./host/places";
import { writeSettings } from "./host/quietSettings";
import { versionWanted } from "./host/versions";
import { writeReport } from "./runMocha";

async function runEditor(version: string): Promise<number> {
  const host = await chooseHost(version);
  console.log(`VS Code ${version}, ${host.kind}: ${host.why}.`);
  const reportFile = join(projectRoot, "out", "reports", `editor-${version}.json`);
  if (host.kind === "none") {
    writeReport(reportFile, [{ title: `editor suite: ${host.why}`, outcome: "skipped" }]);
    return 0;
  }
  const profile = await makeProfile();
  try {
    await writeSettings(profile.userDataDir, {});
    await mkdir(profile.folder);
    return await runTests({
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
  } finally {
    await profile.remove();
  }
}

runEditor(versionWanted()).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(String(error));
    process.exit(1);
  },
);
