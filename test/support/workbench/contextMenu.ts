import type { Locator, Page } from "playwright-core";
import { exactly, until } from "./until";

/** Opens the menu of something on the page, goes through the labels, submenu by submenu, and takes the last. */
export async function chooseFromMenu(
  page: Page,
  on: Locator,
  button: "left" | "right",
  labels: readonly string[],
): Promise<void> {
  // A tree that refreshes closes the menu above it; nothing is chosen then, and a person would try again.
  await until(`the menu entry ${labels.join(" > ")}`, async () => {
    await openMenu(page, on, button);
    for (const [depth, label] of labels.entries())
      if (!(await takeEntry(page, depth, label))) {
        await page.keyboard.press("Escape");
        return false;
      }
    return true;
  });
  await closed(page);
}

/** Whether the entry was there to be taken, in the menu or the submenu of that depth. */
async function takeEntry(page: Page, depth: number, label: string): Promise<boolean> {
  const entry = menusOf(page)
    .nth(depth)
    .locator(".action-menu-item", { has: page.locator(".action-label", { hasText: exactly(label) }) })
    .last();
  const shortly = { timeout: 2000 };
  try {
    await entry.hover(shortly);
    // A menu takes no clicks for its first tenth of a second, lest the click that opened it counts; keys it does.
    await entry.press("Enter", shortly);
    return true;
  } catch {
    return false;
  }
}

/** The labels of the menu of something on the page, submenus closed. */
export async function menuLabels(page: Page, on: Locator, button: "left" | "right"): Promise<string[]> {
  await openMenu(page, on, button);
  const labels = await entriesOf(page).locator(".action-label").allTextContents();
  await page.keyboard.press("Escape");
  await closed(page);
  return labels;
}

async function openMenu(page: Page, on: Locator, button: "left" | "right"): Promise<void> {
  await on.click({ button });
  await entriesOf(page).first().waitFor();
}

function menusOf(page: Page): Locator {
  return page.locator(".monaco-menu");
}

function entriesOf(page: Page): Locator {
  return page.locator(".monaco-menu .action-menu-item");
}

function closed(page: Page): Promise<void> {
  return until("the menu to close", async () => (await menusOf(page).count()) === 0);
}
