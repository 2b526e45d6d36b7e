import type { Locator, Page } from "playwright-core";
import { exactly, until } from "./until";

export interface ContextMenu {
  /** The labels of the outermost menu. */
  labels(): Promise<string[]>;
  /** Goes through the labels, submenu by submenu, and takes the last. */
  choose(labels: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the menu of something on the page. */
export async function contextMenu(
  page: Page,
  on: Locator,
  button: "left" | "right" = "right",
): Promise<ContextMenu> {
  const menus = page.locator(".monaco-menu");
  const entries = page.locator(".monaco-menu .action-menu-item");
  await on.click({ button });
  await entries.first().waitFor();
  const closed = () => until("the menu to close", async () => (await menus.count()) === 0);
  return {
    labels: () => entries.locator(".action-label").allTextContents(),
    choose: async (labels) => {
      for (const [depth, label] of labels.entries()) {
        const entry = entries
          .filter({ has: page.locator(".action-label", { hasText: exactly(label) }) })
          .last();
        await entry.hover();
        // A menu takes no clicks for its first tenth of a second, lest the click that opened it counts; keys it does.
        await page.keyboard.press("Enter");
        if (depth < labels.length - 1)
          await until(`the submenu ${label}`, async () => (await menus.count()) > depth + 1);
      }
      await closed();
    },
    close: async () => {
      await page.keyboard.press("Escape");
      await closed();
    },
  };
}
