import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { hostCache } from "./places";
import { serverPinsOf } from "./versions";

/** Which VS Code runs the suites here, and why that one. */
export type Host =
  | { readonly kind: "desktop"; readonly why: string; readonly executable: string }
  | { readonly kind: "server"; readonly why: string }
  | { readonly kind: "none"; readonly why: string };

/**
 * The desktop where it can show itself and be downloaded, else the server build in a headless browser. The
 * environment variable `DIALLER_TEST_HOST` forces one.
 */
export async function chooseHost(version: string): Promise<Host> {
  const forced = process.env.DIALLER_TEST_HOST ?? "";
  switch (forced) {
    case "":
      return choose(version);
    case "server":
      return server(version, "DIALLER_TEST_HOST asks for it");
    case "desktop":
      return desktop(version, "DIALLER_TEST_HOST asks for it");
    default:
      throw new Error(`DIALLER_TEST_HOST is "${forced}"; it may be "desktop" or "server".`);
  }
}

async function choose(version: string): Promise<Host> {
  const display = process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!display) return server(version, "there is no display for the desktop");
  const found = await desktop(version, "there is a display");
  if (found.kind === "desktop" || !serverRuns(version)) return found;
  return server(version, found.why);
}

async function desktop(version: string, why: string): Promise<Host> {
  try {
    const executable = await downloadAndUnzipVSCode({ version, cachePath: hostCache });
    return { kind: "desktop", why, executable };
  } catch (error) {
    return { kind: "none", why: `the desktop cannot be downloaded (${String(error)})` };
  }
}

function server(version: string, why: string): Host {
  if (serverRuns(version)) return { kind: "server", why };
  return {
    kind: "none",
    why: `${why}; no server build of ${version} for ${process.platform} ${process.arch}`,
  };
}

function serverRuns(version: string): boolean {
  return process.platform === "linux" && process.arch === "x64" && serverPinsOf(version) !== undefined;
}
