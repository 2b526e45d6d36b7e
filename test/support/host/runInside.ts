import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runTests } from "@vscode/test-electron";
import type { Host } from "./chooseHost";
import { makeProfile, projectRoot } from "./places";
import { type Settings, writeSettings } from "./quietSettings";
import { sweepFolder } from "./sweep";

/**
 * Runs a script inside the extension host of a fresh window, with the extension as it was built; resolves when the
 * script has ended well. `env` is the script's.
 */
export async function runInside(
  host: Exclude<Host, { kind: "none" }>,
  script: string,
  env: Readonly<Record<string, string>>,
  settings: Settings = {},
): Promise<void> {
  const profile = await makeProfile();
  try {
    await writeSettings(profile.userDataDir, settings);
    await mkdir(profile.folder);
    await runTests({
      vscodeExecutablePath:
        host.kind === "desktop" ? host.executable : join(projectRoot, "test", "support", "host", "code.sh"),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: script,
      extensionTestsEnv: env,
      launchArgs: [
        profile.folder,
        `--user-data-dir=${profile.userDataDir}`,
        `--extensions-dir=${profile.extensionsDir}`,
      ],
    });
    const found = await sweepFolder(dirname(profile.userDataDir));
    if (found.length > 0) throw new Error(`The window leaves behind what it must not:\n${found.join("\n")}`);
  } finally {
    await profile.remove();
  }
}
