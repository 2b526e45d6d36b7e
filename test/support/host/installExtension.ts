import { resolveCliArgsFromVSCodeExecutablePath } from "@vscode/test-electron";
import { join } from "node:path";
import type { Host } from "./chooseHost";
import { makeProfile, projectRoot } from "./places";
import { runOrThrow } from "./programs";
import { installServer } from "./serverBuild";

/** The moment that every file of a package bears, so that the same sources make the same bytes. */
const sameMoment = { SOURCE_DATE_EPOCH: "1767225600", TZ: "UTC" };

/** Makes a VSIX of an extension's folder. */
export async function packageExtension(folder: string, vsix: string): Promise<void> {
  const vsce = join(projectRoot, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--no-rewrite-relative-links", "--allow-missing-repository"];
  await runOrThrow(process.execPath, [vsce, "package", ...options, "--skip-license", "-o", vsix], {
    cwd: folder,
    env: { ...process.env, ...sameMoment },
  });
}

/** Installs packaged extensions, for windows opened later with this folder of extensions. */
export async function installExtensions(
  host: Host,
  version: string,
  extensionsDir: string,
  vsixes: readonly string[],
): Promise<void> {
  // The profile that installs is no longer needed when the extensions are there.
  const profile = await makeProfile();
  const args = [
    ...vsixes.flatMap((vsix) => ["--install-extension", vsix]),
    ...["--force", "--extensions-dir", extensionsDir, "--user-data-dir", profile.userDataDir],
  ];
  try {
    if (host.kind === "desktop") await throughDesktop(host.executable, args);
    else await throughServer(version, [...args, "--server-data-dir", profile.serverDataDir]);
  } finally {
    await profile.remove();
  }
}

async function throughServer(version: string, args: readonly string[]): Promise<void> {
  const { node, serverMain } = await installServer(version);
  await runOrThrow(node, [serverMain, ...args]);
}

async function throughDesktop(executable: string, args: readonly string[]): Promise<void> {
  const [cli = executable] = resolveCliArgsFromVSCodeExecutablePath(executable);
  // On Windows the command-line program is a batch file, which only a shell runs; it wants quotes.
  const shell = process.platform === "win32";
  const quoted = (text: string) => (shell ? `"${text}"` : text);
  await runOrThrow(quoted(cli), args.map(quoted), { shell });
}
