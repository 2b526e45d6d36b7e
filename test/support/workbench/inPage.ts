// What is read inside the page in one go, because a list may change between two calls.
import type { Locator } from "playwright-core";

/** As much of the page's element type as is used here; the project is typed without a page. */
interface PageElement {
  readonly textContent: string | null;
  checkVisibility(): boolean;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number };
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** The texts of list rows from top to bottom, each its parts in sight joined by blanks. */
export function rowTexts(rows: Locator, parts: string): Promise<string[]> {
  return rows.evaluateAll((elements: PageElement[], selector: string) => {
    // A list draws its rows in any order.
    const index = (row: PageElement) => Number(row.getAttribute("data-index"));
    return elements
      .sort((a, b) => index(a) - index(b))
      .map((row) =>
        // A row keeps, out of sight, parts of the row it was before.
        [...row.querySelectorAll(selector)]
          .filter((part) => part.checkVisibility())
          .map((part) => (part.textContent ?? "").trim())
          .filter((text) => text !== "")
          .join(" "),
      );
  }, parts);
}

/** The lines of a text editor that are drawn, from top to bottom. It draws them in any order, and blanks as no-break spaces. */
export function linesInSight(editor: Locator): Promise<string[]> {
  return editor.locator(".view-line").evaluateAll((lines: PageElement[]) =>
    lines
      .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? "" }))
      .sort((a, b) => a.top - b.top)
      .map((line) => line.text.replaceAll("\u00a0", " ")),
  );
}
