import type { Locator, Page } from "playwright-core";
import { chooseFromMenu, menuLabels } from "./contextMenu";
import { rowTexts } from "./inPage";
import { exactly, until } from "./until";

/** A row by its label, by what its whole text matches, or by its place in the list, from 0. */
export type RowName = string | RegExp | number;

/** A view of the side bar: its tree, its title, its welcome content. */
export class SideBarView {
  private readonly pane: Locator;

  constructor(
    private readonly page: Page,
    private readonly title: string,
  ) {
    this.pane = page.locator(`.part.sidebar .pane:has(.pane-header[aria-label^="${title}"])`);
  }

  /** The rows in sight, from top to bottom: label and description, joined by a blank. */
  rows(): Promise<string[]> {
    return rowTexts(this.list(), ".label-name, .label-description");
  }

  /** Waits until the rows in sight are as wanted; the rows. */
  async rowsWhen(wanted: (rows: readonly string[]) => boolean, timeoutMs?: number): Promise<string[]> {
    let rows: string[] = [];
    await until(
      () => `rows in ${this.title}; there are: ${rows.join(" | ")}`,
      async () => wanted((rows = await this.rows())),
      timeoutMs,
    );
    return rows;
  }

  /** Waits for the row, scrolling to it if it is out of sight. */
  async row(name: RowName): Promise<Locator> {
    const row = this.rowNamed(name);
    let down = true;
    // A row that is about to come is not scrolled past.
    const patience = Date.now() + 1000;
    await until(`the row ${String(name)}`, async () => {
      if ((await row.count()) > 0) return true;
      if (Date.now() < patience) return false;
      down = await this.scroll(down);
      return false;
    });
    return row.first();
  }

  /** Waits until the icon of a row says that its contact is locked. */
  async locked(name: RowName): Promise<void> {
    const row = await this.row(name);
    await row.locator(".custom-view-tree-node-item-icon.codicon-lock").waitFor();
  }

  /** Waits until the icon of a row is that of a contact that is not locked. */
  async unlocked(name: RowName): Promise<void> {
    const row = await this.row(name);
    await row.locator(".custom-view-tree-node-item-icon.codicon-person").waitFor();
  }

  /** Waits until a row is selected and has the focus, as the next one after a deletion. */
  async goneOn(): Promise<void> {
    await this.pane.locator(".monaco-list-row.selected.focused").waitFor();
  }

  /** Whether a row is in sight now. */
  async has(text: string): Promise<boolean> {
    return (await this.rows()).some((row) => row.includes(text));
  }

  /** Clicks a row; "ControlOrMeta" or "Shift" adds to the selection. */
  async select(name: RowName, modifier?: "ControlOrMeta" | "Shift"): Promise<void> {
    const row = await this.row(name);
    await row.locator(".label-name").click({ modifiers: modifier === undefined ? [] : [modifier] });
    await until(
      `${String(name)} to be selected`,
      async () => (await row.getAttribute("aria-selected")) === "true",
    );
  }

  /** Expands a row and waits until its children are there; if it has none, for a moment. */
  async expand(name: RowName): Promise<void> {
    await this.setExpanded(name, true);
    const parent = await this.row(name);
    const numberIn = async (row: Locator, attribute: string) => Number(await row.getAttribute(attribute));
    const next = this.rowNamed((await numberIn(parent, "data-index")) + 1);
    const level = await numberIn(parent, "aria-level");
    const hasChild = async () => (await next.count()) > 0 && (await numberIn(next, "aria-level")) > level;
    await until("children", hasChild, 5000).catch(() => undefined);
  }

  async collapse(name: RowName): Promise<void> {
    await this.setExpanded(name, false);
  }

  private async setExpanded(name: RowName, wanted: boolean): Promise<void> {
    const row = await this.row(name);
    const expanded = async () => (await row.getAttribute("aria-expanded")) === "true";
    if ((await expanded()) !== wanted) await row.locator(".monaco-tl-twistie").click();
    await until(`${String(name)} to be ${wanted ? "expanded" : "collapsed"}`, async () => {
      const loading = await row.locator(".codicon-tree-item-loading").count();
      return loading === 0 && (await expanded()) === wanted;
    });
  }

  /** Chooses an entry of a row's context menu; several labels lead through submenus. */
  async contextMenu(name: RowName, ...labels: readonly string[]): Promise<void> {
    await this.onRow(async () => {
      const label = (await this.row(name)).locator(".label-name");
      await chooseFromMenu(this.page, label, "right", labels);
    });
  }

  /** The labels of a row's context menu, submenus closed. */
  async contextMenuLabels(name: RowName): Promise<string[]> {
    const label = (await this.row(name)).locator(".label-name");
    return menuLabels(this.page, label, "right");
  }

  /** What the pointer sees when it rests on a row. */
  async hover(name: RowName): Promise<string> {
    const hover = this.page.locator(".monaco-hover:visible, .workbench-hover:visible").first();
    let text = "";
    // A row that is drawn again under the pointer shows none until the pointer comes back.
    await until(`the hover of ${String(name)}`, async () => {
      await this.page.mouse.move(800, 600);
      await (await this.row(name)).locator(".label-name").hover();
      for (let looks = 0; looks < 30; looks++) {
        text = (await hover.isVisible()) ? await hover.innerText() : "";
        // Until the extension has answered, VS Code says that it loads.
        if (text.includes("\n")) return true;
        await this.page.waitForTimeout(100);
      }
      return false;
    });
    return text;
  }

  /** The links in the hover of a row, in their order. */
  async hoverLinks(name: RowName): Promise<string[]> {
    await this.hover(name);
    return this.page.locator(".monaco-hover:visible a, .workbench-hover:visible a").allInnerTexts();
  }

  /** Clicks a link in the hover of a row. */
  async clickHoverLink(name: RowName, label: string): Promise<void> {
    await this.hover(name);
    const links = this.page.locator(".monaco-hover:visible a, .workbench-hover:visible a");
    await links
      .filter({ hasText: exactly(label) })
      .first()
      .click();
  }

  /** Clicks an icon in the view's title by its tooltip. */
  async clickAction(label: string): Promise<void> {
    const title = await this.titleBar();
    await title.hover();
    await title.locator(`.action-label[aria-label^="${label}"]`).click();
  }

  /** Chooses an entry of the "…" menu in the view's title. */
  async overflowMenu(...labels: readonly string[]): Promise<void> {
    const title = await this.titleBar();
    await title.hover();
    const more = title.locator(
      '.action-label[aria-label^="Views and More Actions"], .action-label.codicon-toolbar-more',
    );
    await chooseFromMenu(this.page, more.first(), "left", labels);
  }

  /** Clicks an inline icon of a row by its tooltip. */
  async clickRowAction(name: RowName, label: string): Promise<void> {
    await this.onRow(async () => {
      const row = await this.row(name);
      await row.hover();
      await row.locator(`.action-label[aria-label^="${label}"]`).click();
    });
  }

  /**
   * A tree that is refreshing hands no row to the command; the extension then says so and sends nothing,
   * and a person tries again.
   */
  private async onRow(choose: () => Promise<void>): Promise<void> {
    const refused = this.page.locator(".notification-toast", { hasText: "The list was refreshing" }).first();
    await until("a row that is not being refreshed", async () => {
      await choose();
      const wasRefused = await refused.waitFor({ timeout: 500 }).then(
        () => true,
        () => false,
      );
      if (!wasRefused) return true;
      await refused.hover();
      await refused.locator(".codicon-notifications-clear").click();
      await refused.waitFor({ state: "hidden" });
      return false;
    });
  }

  /** The paragraphs and buttons an empty view shows. */
  async welcome(): Promise<string[]> {
    const content = this.pane.locator(".welcome-view-content");
    await content.waitFor();
    let texts: string[] = [];
    await until("a text in the empty view", async () => {
      const all = await content.locator(":scope > *").allInnerTexts();
      texts = all.map((text) => text.trim()).filter((text) => text !== "");
      return texts.length > 0;
    });
    return texts;
  }

  /** Whether the view is empty and offers this button or link now. */
  async isWelcoming(label: string): Promise<boolean> {
    const content = this.pane.locator(".welcome-view-content");
    return (
      (await content
        .locator(".monaco-button, a")
        .filter({ hasText: exactly(label) })
        .count()) > 0
    );
  }

  /** Clicks a button or link of the welcome content; again if the content refreshed under the click. */
  async clickWelcome(label: string): Promise<void> {
    const content = this.pane.locator(".welcome-view-content");
    const button = content
      .locator(".monaco-button, a")
      .filter({ hasText: exactly(label) })
      .first();
    const asked = this.page.locator(".quick-input-widget:visible");
    await button.click();
    await until(`"${label}" to do something`, async () => {
      for (let looks = 0; looks < 40; looks++) {
        if ((await asked.count()) > 0 || !(await button.isVisible())) return true;
        await this.page.waitForTimeout(50);
      }
      await button.click({ timeout: 2000 }).catch(() => undefined);
      return false;
    });
  }

  /** The message a view shows above its tree, or an empty string. */
  async message(): Promise<string> {
    return (await this.pane.locator(".tree-explorer-viewlet-tree-view .message").allInnerTexts())
      .join("")
      .trim();
  }

  /** Waits until that message matches. */
  async messageWhen(wanted: RegExp): Promise<void> {
    let message = "";
    await until(
      () => `a message ${String(wanted)}; it is: ${message}`,
      async () => wanted.test((message = await this.message())),
    );
  }

  /** The text of the view's title bar, its description included. */
  async description(): Promise<string> {
    const title = await this.titleBar();
    return (await title.innerText()).trim();
  }

  /** Unfolds the view in its container, unless it is. */
  async expandView(): Promise<void> {
    await this.unfold(true);
  }

  /** Folds the view, so that the others have more room. */
  async collapseView(): Promise<void> {
    await this.unfold(false);
  }

  private async unfold(wanted: boolean): Promise<void> {
    const header = this.pane.locator(".pane-header");
    await header.waitFor();
    const isSo = async (): Promise<boolean> =>
      (await header.getAttribute("aria-expanded")) === String(wanted);
    if (!(await isSo())) await header.click();
    await until(`the view ${this.title} to ${wanted ? "unfold" : "fold"}`, isSo);
  }

  /** A view that is alone in its container has no title bar of its own: the side bar's is its. */
  private async titleBar(): Promise<Locator> {
    const own = this.pane.locator(".pane-header");
    return (await own.isVisible()) ? own : this.page.locator(".part.sidebar > .title");
  }

  private rowNamed(name: RowName): Locator {
    if (typeof name === "number") return this.pane.locator(`.monaco-list-row[data-index="${name}"]`);
    if (typeof name !== "string") return this.list().filter({ hasText: name });
    return this.list().filter({ has: this.page.locator(".label-name", { hasText: exactly(name) }) });
  }

  private list(): Locator {
    return this.pane.locator(".monaco-list-rows .monaco-list-row");
  }

  /** Scrolls on by half of what is in sight, and turns round at either end; whether to go on downwards. */
  private async scroll(down: boolean): Promise<boolean> {
    const list = this.pane.locator(".monaco-list").first();
    const box = (await list.count()) === 0 ? null : await list.boundingBox();
    if (box === null) return down;
    const before = await this.rows();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.wheel(0, ((down ? 1 : -1) * box.height) / 2);
    const moves = async () => (await this.rows()).join("\n") !== before.join("\n");
    const moved = await until("other rows", moves, 300).then(
      () => true,
      () => false,
    );
    return moved === down;
  }
}
