import * as vscode from "vscode";
import { unlinked } from "../../shown/plainText";
import { ProblemRow, stepLook, StepRow } from "./problemRows";

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
