import * as vscode from "vscode";
import { contactNow } from "../../../dialler/runs/presentId";
import type { RunGroupRow, RunItemRow } from "../../../dialler/runs/runRow";
import { countsOf, type ItemStanding, outlineOf } from "../../../dialler/runs/runOutline";
import type { RunStory, StoryItem } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { runWords } from "../../../manifest";
import { countsText, itemDescription, itemLabel, itemWord, type Speech } from "./activityTexts";
import { unlinked } from "../list/contactTreeItem";

const shownFlat = 1000;
const leastInGroup = 500;
const mostGroups = 1000;

/** How many items a range of this run holds; undefined when they are few enough to be shown flat. */
export function runGroupSize({ items }: RunStory): number | undefined {
  return items.length <= shownFlat ? undefined : Math.max(leastInGroup, Math.ceil(items.length / mostGroups));
}

/** The row of a range of items: "1 – 500", and how those stand. */
export function runGroupItem({ run, index }: RunGroupRow, story: RunStory, speech: Speech): vscode.TreeItem {
  const { order, standings } = outlineOf(story);
  const size = runGroupSize(story) ?? order.length;
  const start = index * size;
  const held = order.slice(start, start + size);
  const first = (start + 1).toLocaleString(speech.language);
  const last = (start + held.length).toLocaleString(speech.language);
  const item = new vscode.TreeItem(`${first} – ${last}`, vscode.TreeItemCollapsibleState.Collapsed);
  const within = held.map((place) => standings[place] ?? "waiting");
  item.id = `${run}/group/${index}`;
  item.description = countsText([...new Set(within)], countsOf(within), speech);
  item.accessibilityInformation = {
    label: `${l10n.t("Items {first} to {last}", { first, last })}. ${item.description}`,
  };
  return item;
}

/** The row of an item of a run. */
export function runItemItem(row: RunItemRow, story: RunStory, speech: Speech): vscode.TreeItem {
  const { standings } = outlineOf(story);
  const standing = standings[row.item] ?? "waiting";
  const label = itemLabel(story, row.item);
  const item = new vscode.TreeItem(label);
  item.id = `${row.run}/${row.item}`;
  item.description = itemDescription(story, row.item, speech);
  item.iconPath = iconOf(standing, story.items[row.item]);
  item.contextValue = contextWords(story, row.item).join(" ");
  const rest = item.description.slice(itemWord(standing).length).replace(/^(:| ·) /, "");
  item.accessibilityInformation = {
    label: [itemWord(standing), label, rest].filter((part) => part !== "").join(". "),
  };
  return item;
}

/** The hover: what the narrow column cuts off, and how the server answered. */
export function runItemHover(row: RunItemRow, story: RunStory, speech: Speech): vscode.MarkdownString {
  const hover = new vscode.MarkdownString("", false);
  hover.isTrusted = false;
  hover.supportHtml = false;
  const { status, ms } = story.items[row.item]?.fate ?? {};
  const answer = status === undefined ? "" : `HTTP ${status}${ms === undefined ? "" : `, ${ms} ms`}`;
  hover
    .appendMarkdown("**")
    .appendText(unlinked(itemLabel(story, row.item)))
    .appendMarkdown("**");
  for (const line of [itemDescription(story, row.item, speech), answer])
    if (line !== "") hover.appendMarkdown("  \n").appendText(unlinked(line));
  return hover;
}

function iconOf(standing: ItemStanding, item: StoryItem | undefined): vscode.ThemeIcon {
  if (item?.restored?.outcome === "done") return new vscode.ThemeIcon("discard");
  switch (standing) {
    case "failed":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
    case "unknown":
      return new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
    case "skipped":
      return new vscode.ThemeIcon("debug-step-over", new vscode.ThemeColor("list.warningForeground"));
    case "notFound":
      return new vscode.ThemeIcon("search-stop", new vscode.ThemeColor("list.warningForeground"));
    case "underWay":
      return new vscode.ThemeIcon("sync~spin");
    case "notAttempted":
      return new vscode.ThemeIcon("circle-slash");
    case "waiting":
      return new vscode.ThemeIcon("circle-outline");
    case "gone":
      return new vscode.ThemeIcon("check-all", new vscode.ThemeColor("charts.green"));
    case "done":
      return new vscode.ThemeIcon("check", new vscode.ThemeColor("charts.green"));
  }
}

function contextWords(story: RunStory, place: number): string[] {
  const { standings, restorable, remedies } = outlineOf(story);
  const standing = standings[place];
  return [
    runWords.runItem,
    ...(contactNow(story, place) === undefined ? [] : [runWords.contact]),
    ...(restorable.has(place) ? [runWords.restorable] : []),
    ...(standing === "failed" && remedies.retryFailed.length > 0 ? [runWords.failed] : []),
    ...(standing === "unknown" && remedies.verifyUnknown.length > 0 ? [runWords.unknown] : []),
  ];
}
