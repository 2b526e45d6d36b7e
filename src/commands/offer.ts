import * as vscode from "vscode";
import type { NextStep } from "../api/apiError";
import * as l10n from "../l10n";
import { commands } from "../manifest";
import { stepLook } from "../view/problemRows";

/** A sentence in a notification, with a button for the step that helps. `sentence` is already harmless. */
export async function offer(
  level: "information" | "warning" | "error",
  sentence: string,
  step: NextStep | "addEndpoint" | undefined,
): Promise<void> {
  const [label, , command] =
    step === undefined
      ? []
      : step === "addEndpoint"
        ? ([l10n.t("Add Endpoint…"), "", commands.endpointAdd] as const)
        : stepLook(step);
  const buttons = label === undefined ? [] : [label];
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[level];
  const chosen = await show(sentence, ...buttons);
  if (chosen === undefined || command === undefined) return;
  const ours = step === "openSettings" ? ["@ext:dialler.dialler-contacts"] : [];
  await vscode.commands.executeCommand(command, ...ours);
}
