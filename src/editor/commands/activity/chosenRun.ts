import * as vscode from "vscode";
import { EntryRow, RunRow } from "../../view/activity/runRows";
import { newestFirst } from "../../../dialler/journal/runsKept";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { runDescription, runLabel } from "../../view/activity/activityTexts";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { whyBusy } from "./whyBusy";

/** The run that a command is for. */
export interface ChosenRun {
  readonly snapshot: RunSnapshot;
  /** Indices in the plan of the items chosen; undefined: the whole run. */
  readonly items: readonly number[] | undefined;
  /** It was picked from a list, which ends with Enter. */
  readonly isPicked: boolean;
}

/** Whether the item is one of those chosen. */
export function isChosen({ items }: ChosenRun, item: number): boolean {
  return items === undefined || items.includes(item);
}

/** Which runs a command applies to. */
export interface RunWanted {
  /** For the quick pick. */
  readonly title: string;
  readonly applies: (snapshot: RunSnapshot) => boolean;
  /** The sentence when the command does not apply to the run chosen. */
  readonly otherwise: string;
  /** The sentence when no run is chosen, and the command applies to none. */
  readonly none: string;
}

type ActivityParts = Pick<Parts, "activity" | "history" | "discreet">;

/**
 * The run, or the items of one run, that was clicked, else selected in the Activity view, else picked from those the
 * command applies to. A selection that the command does not apply to is ignored. Undefined when the person gave up.
 * @throws Refusal
 */
export async function chosenRun(
  parts: ActivityParts,
  args: readonly unknown[],
  wanted: RunWanted,
): Promise<ChosenRun | undefined> {
  const snapshots = newestFirst(await parts.history.list());
  const rows = chosenRunRows(parts, args);
  const [first] = rows;
  const snapshot = first && snapshots.find(({ plan }) => plan.run === first.run);
  const isClicked = args.length > 0;
  if (first === undefined || snapshot === undefined || !wanted.applies(snapshot)) {
    if (isClicked)
      throw new Refusal(
        snapshot === undefined
          ? l10n.t("This run is no longer kept.")
          : (whyBusy(snapshot) ?? wanted.otherwise),
      );
    return picked(parts, snapshots.filter(wanted.applies), wanted);
  }
  const items = rows.flatMap((row) => (row instanceof EntryRow && row.run === first.run ? [row.item] : []));
  return { snapshot, items: first instanceof EntryRow ? items : undefined, isPicked: false };
}

/** The runs clicked or selected, each in its current state; none when there are no such rows. @throws Refusal */
export async function chosenRuns(parts: ActivityParts, args: readonly unknown[]): Promise<RunSnapshot[]> {
  const runs = new Set(chosenRunRows(parts, args).flatMap((row) => (row instanceof RunRow ? [row.run] : [])));
  if (runs.size === 0) return [];
  const snapshots = newestFirst(await parts.history.list()).filter(({ plan }) => runs.has(plan.run));
  if (snapshots.length === 0) throw new Refusal(l10n.t("This run is no longer kept."));
  return snapshots;
}

/**
 * The row clicked comes first. A click on a selected row chooses all selected rows of the same kind. While the view is
 * hidden its selection is ignored.
 */
export function chosenRunRows(
  { activity: { view } }: Pick<Parts, "activity">,
  args: readonly unknown[],
): (RunRow | EntryRow)[] {
  if (args.length === 0) return view.visible ? view.selection.filter(isRunRow) : [];
  const [clicked, selected] = args;
  // For a row that is being refreshed a menu passes undefined; acting on the selection instead would be wrong.
  if (!isRunRow(clicked)) {
    throw new Refusal(l10n.t("The list was refreshing. Try again."));
  }
  const rows = Array.isArray(selected) ? selected.filter(isRunRow) : [];
  if (!rows.includes(clicked)) return [clicked];
  const alike = rows.filter((row) => row instanceof RunRow === clicked instanceof RunRow);
  return [clicked, ...alike.filter((row) => row !== clicked)];
}

function isRunRow(row: unknown): row is RunRow | EntryRow {
  return row instanceof RunRow || row instanceof EntryRow;
}

async function picked(
  { discreet }: ActivityParts,
  snapshots: readonly RunSnapshot[],
  { title, none }: RunWanted,
): Promise<ChosenRun | undefined> {
  if (snapshots.length === 0) throw new Refusal(none);
  const items = runChoices(snapshots, discreet);
  const choice = await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t("Which run?") });
  return choice && { snapshot: choice.snapshot, items: undefined, isPicked: true };
}

/** Runs as entries of a quick pick. */
export function runChoices(
  snapshots: readonly RunSnapshot[],
  redact: (text: string) => string,
): { readonly label: string; readonly description: string; readonly snapshot: RunSnapshot }[] {
  const speech = { language: vscode.env.language, redact };
  return snapshots.map((snapshot) => ({
    label: runLabel(snapshot, speech),
    description: runDescription(snapshot, speech),
    snapshot,
  }));
}
