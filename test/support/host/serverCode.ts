// Behaves as the executable of VS Code towards `runTests`: runs a test suite inside the extension host of the
// server build, prints what the suite prints, and ends with its exit code. Started by code.sh.
import type { Page } from "playwright-core";
import { openBrowser } from "./browser";
import { openServerWindow, type ServerWindowOptions } from "./serverWindow";
import { versionWanted } from "./versions";
import { firstLine } from "../runMocha";

// The runner holds the other end of standard input; when that end is closed, this window is no longer needed.
process.stdin.resume().once("close", () => process.exit(1));

function argumentsNamed(name: string): string[] {
  const prefix = `--${name}=`;
  return process.argv.filter((argument) => argument.startsWith(prefix)).map((a) => a.slice(prefix.length));
}

function argumentNamed(name: string): string {
  const [value] = argumentsNamed(name);
  if (value === undefined) throw new Error(`--${name}= is missing.`);
  return value;
}

function windowOptions(): ServerWindowOptions {
  const folder = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
  return {
    version: versionWanted(),
    userDataDir: argumentNamed("user-data-dir"),
    extensionsDir: argumentNamed("extensions-dir"),
    suite: {
      extensionDevelopmentPaths: argumentsNamed("extensionDevelopmentPath"),
      extensionTestsPath: argumentNamed("extensionTestsPath"),
    },
    ...(folder === undefined ? {} : { folder }),
  };
}

/**
 * The workbench calls two functions of its page: one with each line written to its console, one with the exit
 * code of the suite. What the workbench itself says is shown only if the run fails.
 */
async function exitCodeOf(page: Page, address: string, serverEnded: Promise<void>): Promise<number> {
  let started = false;
  const heldBack: unknown[][] = [];
  await page.exposeFunction("codeAutomationLog", (type: string, line: unknown[]) => {
    started ||= String(line[0]).startsWith(firstLine);
    if (started && type !== "error" && type !== "warn") console.log(...line);
    else heldBack.push(line);
  });
  let exit: (code: number) => void = () => undefined;
  const exitCode = new Promise<number>((resolve, reject) => {
    exit = resolve;
    page.on("crash", () => reject(new Error("The page of the workbench crashed.")));
    void serverEnded.then(() => reject(new Error("The VS Code server ended before the suite did.")));
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => {
    if (code !== 0 || !started) for (const line of heldBack) console.log(...line);
    exit(code);
  });
  await page.goto(address);
  return exitCode;
}

async function run(): Promise<number> {
  const server = await openServerWindow(windowOptions());
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return await exitCodeOf(page, server.address, server.ended);
  } finally {
    await browser.close();
    await server.stop();
  }
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
