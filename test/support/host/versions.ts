/** The oldest VS Code the extension promises to run on; the default of a test run. */
export const oldest = "1.100.3";
export const newest = "1.139.1";

/** What the npm registry carries of a VS Code: its server build, the Node it wants, its native modules. */
export interface ServerPins {
  readonly codeServer: string;
  readonly node: string;
  readonly natives: readonly string[];
}

const serverPins: Readonly<Record<string, ServerPins>> = {
  [oldest]: { codeServer: "4.100.3", node: "20.20.2", natives: ["@vscode/spdlog", "native-watchdog"] },
  [newest]: {
    codeServer: "4.139.1",
    node: "24.21.0",
    natives: ["@vscode/spdlog", "@vscode/native-watchdog"],
  },
};

/** `undefined`: no server build of that version is known. */
export function serverPinsOf(version: string): ServerPins | undefined {
  return serverPins[version];
}

/** The last release of this package that runs on Node 20; it carries a headless Chromium for Linux x64. */
export const chromiumPackage = "153.0.0";

/** The version a run is for: `--version V` on the command line, else the environment, else the oldest. */
export function versionWanted(): string {
  const at = process.argv.indexOf("--version");
  return (at > 0 ? process.argv[at + 1] : undefined) ?? process.env.DIALLER_VSCODE_VERSION ?? oldest;
}
