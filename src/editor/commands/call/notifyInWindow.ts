import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { stepLook } from "../../view/list/problemTreeItem";
import type { Ending, Notify, Step } from "./notify";

/** How long a success stands in the status bar. */
const shownMs = 10_000;

/** A success in the status bar, anything else in a notification with a button for each step. */
export const notifyInWindow: Notify = async ({ level, sentence, steps = [], undo }) => {
  if (level === "success") {
    lastResult.show(sentence, undo);
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

/** The last success in the status bar, beside the endpoint. A click takes it back, if it can be taken back. */
class LastResult {
  #shown: vscode.StatusBarItem | undefined;
  #ending: NodeJS.Timeout | undefined;

  show(sentence: string, undo: Ending["undo"]): void {
    this.#hide();
    const item = vscode.window.createStatusBarItem("dialler.result", vscode.StatusBarAlignment.Left, 49);
    item.name = l10n.t("Dialler Result");
    item.text = `$(check) ${sentence}`;
    item.accessibilityInformation = { label: sentence };
    item.tooltip = sentence;
    if (undo !== undefined) {
      const title = l10n.t("Undo");
      item.tooltip = l10n.t("{sentence} Click to undo.", { sentence });
      item.accessibilityInformation = { label: item.tooltip, role: "button" };
      item.command = { title, command: undo.command, arguments: [...undo.arguments] };
    }
    item.show();
    this.#shown = item;
    this.#ending = setTimeout(() => this.#hide(), shownMs);
  }

  #hide(): void {
    clearTimeout(this.#ending);
    this.#shown?.dispose();
    this.#shown = undefined;
  }
}

const lastResult = new LastResult();

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
    case "refreshContacts":
      return { label: l10n.t("Refresh"), command: commands.contactsRefresh, arguments: [] };
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
