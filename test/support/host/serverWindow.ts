import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { startGroup, type ProcessGroup } from "./processGroup";
import { writeSettings, type Settings } from "./quietSettings";
import { installServer } from "./serverBuild";

export interface ServerWindowOptions {
  readonly version: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** User settings beyond those of a quiet window; left out, the profile's settings stay as they are. */
  readonly settings?: Settings;
  /** Left out: an empty window. */
  readonly folder?: string;
  readonly suite?: Suite;
  /** Opens folders in Restricted Mode; left out, everything is trusted. */
  readonly restricted?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** Tests to run inside the extension host, and the extensions to run from their source folders. */
export interface Suite {
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath: string;
}

export interface ServerWindow {
  /** What a browser opens; each page that does is a window of its own on the same profile. */
  readonly address: string;
  /** Resolves when the server has ended, however it does. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server build of a version and waits until it answers. */
export async function openServerWindow(options: ServerWindowOptions): Promise<ServerWindow> {
  const build = await installServer(options.version);
  if (options.settings !== undefined) await writeSettings(options.userDataDir, options.settings);
  await mkdir(options.extensionsDir, { recursive: true });
  if (options.folder !== undefined) await mkdir(options.folder, { recursive: true });
  const args = [
    ...[build.serverMain, "--host", "127.0.0.1", "--port", "0", "--without-connection-token"],
    ...["--accept-server-license-terms", "--telemetry-level", "off"],
    ...(options.restricted === true ? [] : ["--disable-workspace-trust"]),
    ...["--user-data-dir", options.userDataDir, "--extensions-dir", options.extensionsDir],
    ...["--server-data-dir", join(dirname(options.userDataDir), "s")],
    // A suite needs the driver (newer versions ignore its paths without), a person must not have it: it hides
    // dialogs in 1.100 and notifications in 1.139.
    ...(options.suite === undefined ? [] : ["--enable-smoke-test-driver"]),
  ];
  const server = startGroup(build.node, args, { ...process.env, ...withoutGallery, ...options.env });
  const authority = await authorityOf(server);
  return {
    address: addressOf(authority, options),
    ended: new Promise((resolve) => server.process.once("close", () => resolve())),
    stop: () => server.stop(),
  };
}

/** The tests need no other extension, and the window shall not look for any. */
const withoutGallery = { EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "" }) };

/** Waits for the line that says the server listens; host and port of it. */
function authorityOf(server: ProcessGroup): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const give = (reason: string) => {
      void server.stop();
      reject(new Error(`The VS Code server ${reason}:\n${output}`));
    };
    const timer = setTimeout(() => give("did not start within a minute"), 60_000);
    const read = (chunk: Buffer) => {
      if (output.length > 100_000) return;
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(`127.0.0.1:${port}`);
    };
    server.process.stdout.on("data", read);
    server.process.stderr.on("data", read);
    server.process.once("error", (error) => give(`could not be started (${error.message})`));
    server.process.once("close", () => {
      clearTimeout(timer);
      give("ended while starting");
    });
  });
}

function addressOf(authority: string, options: ServerWindowOptions): string {
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const { suite } = options;
  const payload = [
    ["skipWelcome", "true"],
    ...(suite?.extensionDevelopmentPaths ?? []).map((path) => ["extensionDevelopmentPath", remote(path)]),
    ...(suite === undefined ? [] : [["extensionTestsPath", remote(suite.extensionTestsPath)]]),
  ];
  const query = new URLSearchParams(
    options.folder === undefined ? { ew: "true" } : { folder: options.folder },
  );
  query.set("payload", JSON.stringify(payload));
  return `http://${authority}/?${query.toString()}`;
}
