import { type RecordedAction, recordedAction } from "../../../dialler/runs/recordedAction";
import * as vscode from "vscode";
import { outlineOf, type RunVerdict } from "../../../dialler/runs/runOutline";
import { isLive } from "../../../dialler/runs/runRemedies";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { runWords } from "../../../manifest";
import { unlinked } from "../../shown/plainText";
import {
  allCounts,
  momentText,
  runDescription,
  runLabel,
  runSpoken,
  type Speech,
  stateText,
  timeOf,
} from "./activityTexts";

/** The row of a run. */
export function runTreeItem(snapshot: RunSnapshot, speech: Speech): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    runLabel(snapshot, speech),
    snapshot.items.length === 0 ? None : Collapsed,
  );
  item.id = snapshot.plan.run;
  item.description = runDescription(snapshot, speech);
  item.iconPath = iconOf(snapshot.plan.action, outlineOf(snapshot).verdict);
  item.contextValue = contextWords(snapshot).join(" ");
  item.accessibilityInformation = { label: runSpoken(snapshot, speech) };
  return item;
}

/** Each state has its own icon: in a narrow view the description is cut off. */
function iconOf(action: RecordedAction, verdict: RunVerdict): vscode.ThemeIcon {
  switch (verdict) {
    case "running":
      return new vscode.ThemeIcon("sync~spin");
    case "elsewhere":
    case "otherMachine":
      return new vscode.ThemeIcon("sync");
    case "interrupted":
      return new vscode.ThemeIcon("debug-disconnect", new vscode.ThemeColor("list.warningForeground"));
    case "undone":
      return new vscode.ThemeIcon("discard");
    case "problem":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
    case "incomplete":
    case "warned":
      return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
    case "done":
      return new vscode.ThemeIcon(recordedAction(action).icon, new vscode.ThemeColor("charts.green"));
  }
}

function contextWords(snapshot: RunSnapshot): string[] {
  // An export has no entries that could be acted on.
  if (snapshot.items.length === 0) return [];
  const { remedies } = outlineOf(snapshot);
  const offered: readonly (readonly [word: string, isSo: boolean])[] = [
    [runWords.deletion, recordedAction(snapshot.plan.action).effect === "removes"],
    [runWords.journaled, snapshot.journaled],
    [runWords.live, isLive(snapshot)],
    [runWords.interrupted, snapshot.state === "interrupted"],
    [runWords.restorable, remedies.restore.length > 0],
    [runWords.undoable, remedies.undo.length > 0],
    [runWords.resumable, remedies.resume.length > 0],
    [runWords.hasFailed, remedies.retryFailed.length > 0],
    [runWords.hasUnknown, remedies.verifyUnknown.length > 0],
  ];
  return [runWords.run, ...offered.flatMap(([word, isSo]) => (isSo ? [word] : []))];
}

const dayMs = 24 * 60 * 60 * 1000;

/** The hover. Values from the journal are appended as text, never as Markdown. */
export function runHover(
  snapshot: RunSnapshot,
  retentionDays: number,
  speech: Speech,
): vscode.MarkdownString {
  const hover = new vscode.MarkdownString("", false);
  hover.isTrusted = false;
  hover.supportHtml = false;
  const line = (name: string, value: string): void => {
    if (value !== "") hover.appendMarkdown(`  \n${name}: `).appendText(unlinked(value));
  };
  hover
    .appendMarkdown("**")
    .appendText(unlinked(runLabel(snapshot, speech)))
    .appendMarkdown("**");
  line(l10n.t("State"), stateText(snapshot));
  line(l10n.t("Results"), allCounts(snapshot));
  line(l10n.t("Endpoint"), snapshot.plan.endpoint);
  line(l10n.t("Base URL"), snapshot.plan.baseUrl);
  line(l10n.t("Started"), timeOf(snapshot, speech));
  line(l10n.t("Kept"), keptText(snapshot, retentionDays, speech));
  return hover;
}

function keptText({ journaled, plan }: RunSnapshot, retentionDays: number, speech: Speech): string {
  if (!journaled) return l10n.t("only in this session");
  const until = momentText(Date.parse(plan.startedAt) + retentionDays * dayMs, speech);
  return until === undefined ? l10n.t("on disk") : l10n.t("on disk at least until {time}", { time: until });
}
