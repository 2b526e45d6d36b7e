import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { unlinked } from "../../shown/plainText";
import type { LoadRow, ProblemRow, ProblemStep, StepRow } from "./problemRows";

export function problemTreeItem(row: ProblemRow): vscode.TreeItem {
  const item = new vscode.TreeItem(row.sentence, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `problem/${row.campaign?.campaignId ?? ""}`;
  item.tooltip = new vscode.MarkdownString().appendText(unlinked(row.sentence, 500));
  item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  return item;
}

export function stepTreeItem({ step, campaign }: StepRow): vscode.TreeItem {
  const [label, icon, command] = stepLook(step);
  const item = new vscode.TreeItem(label);
  item.id = `step/${campaign?.campaignId ?? ""}/${step}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command =
    step === "openSettings"
      ? { command, title: label, arguments: ["@ext:dialler.dialler-contacts"] }
      : { command, title: label };
  return item;
}

export function loadTreeItem(row: LoadRow): vscode.TreeItem {
  const { campaigns } = row;
  const label =
    campaigns === 1
      ? l10n.t("Load 1 more campaign to search it too")
      : l10n.t("Load {count} more campaigns to search them too", {
          count: l10n.number(campaigns),
        });
  const item = new vscode.TreeItem(label);
  item.id = "load";
  item.iconPath = new vscode.ThemeIcon("cloud-download");
  item.command = { command: commands.contactsLoadAll, title: label, arguments: [row] };
  return item;
}

/** Label, icon and command of a step. */
export function stepLook(step: ProblemStep): readonly [label: string, icon: string, command: string] {
  switch (step) {
    case "retry":
      return [l10n.t("Retry"), "refresh", commands.contactsRefresh];
    case "setToken":
      return [l10n.t("Set Token…"), "key", commands.endpointSetToken];
    case "checkEndpoint":
      return [l10n.t("Check Endpoint"), "pulse", commands.endpointCheck];
    case "editEndpoint":
      return [l10n.t("Edit Endpoint…"), "edit", commands.endpointEdit];
    case "openSettings":
      return [l10n.t("Open Settings"), "gear", "workbench.action.openSettings"];
    case "showLog":
      return [l10n.t("Show Log"), "output", commands.outputShow];
  }
}
