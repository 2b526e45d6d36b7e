import * as vscode from "vscode";

/** A question in front of everything else; undefined when it was left. */
export async function modal(
  message: string,
  detail: string,
  buttons: readonly string[],
): Promise<string | undefined> {
  return vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
}
