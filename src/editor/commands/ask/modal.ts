import * as vscode from "vscode";

/** Shows a modal question; undefined when it was dismissed. */
export async function modal(
  message: string,
  detail: string,
  buttons: readonly string[],
): Promise<string | undefined> {
  return vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
}
