import type { Locator, Page } from "playwright-core";
import { rowTexts } from "./inPage";
import { exactly, until } from "./until";

/** The box that chooses a file can be deaf for long. */
const slowestBoxMs = 30_000;

/** The box at the top: command palette, quick picks, input boxes. */
export class QuickInput {
  private readonly box: Locator;

  constructor(private readonly page: Page) {
    this.box = page.locator(".quick-input-widget:visible");
  }

  isShown(): Promise<boolean> {
    return this.box.isVisible();
  }

  /** Waits until it is shown; its title, or an empty string. */
  async title(): Promise<string> {
    await this.box.waitFor();
    return (await this.box.locator(".quick-input-title:visible").allTextContents()).join("");
  }

  /** The prompt or validation message below an input box. */
  async message(): Promise<string> {
    await this.box.waitFor();
    return (await this.box.locator(".quick-input-message:visible").allTextContents()).join("");
  }

  /** Waits for a prompt or validation message that matches; the message. */
  async messageWhen(wanted: RegExp): Promise<string> {
    let message = "";
    await until(
      () => `a message ${String(wanted)}; it is: ${message}`,
      async () => wanted.test((message = await this.message())),
    );
    return message;
  }

  /** The grey text of the empty field. */
  async placeholder(): Promise<string> {
    return (await this.field().getAttribute("placeholder")) ?? "";
  }

  /** Puts a text in place of the one in the field. */
  async type(text: string, timeout?: number): Promise<void> {
    await this.field().fill(text, timeout === undefined ? {} : { timeout });
  }

  /** The items in sight: label, description and detail, joined by blanks. */
  async items(): Promise<string[]> {
    await this.box.waitFor();
    return rowTexts(this.rows(), ".label-name, .label-description");
  }

  /** Waits until the items in sight are as wanted; the items. */
  async itemsWhen(wanted: (items: readonly string[]) => boolean): Promise<string[]> {
    let items: string[] = [];
    await until(
      () => `items; there are: ${items.join(" | ")}`,
      async () => wanted((items = await this.items())),
    );
    return items;
  }

  /** Waits until the command palette is gone, or another input is in its place. */
  async paletteLeft(): Promise<void> {
    await until("the command palette to close", async () => {
      const value = await this.field()
        .inputValue({ timeout: 200 })
        .catch(() => "");
      return !value.startsWith(">");
    });
  }

  /** Whether an item with this label is in sight now. */
  async has(label: string): Promise<boolean> {
    return (await this.row(label).count()) > 0;
  }

  /** Waits for the item with this label and takes it. */
  async pick(label: string, timeout?: number): Promise<void> {
    await this.row(label)
      .first()
      .click(timeout === undefined ? {} : { timeout });
  }

  /** Ticks, or unticks, an item of a list that takes several. */
  async tick(label: string): Promise<void> {
    await this.row(label).first().locator(".quick-input-list-checkbox, .monaco-checkbox").first().click();
  }

  /** Ticks all items of a list that takes several. */
  async tickAll(): Promise<void> {
    for (const row of await this.rows().all())
      await row.locator(".quick-input-list-checkbox, .monaco-checkbox").first().click();
  }

  /** Waits until the focus has left the check box that was clicked, where Enter would toggle the box again. */
  async boxLeft(): Promise<void> {
    const focused = this.rows().locator(".monaco-custom-toggle:focus, .monaco-checkbox:focus, input:focus");
    await until("the focus to leave the check box", async () => (await focused.count()) === 0);
  }

  /** Enter. */
  async accept(): Promise<void> {
    await this.field().press("Enter");
  }

  /** Enters a path into the box that chooses a file, and waits until it is taken. */
  async choosePath(path: string): Promise<void> {
    const ok = this.box.locator(".quick-input-action .monaco-button", { hasText: exactly("OK") });
    await ok.waitFor();
    const title = await this.title();
    // What is asked next may have such a button, too.
    const isTaken = async (): Promise<boolean> =>
      !(await ok.isVisible()) || (await this.title().catch(() => "")) !== title;
    // The box follows the path as it is typed, rewrites it, and accepts no answer meanwhile. An answer given at
    // the wrong moment makes it deaf to any further one until another entry of its list is active.
    let answers = 0;
    await until(
      `${path} to be taken`,
      async () => {
        if (await isTaken()) return true;
        const value = await this.field()
          .inputValue({ timeout: 200 })
          .catch(() => "");
        if (value !== path) {
          await this.field()
            .fill(path, { timeout: 500 })
            .catch(() => undefined);
          return false;
        }
        await ok.click({ timeout: 500 }).catch(() => undefined);
        answers += 1;
        await until("it", isTaken, 1000).catch(() => undefined);
        if (answers % 2 === 0 && !(await isTaken()))
          await this.field()
            .press("ArrowDown", { timeout: 500 })
            .catch(() => undefined);
        return false;
      },
      slowestBoxMs,
    ).catch(async (error: unknown) => {
      // A box left open would be in the way of the next attempt.
      await this.page.keyboard.press("Escape");
      throw error;
    });
  }

  /** Escape; waits until the box is gone. */
  async cancel(): Promise<void> {
    await this.field().press("Escape");
    await this.box.waitFor({ state: "hidden" });
  }

  /** Clicks a button of the title bar or of an item by its tooltip. */
  async clickButton(label: string): Promise<void> {
    await this.box.locator(`.action-label[aria-label="${label}"]`).first().click();
  }

  private field(): Locator {
    return this.box.locator(".quick-input-box input");
  }

  private rows(): Locator {
    return this.box.locator(".quick-input-list .monaco-list-row");
  }

  private row(label: string): Locator {
    return this.rows().filter({ has: this.page.locator(".label-name", { hasText: exactly(label) }) });
  }
}
