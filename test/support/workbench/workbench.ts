// The workbench as a person sees and uses it. A verb waits until what it needs is there; nothing sleeps.
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { openWindow, type Window } from "../host/openWindow";
import { projectRoot } from "../host/places";
import type { Settings } from "../host/quietSettings";
import { versionWanted } from "../host/versions";
import { linesInSight } from "./inPage";
import { ModalDialog, Notifications } from "./messages";
import { OutputPanel } from "./outputPanel";
import { QuickInput } from "./quickInput";
import { SideBarView } from "./sideBarView";
import { until } from "./until";

export interface WorkbenchOptions {
  /** User settings. */
  readonly settings?: Settings;
  /** `true`: an empty folder. Left out: an empty window. */
  readonly folder?: string | true;
  /** Opens the folder in Restricted Mode. */
  readonly restricted?: boolean;
  /** The display language, on the server build only. */
  readonly language?: string;
  /** Installed extensions; left out, those of the suite. */
  readonly extensionsDir?: string;
  readonly version?: string;
}

/** Opens a fresh window: profile, settings and storage of its own. The caller closes it. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { settings = {}, version = versionWanted(), folder } = options;
  const extensionsDir = options.extensionsDir ?? process.env.DIALLER_EXTENSIONS_DIR;
  const window = await openWindow({
    version,
    settings,
    ...(folder === undefined ? {} : { folder }),
    ...(options.restricted === undefined ? {} : { restricted: options.restricted }),
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(extensionsDir === undefined ? {} : { extensionsDir }),
  });
  return readyIn(window, version);
}

async function readyIn(window: Window, version: string): Promise<Workbench> {
  const workbench = new Workbench(window, version);
  try {
    await workbench.ready();
    return workbench;
  } catch (error) {
    await workbench.screenshot("not-ready");
    await workbench.close();
    throw error;
  }
}

const open = new Set<Workbench>();

// Where tests load this module, a failed one leaves a picture of its windows, named after it.
if (typeof afterEach === "function")
  afterEach(async function () {
    const { currentTest: test } = this;
    if (test?.state !== "failed") return;
    const name = `failed-${test.fullTitle().replace(/[^\w-]+/g, "-")}`.slice(0, 120);
    for (const workbench of open) await workbench.screenshot(name);
  });

export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly dialog: ModalDialog;
  readonly notifications: Notifications;
  readonly contacts: SideBarView;
  readonly activity: SideBarView;
  readonly output: OutputPanel;

  constructor(
    readonly window: Window,
    readonly version: string,
  ) {
    const { page } = window;
    page.setDefaultTimeout(15_000);
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.dialog = new ModalDialog(page);
    this.notifications = new Notifications(page);
    this.contacts = new SideBarView(page, "Contacts");
    this.activity = new SideBarView(page, "Activity");
    this.output = new OutputPanel(page, window.userDataDir, "Dialler");
    open.add(this);
  }

  async ready(): Promise<void> {
    const slowestStart = { timeout: 60_000 };
    await this.page.locator(".part.statusbar .statusbar-item").first().waitFor(slowestStart);
    await this.page.locator(".part.activitybar .action-label").first().waitFor(slowestStart);
  }

  /** Opens a second window on the same profile. It ends with this one; the caller may close it before. */
  async another(): Promise<Workbench> {
    return readyIn(await this.window.another(), this.version);
  }

  /** Opens a folder in this window; what its profile has stored stays. */
  async openFolder(path: string): Promise<void> {
    if (this.window.host.kind === "server") {
      const address = new URL(this.page.url());
      address.searchParams.delete("ew");
      address.searchParams.set("folder", path);
      await this.page.goto(address.href);
    } else {
      await this.runCommand("File: Open Folder...");
      const loaded = this.page.waitForEvent("load", { timeout: 60_000 });
      // Without the slash the first answer would only go into the folder.
      await this.quickInput.choosePath(`${path}/`);
      await loaded;
    }
    await this.ready();
  }

  /** Reloads the window; what it stored stays. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command from the palette by the title shown there, such as "Dialler: Refresh". */
  async runCommand(title: string): Promise<void> {
    // The palette lists the commands known when it opens; those of an extension may come later.
    await until(
      `the command "${title}"`,
      async () => {
        await this.page.keyboard.press("F1");
        if (!(await appears(() => this.quickInput.isShown()))) return false;
        // A row or a record that gets the focus at this moment closes the palette.
        if (!(await isDone(this.quickInput.type(`>${title}`, 3000)))) return false;
        if (!(await appears(() => this.quickInput.has(title)))) return false;
        return isDone(this.quickInput.pick(title, 3000));
      },
      30_000,
    );
    await this.quickInput.paletteLeft();
  }

  /** Shows a view container by its Activity Bar icon. */
  async openView(title = "Dialler"): Promise<void> {
    const icon = this.page
      .locator(".part.activitybar .action-item", {
        has: this.page.locator(`.action-label[aria-label^="${title}"]`),
      })
      .first();
    await icon.waitFor({ timeout: 30_000 });
    const pane = this.page.locator(".part.sidebar .pane").first();
    // A click on the icon of the container that is shown would hide it, also of one that was just being shown.
    await until(`the view ${title}`, async () => {
      if ((await icon.getAttribute("aria-expanded")) !== "true") await icon.click();
      return appears(() => pane.isVisible());
    });
  }

  /** The texts of the status bar. */
  async statusBar(): Promise<string[]> {
    const texts = await this.page.locator(".part.statusbar .statusbar-item").allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".part.statusbar .statusbar-item", { hasText: text });
  }

  /** Shows an output channel in the panel. */
  async showOutput(channel = "Dialler"): Promise<void> {
    await this.runCommand("Output: Show Output Channels...");
    await this.quickInput.pick(channel);
    await this.page.locator(".part.panel .output-view .view-lines").first().waitFor();
  }

  /** Waits until the lines in sight of the active text editor are as wanted; the lines. */
  async editorLinesWhen(wanted: (lines: readonly string[]) => boolean): Promise<string[]> {
    const editor = this.page.locator(".part.editor .editor-group-container.active .monaco-editor").first();
    let lines: string[] = [];
    await until(
      () => `lines in the editor; there are:\n${lines.join("\n")}`,
      async () => wanted((lines = await linesInSight(editor))),
    );
    return lines;
  }

  /** A button in the title of the active editor. */
  editorAction(label: string): Locator {
    const title = this.page.locator(".part.editor .editor-group-container.active .editor-actions");
    return title.locator(`.action-label[aria-label^="${label}"]`);
  }

  async clickEditorAction(label: string): Promise<void> {
    await this.editorAction(label).click();
  }

  /** Puts a text on the clipboard. */
  async copy(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** Waits until the clipboard holds a text that matches; the text. */
  async clipboard(wanted: RegExp): Promise<string> {
    let text = "";
    await until(
      () => `a clipboard that matches ${String(wanted)}; it holds: ${text}`,
      async () => {
        text = String(await this.page.evaluate("navigator.clipboard.readText()"));
        return wanted.test(text);
      },
    );
    return text;
  }

  /** Takes the pointer off whatever it rests on, and waits until the hover of that is gone. */
  async movePointerAway(): Promise<void> {
    await this.page.mouse.move(800, 600);
    const hovers = this.page.locator(".monaco-hover:visible, .workbench-hover:visible");
    await until("hovers to go", async () => (await hovers.count()) === 0);
  }

  /** Keeps a picture of the window; its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(projectRoot, "out", "screenshots", `${name}-${this.version}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    open.delete(this);
    await this.window.close();
  }
}

/** Whether something is so within a short while. */
function appears(isSo: () => Promise<boolean>): Promise<boolean> {
  return until("it", isSo, 1500).then(
    () => true,
    () => false,
  );
}

/** Whether an action succeeded in its time. */
function isDone(action: Promise<void>): Promise<boolean> {
  return action.then(
    () => true,
    () => false,
  );
}
