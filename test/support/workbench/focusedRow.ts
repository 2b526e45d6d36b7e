import { rowTexts } from "./inPage";
import { exactly, until } from "./until";
import type { Workbench } from "./workbench";

/** Waits until the next key pressed in the side bar acts on a row with this label, or whose whole text matches. */
export async function focusedRowWhen({ page }: Workbench, wanted: string | RegExp): Promise<void> {
  const list = page.locator(".part.sidebar .monaco-list:focus, .part.sidebar .monaco-list.focused");
  const parts = typeof wanted === "string" ? ".label-name" : ".label-name, .label-description";
  const pattern = typeof wanted === "string" ? exactly(wanted) : wanted;
  let focused = "";
  await until(
    () => `the focus on ${String(wanted)}; it is on: ${focused}`,
    async () => {
      focused = (await rowTexts(list.locator(".monaco-list-row.focused"), parts)).join();
      return pattern.test(focused);
    },
  );
}
