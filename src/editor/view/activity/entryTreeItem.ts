import * as vscode from "vscode";
import { isAction } from "../../../dialler/runs/contactAction";
import { presentId } from "../../../dialler/runs/presentId";
import { type EntryState, outlineOf, stateCounts } from "../../../dialler/runs/runOutline";
import type { EntryGroupRow, EntryRow } from "./runRows";
import type { RunEntry, RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { runWords } from "../../../manifest";
import { unlinked } from "../../shown/plainText";
import { countsText, entryDescription, entryLabel, type Speech, stateWord } from "./activityTexts";

const shownFlat = 1000;
const leastInGroup = 500;
const mostGroups = 1000;

/** How many items a range of this run holds; undefined when they are few enough to be shown flat. */
export function entryGroupSize({ items }: RunSnapshot): number | undefined {
  return items.length <= shownFlat ? undefined : Math.max(leastInGroup, Math.ceil(items.length / mostGroups));
}

/** The row of a range of items: "1 – 500", and their counts. */
export function entryGroupTreeItem({ run, index }: EntryGroupRow, snapshot: RunSnapshot): vscode.TreeItem {
  const { order, states } = outlineOf(snapshot);
  const size = entryGroupSize(snapshot) ?? order.length;
  const start = index * size;
  const held = order.slice(start, start + size);
  const first = l10n.number(start + 1);
  const last = l10n.number(start + held.length);
  const item = new vscode.TreeItem(`${first} – ${last}`, vscode.TreeItemCollapsibleState.Collapsed);
  const within = held.map((place) => states[place] ?? "waiting");
  item.id = `${run}/group/${index}`;
  item.description = countsText([...new Set(within)], stateCounts(within));
  item.accessibilityInformation = {
    label: `${l10n.t("Items {first} to {last}", { first, last })}. ${item.description}`,
  };
  return item;
}

/** The row of an item of a run. */
export function entryTreeItem(row: EntryRow, snapshot: RunSnapshot, speech: Speech): vscode.TreeItem {
  const { states, warned } = outlineOf(snapshot);
  const state = states[row.item] ?? "waiting";
  const label = entryLabel(snapshot, row.item, speech);
  const item = new vscode.TreeItem(label);
  item.id = `${row.run}/${row.item}`;
  item.description = entryDescription(snapshot, row.item, speech);
  item.iconPath = warned.has(row.item)
    ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
    : iconOf(state, snapshot.items[row.item]);
  item.contextValue = contextWords(snapshot, row.item).join(" ");
  const rest = item.description.slice(stateWord(state).length).replace(/^(:| ·) /, "");
  item.accessibilityInformation = {
    label: [stateWord(state), label, rest].filter((part) => part !== "").join(". "),
  };
  return item;
}

/** The hover: the full text, which a narrow view cuts off, and the answer of the server. */
export function entryHover(row: EntryRow, snapshot: RunSnapshot, speech: Speech): vscode.MarkdownString {
  const hover = new vscode.MarkdownString("", false);
  hover.isTrusted = false;
  hover.supportHtml = false;
  const { status, ms } = snapshot.items[row.item]?.result ?? {};
  const answer = status === undefined ? "" : `HTTP ${status}${ms === undefined ? "" : `, ${ms} ms`}`;
  const id = snapshot.items[row.item]?.id;
  hover
    .appendMarkdown("**")
    .appendText(unlinked(entryLabel(snapshot, row.item, speech)))
    .appendMarkdown("**");
  for (const line of [id === undefined ? "" : `#${id}`, entryDescription(snapshot, row.item, speech), answer])
    if (line !== "") hover.appendMarkdown("  \n").appendText(unlinked(line));
  return hover;
}

function iconOf(state: EntryState, item: RunEntry | undefined): vscode.ThemeIcon {
  if (item?.restored?.outcome === "done") return new vscode.ThemeIcon("discard");
  switch (state) {
    case "failed":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
    case "unknown":
      return new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
    case "skipped":
      return new vscode.ThemeIcon("debug-step-over", new vscode.ThemeColor("list.warningForeground"));
    case "notFound":
      return new vscode.ThemeIcon("search-stop", new vscode.ThemeColor("list.warningForeground"));
    case "underWay":
    case "settling":
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

function contextWords(snapshot: RunSnapshot, place: number): string[] {
  const { states, restorable, remedies } = outlineOf(snapshot);
  const state = states[place];
  return [
    runWords.runItem,
    ...(presentId(snapshot, place) === undefined ? [] : [runWords.contact]),
    ...(restorable.has(place) ? [runWords.restorable] : []),
    ...(state === "done" && !isAction(snapshot.plan.action) ? [runWords.imported] : []),
    ...(state === "failed" && remedies.retryFailed.length > 0 ? [runWords.failed] : []),
    ...(state === "unknown" && remedies.verifyUnknown.length > 0 ? [runWords.unknown] : []),
  ];
}
