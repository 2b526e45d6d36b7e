import * as vscode from "vscode";
import { tokenFromInput } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";

/** Asks for a token in a password box; a pasted `Bearer ` is dropped. The token is never shown again. */
export async function enterToken(title: string, endpoint: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: l10n.t("The token for {endpoint}, from the web portal. It is kept in VS Code's secret storage.", {
      endpoint: plainText(endpoint, 40),
    }),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      tokenFromInput(value) === undefined
        ? l10n.t("A token contains only printable ASCII characters, without spaces or line breaks.")
        : undefined,
  });
  return typed === undefined ? undefined : tokenFromInput(typed);
}
