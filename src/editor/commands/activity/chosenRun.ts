import * as vscode from "vscode";
import { EntryRow, RunRow } from "../../view/activity/runRows";
import { newestFirst } from "../../../dialler/journal/runsKept";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { runDescription, runLabel } from "../../view/activity/activityTexts";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** The run that a command is for. */
export interface ChosenRun {
  readonly snapshot: RunSnapshot;
  /** Places in the plan of the items chosen; undefined when the whole run was. */
  readonly items: readonly number[] | undefined;
}

/** Whether an item of the run is among those chosen. */
export function isChosen({ items }: ChosenRun, item: number): boolean {
  return items === undefined || items.includes(item);
}

/** What a command wants of a run. */
export interface RunWanted {
  /** For the quick pick. */
  readonly title: string;
  readonly applies: (snapshot: RunSnapshot) => boolean;
  /** Why the command does not begin when it applies to no run, or not to the one chosen. */
  readonly otherwise: string;
}

type ActivityParts = Pick<Parts, "activity" | "history" | "secrets">;

/**
 * The run, or the items of one, that was clicked, else selected in the Activity view, else picked among those that the
 * command applies to; what is selected and not applied to is not meant. Undefined when the person gave up.
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
      throw new Refusal(snapshot === undefined ? l10n.t("This run is no longer kept.") : wanted.otherwise);
    return picked(parts, snapshots.filter(wanted.applies), wanted);
  }
  const items = rows.flatMap((row) => (row instanceof EntryRow && row.run === first.run ? [row.item] : []));
  return { snapshot, items: first instanceof EntryRow ? items : undefined };
}

/** The runs clicked or selected, each as it stands now; none when nothing was. @throws Refusal */
export async function chosenRuns(parts: ActivityParts, args: readonly unknown[]): Promise<RunSnapshot[]> {
  const runs = new Set(chosenRunRows(parts, args).flatMap((row) => (row instanceof RunRow ? [row.run] : [])));
  if (runs.size === 0) return [];
  const snapshots = newestFirst(await parts.history.list()).filter(({ plan }) => runs.has(plan.run));
  if (snapshots.length === 0) throw new Refusal(l10n.t("This run is no longer kept."));
  return snapshots;
}

/**
 * What was clicked comes first. A click on a selected row means the selection, as far as it is of the same kind; rows
 * that cannot be seen are not meant.
 */
export function chosenRunRows(
  { activity: { view } }: Pick<Parts, "activity">,
  args: readonly unknown[],
): (RunRow | EntryRow)[] {
  if (args.length === 0) return view.visible ? view.selection.filter(isRunRow) : [];
  const [clicked, selected] = args;
  // A menu hands over a row that is just being drawn anew as nothing; what is selected is not what was clicked.
  if (!isRunRow(clicked)) {
    throw new Refusal(l10n.t("The row was just being drawn anew. Nothing was sent; please try again."));
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
  { secrets }: ActivityParts,
  snapshots: readonly RunSnapshot[],
  { title, otherwise }: RunWanted,
): Promise<ChosenRun | undefined> {
  if (snapshots.length === 0) throw new Refusal(otherwise);
  const items = runChoices(snapshots, (text) => secrets.redact(text));
  const choice = await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t("Which run?") });
  return choice && { snapshot: choice.snapshot, items: undefined };
}

/** Runs as entries of a quick pick. */
export function runChoices(
  snapshots: readonly RunSnapshot[],
  redact: (text: string) => string,
): { readonly label: string; readonly description: string; readonly snapshot: RunSnapshot }[] {
  const speech = { language: vscode.env.language, redact };
  return snapshots.map((snapshot) => ({
    label: runLabel(snapshot),
    description: runDescription(snapshot, speech),
    snapshot,
  }));
}
