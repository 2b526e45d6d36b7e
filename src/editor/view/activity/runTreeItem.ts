import * as vscode from "vscode";
import type { Change } from "../../../dialler/api/change";
import { outlineOf, type RunStanding } from "../../../dialler/runs/runOutline";
import { isLive } from "../../../dialler/runs/runRemedies";
import type { RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { runWords } from "../../../manifest";
import {
  allCounts,
  momentText,
  runDescription,
  runLabel,
  runSpoken,
  type Speech,
  standingWord,
  timeOf,
} from "./activityTexts";
import { unlinked } from "../list/contactTreeItem";

/** The row of a run. */
export function runItem(story: RunStory, speech: Speech): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(runLabel(story), story.items.length === 0 ? None : Collapsed);
  item.id = story.plan.run;
  item.description = runDescription(story, speech);
  item.iconPath = iconOf(story.plan.action, outlineOf(story).standing);
  item.contextValue = contextWords(story).join(" ");
  item.accessibilityInformation = { label: runSpoken(story, speech) };
  return item;
}

const actionIcons: Readonly<Record<Change, string>> = { delete: "trash", lock: "lock", unlock: "unlock" };

/** A shape of its own for each way to stand: in a narrow column the words behind the label are cut off. */
function iconOf(action: Change, standing: RunStanding): vscode.ThemeIcon {
  switch (standing) {
    case "running":
      return new vscode.ThemeIcon("sync~spin");
    case "elsewhere":
      return new vscode.ThemeIcon("sync");
    case "interrupted":
      return new vscode.ThemeIcon("debug-disconnect", new vscode.ThemeColor("list.warningForeground"));
    case "undone":
      return new vscode.ThemeIcon("discard");
    case "problem":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
    case "incomplete":
      return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
    case "done":
      return new vscode.ThemeIcon(actionIcons[action], new vscode.ThemeColor("charts.green"));
  }
}

function contextWords(story: RunStory): string[] {
  const { remedies } = outlineOf(story);
  const offered: readonly (readonly [word: string, isSo: boolean])[] = [
    [runWords.deletion, story.plan.action === "delete"],
    [runWords.journaled, story.journaled],
    [runWords.live, isLive(story)],
    [runWords.interrupted, story.state === "interrupted"],
    [runWords.restorable, remedies.restore.length > 0],
    [runWords.undoable, remedies.undo.length > 0],
    [runWords.resumable, remedies.resume.length > 0],
    [runWords.hasFailed, remedies.retryFailed.length > 0],
    [runWords.hasUnknown, remedies.verifyUnknown.length > 0],
  ];
  return [runWords.run, ...offered.flatMap(([word, isSo]) => (isSo ? [word] : []))];
}

const dayMs = 24 * 60 * 60 * 1000;

/** The hover. What comes from the journal goes in as text only. */
export function runHover(story: RunStory, retentionDays: number, speech: Speech): vscode.MarkdownString {
  const hover = new vscode.MarkdownString("", false);
  hover.isTrusted = false;
  hover.supportHtml = false;
  const line = (name: string, value: string): void => {
    if (value !== "") hover.appendMarkdown(`  \n${name}: `).appendText(unlinked(value));
  };
  hover
    .appendMarkdown("**")
    .appendText(unlinked(runLabel(story)))
    .appendMarkdown("**");
  line(l10n.t("State"), standingWord(outlineOf(story).standing));
  line(l10n.t("Results"), allCounts(story, speech));
  line(l10n.t("Endpoint"), story.plan.endpoint);
  line(l10n.t("Base URL"), story.plan.baseUrl);
  line(l10n.t("Started"), timeOf(story, speech));
  line(l10n.t("Kept"), keptText(story, retentionDays, speech));
  return hover;
}

function keptText({ journaled, plan }: RunStory, retentionDays: number, speech: Speech): string {
  if (!journaled) return l10n.t("only in this session");
  const until = momentText(Date.parse(plan.startedAt) + retentionDays * dayMs, speech);
  return until === undefined ? l10n.t("on disk") : l10n.t("on disk until {time}", { time: until });
}
