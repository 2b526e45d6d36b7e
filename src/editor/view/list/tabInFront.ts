import * as vscode from "vscode";
import { documentScheme } from "../../../manifest";

/** The tab that a person sees in the active group. */
export function activeTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.activeTabGroup.activeTab;
}

/** The record of a row that was clicked opens without taking the focus, maybe late. */
export function isOwnPreview(tab: vscode.Tab | undefined): boolean {
  return (
    tab?.isPreview === true &&
    tab.input instanceof vscode.TabInputText &&
    tab.input.uri.scheme === documentScheme
  );
}
