import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { atEnd } from "./atEnd";

/** The folder of package.json. Looked for upwards, because every bundle has its own place below `out`. */
export const projectRoot = folderWithManifest(__dirname);

/** Where hosts are kept between runs; test-electron downloads to the same place. */
export const hostCache = join(projectRoot, ".vscode-test");

function folderWithManifest(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  if (dirname(folder) === folder) throw new Error("No package.json above the running script.");
  return folderWithManifest(dirname(folder));
}

export interface TemporaryProfile {
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** What the server build keeps for itself. */
  readonly serverDataDir: string;
  /** An empty folder to open. */
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * A profile for one window, gone at the latest when this process ends. Its path is short, because VS Code puts
 * sockets below it and their paths end at about 100 characters.
 */
export async function makeProfile(): Promise<TemporaryProfile> {
  const root = await mkdtemp(join(tmpdir(), "dlr-"));
  // What a killed window was writing may still arrive while its folder is removed.
  const thoroughly = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  const forget = atEnd(() => rmSync(root, thoroughly));
  return {
    userDataDir: join(root, "u"),
    extensionsDir: join(root, "e"),
    serverDataDir: join(root, "s"),
    folder: join(root, "f"),
    remove: async () => {
      await rm(root, thoroughly);
      forget();
    },
  };
}
