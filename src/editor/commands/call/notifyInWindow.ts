import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { stepLook } from "../../view/list/problemTreeItem";
import type { Notify, Step } from "./notify";

const quietMs = 5000;

/** A success in the status bar, anything else in a notification with a button for each step. */
export const notifyInWindow: Notify = async ({ level, sentence, steps = [] }) => {
  if (level === "success") {
    vscode.window.setStatusBarMessage(`$(check) ${sentence}`, quietMs);
    return;
  }
  const buttons = steps.map(buttonOf);
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[level];
  const chosen = await show(sentence, ...buttons.map(({ label }) => label));
  const button = buttons.find(({ label }) => label === chosen);
  if (button === undefined) return;
  if ("act" in button) await button.act();
  else await vscode.commands.executeCommand(button.command, ...button.arguments);
};

function buttonOf(step: Step): Exclude<Step, string> {
  if (typeof step === "object") return step;
  switch (step) {
    case "addEndpoint":
      return { label: l10n.t("Add Endpoint…"), command: commands.endpointAdd, arguments: [] };
    case "switchEndpoint":
      return { label: l10n.t("Switch Endpoint…"), command: commands.endpointSwitch, arguments: [] };
    case "manageTrust":
      return { label: l10n.t("Manage Workspace Trust"), command: "workbench.trust.manage", arguments: [] };
    case "openSettingsJson":
      return {
        label: l10n.t("Open Settings (JSON)"),
        command: "workbench.action.openSettingsJson",
        arguments: [],
      };
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
