import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { _electron, type Page } from "playwright-core";
import { openBrowser } from "./browser";
import { chooseHost, type Host } from "./chooseHost";
import { makeProfile, type TemporaryProfile } from "./places";
import { writeSettings, type Settings } from "./quietSettings";
import { openServerWindow } from "./serverWindow";
import { sweepFolder, sweepPage } from "./sweep";

export interface WindowOptions {
  readonly version: string;
  readonly settings: Settings;
  /** Installed extensions; left out, there are none. */
  readonly extensionsDir?: string;
  /** `true`: an empty folder of the profile. Left out: no folder. */
  readonly folder?: string | true;
  /** Opens the folder in Restricted Mode; left out, everything is trusted. */
  readonly restricted?: boolean;
  /** The display language, such as "de", of the server build; the workbench itself has English texts only. */
  readonly language?: string;
}

/** A VS Code window on a profile of its own, driven through its page. */
export interface Window {
  readonly page: Page;
  readonly host: Host;
  readonly userDataDir: string;
  /** Opens a second window on the same profile; it closes with this one. */
  another(): Promise<Window>;
  /** Rejects where the window leaves behind what must not be left: a token anywhere, a person in the log. */
  close(): Promise<void>;
}

interface Opened {
  readonly page: Page;
  readonly another: () => Promise<Page>;
  readonly close: () => Promise<void>;
}

const size = { width: 1280, height: 900 };

/** Opens a window on the host of this machine. Throws where there is none. */
export async function openWindow(options: WindowOptions): Promise<Window> {
  const host = await chooseHost(options.version);
  if (host.kind === "none") throw new Error(`No VS Code ${options.version} here: ${host.why}.`);
  const profile = await makeProfile();
  try {
    const settings =
      options.restricted === true ? { ...restrictedMode, ...options.settings } : options.settings;
    await writeSettings(profile.userDataDir, settings);
    await mkdir(profile.folder);
    const opened =
      host.kind === "desktop"
        ? await openDesktop(host.executable, options, profile)
        : await openInBrowser(options, profile);
    const windowOf = (page: Page, close: () => Promise<void>): Window => ({
      ...{ page, host, userDataDir: profile.userDataDir, close },
      another: async () => {
        const second = await opened.another();
        return windowOf(second, async () => {
          const found = await sweepPage(second);
          await second.close();
          refuseFound(found);
        });
      },
    });
    return windowOf(opened.page, () => closeAndSweep(opened, profile));
  } catch (error) {
    await profile.remove();
    throw error;
  }
}

async function closeAndSweep({ page, close }: Opened, profile: TemporaryProfile): Promise<void> {
  const found = await sweepPage(page);
  try {
    await close();
    found.push(...(await sweepFolder(dirname(profile.userDataDir))));
  } finally {
    await profile.remove();
  }
  refuseFound(found);
}

function refuseFound(found: readonly string[]): void {
  if (found.length > 0) throw new Error(`The window leaves behind what it must not:\n${found.join("\n")}`);
}

async function openInBrowser(options: WindowOptions, profile: TemporaryProfile): Promise<Opened> {
  const folder = folderOf(options, profile);
  const server = await openServerWindow({
    version: options.version,
    userDataDir: profile.userDataDir,
    extensionsDir: options.extensionsDir ?? profile.extensionsDir,
    ...(folder === undefined ? {} : { folder }),
    ...(options.restricted === undefined ? {} : { restricted: options.restricted }),
  });
  try {
    const browser = await openBrowser();
    const permissions = ["clipboard-read", "clipboard-write"];
    const context = await browser.newContext({ viewport: size, permissions });
    // What a language pack would set; the workbench passes it to the extension host and to the reader of manifests.
    const language = `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)}`;
    if (options.language !== undefined) await context.addInitScript(language);
    const another = async (): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(server.address);
      return page;
    };
    return { page: await another(), another, close: () => browser.close().finally(() => server.stop()) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openDesktop(
  executablePath: string,
  options: WindowOptions,
  profile: TemporaryProfile,
): Promise<Opened> {
  const folder = folderOf(options, profile);
  const args = [
    ...(folder === undefined ? [] : [folder]),
    `--user-data-dir=${profile.userDataDir}`,
    `--extensions-dir=${options.extensionsDir ?? profile.extensionsDir}`,
    ...(options.restricted === true ? [] : ["--disable-workspace-trust"]),
    ...["--disable-updates", "--skip-welcome", "--skip-release-notes"],
    ...["--no-sandbox", "--disable-gpu-sandbox", "--password-store=basic"],
  ];
  const application = await _electron.launch({ executablePath, args });
  const page = await application.firstWindow();
  await page.setViewportSize(size);
  const another = async (): Promise<Page> => {
    const [second] = await Promise.all([
      application.waitForEvent("window"),
      page.keyboard.press("ControlOrMeta+Shift+N"),
    ]);
    await second.setViewportSize(size);
    return second;
  };
  return { page, another, close: () => application.close() };
}

/** No question at the start: the folder stays untrusted until it is trusted by command. */
const restrictedMode: Settings = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

function folderOf(options: WindowOptions, profile: TemporaryProfile): string | undefined {
  return options.folder === true ? profile.folder : options.folder;
}
