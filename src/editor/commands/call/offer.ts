import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { stepLook } from "../../view/list/problemTreeItem";
import type { RefusalStep } from "./refusal";

/** What a button of a notification does: a step that the tree offers too, or a command with what it is about. */
export type Step =
  RefusalStep | { readonly label: string; readonly command: string; readonly arguments: readonly unknown[] };

/** A sentence in a notification, with a button for the step that helps. `sentence` is already harmless. */
export async function offer(
  level: "information" | "warning" | "error",
  sentence: string,
  step: Step | undefined,
): Promise<void> {
  const button = step === undefined ? undefined : buttonOf(step);
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[level];
  const chosen = await show(sentence, ...(button === undefined ? [] : [button.label]));
  if (chosen === undefined || button === undefined) return;
  await vscode.commands.executeCommand(button.command, ...button.arguments);
}

function buttonOf(step: Step): Exclude<Step, string> {
  if (typeof step === "object") return step;
  switch (step) {
    case "addEndpoint":
      return { label: l10n.t("Add Endpoint…"), command: commands.endpointAdd, arguments: [] };
    case "switchEndpoint":
      return { label: l10n.t("Switch Endpoint…"), command: commands.endpointSwitch, arguments: [] };
    case "manageTrust":
      return { label: l10n.t("Manage Workspace Trust"), command: "workbench.trust.manage", arguments: [] };
    case "retry":
    case "setToken":
    case "checkEndpoint":
    case "openSettings":
    case "showLog": {
      const [label, , command] = stepLook(step);
      return { label, command, arguments: step === "openSettings" ? ["@ext:dialler.dialler-contacts"] : [] };
    }
  }
}
