import type { MessageItem } from "vscode";

/**
 * The buttons of a modal question. VS Code makes the first one the default, and gives Escape to the one with
 * `isCloseAffordance`, which it moves to the end; without one it adds Cancel. No button here has it: a declining button
 * has to stay first, and a button that acts must never be reached by Escape.
 */
export function modalItems(acting: readonly string[], declining?: string): MessageItem[] {
  return [...(declining === undefined ? [] : [declining]), ...acting].map((title) => ({ title }));
}
