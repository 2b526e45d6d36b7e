import { join } from "node:path";
import { chooseHost } from "./host/chooseHost";
import { installExtensions, packageExtension } from "./host/installExtension";
import { makeProfile, projectRoot } from "./host/places";
import { runMocha, writeReport, type SuiteReport } from "./runMocha";

/** Runs the tests of `test/<suite>` against the packaged extension, installed in a real VS Code. */
export async function runClicks(suite: "ui" | "sweep", version: string): Promise<SuiteReport> {
  const host = await chooseHost(version);
  console.log(`VS Code ${version}, ${host.kind}: ${host.why}.`);
  const reportFile = join(projectRoot, "out", "reports", `${suite}-${version}.json`);
  if (host.kind === "none")
    return writeReport(reportFile, [{ title: `${suite} suite: ${host.why}`, outcome: "skipped" }]);
  const profile = await makeProfile();
  try {
    const vsix = join(projectRoot, "out", "dialler-contacts.vsix");
    await packageExtension(projectRoot, vsix);
    // Another extension that calls ours, as integrators do.
    const caller = join(projectRoot, "out", "caller.vsix");
    await packageExtension(join(projectRoot, "test", "support", "caller"), caller);
    await installExtensions(host, version, profile.extensionsDir, [vsix, caller]);
    // The tests are bundles of their own and learn from the environment what to open.
    process.env.DIALLER_EXTENSIONS_DIR = profile.extensionsDir;
    process.env.DIALLER_VSCODE_VERSION = version;
    process.env.DIALLER_TEST_HOST = host.kind;
    return await runMocha({
      folder: join(projectRoot, "out", "test", suite),
      reportFile,
      timeoutMs: 90_000,
      retries: 1,
    });
  } finally {
    await profile.remove();
  }
}
