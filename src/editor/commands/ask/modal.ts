import * as vscode from "vscode";
import { modalItems } from "./modalItems";

/**
 * Shows a modal question; undefined when it was dismissed or declined. `declining`: the button that comes first, for a
 * question that Enter must not accept.
 */
export async function modal(
  message: string,
  detail: string,
  buttons: readonly string[],
  declining?: string,
): Promise<string | undefined> {
  const items = modalItems(buttons, declining);
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...items);
  return chosen?.title === declining ? undefined : chosen?.title;
}
