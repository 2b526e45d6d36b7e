import * as vscode from "vscode";
import { RunItemRow, RunRow } from "../../../dialler/runs/runRow";
import { newestFirst } from "../../../dialler/journal/runsKept";
import type { RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { runDescription, runLabel } from "../../view/activity/activityTexts";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** The run that a command is for. */
export interface RunMeant {
  readonly story: RunStory;
  /** Places in the plan of the items chosen; undefined when the whole run was. */
  readonly items: readonly number[] | undefined;
}

/** Whether an item of the run is among those chosen. */
export function isMeant({ items }: RunMeant, item: number): boolean {
  return items === undefined || items.includes(item);
}

/** What a command wants of a run. */
export interface RunWanted {
  /** For the quick pick. */
  readonly title: string;
  readonly applies: (story: RunStory) => boolean;
  /** Why the command does not begin when it applies to no run, or not to the one chosen. */
  readonly otherwise: string;
}

type ActivityParts = Pick<Parts, "activity" | "history" | "secrets">;

/**
 * The run, or the items of one, that was clicked, else selected in the Activity view, else picked among those that the
 * command applies to; what is selected and not applied to is not meant. Undefined when the person gave up.
 * @throws Refusal
 */
export async function runMeant(
  parts: ActivityParts,
  args: readonly unknown[],
  wanted: RunWanted,
): Promise<RunMeant | undefined> {
  const stories = newestFirst(await parts.history.list());
  const rows = rowsMeant(parts, args);
  const [first] = rows;
  const story = first && stories.find(({ plan }) => plan.run === first.run);
  const isClicked = args.length > 0;
  if (first === undefined || story === undefined || !wanted.applies(story)) {
    if (isClicked)
      throw new Refusal(story === undefined ? l10n.t("This run is no longer kept.") : wanted.otherwise);
    return picked(parts, stories.filter(wanted.applies), wanted);
  }
  const items = rows.flatMap((row) => (row instanceof RunItemRow && row.run === first.run ? [row.item] : []));
  return { story, items: first instanceof RunItemRow ? items : undefined };
}

/** The runs clicked or selected, each as it stands now; none when nothing was. @throws Refusal */
export async function runsMeant(parts: ActivityParts, args: readonly unknown[]): Promise<RunStory[]> {
  const runs = new Set(rowsMeant(parts, args).flatMap((row) => (row instanceof RunRow ? [row.run] : [])));
  if (runs.size === 0) return [];
  const stories = newestFirst(await parts.history.list()).filter(({ plan }) => runs.has(plan.run));
  if (stories.length === 0) throw new Refusal(l10n.t("This run is no longer kept."));
  return stories;
}

/**
 * What was clicked comes first. A click on a selected row means the selection, as far as it is of the same kind; rows
 * that cannot be seen are not meant.
 */
export function rowsMeant(
  { activity: { view } }: Pick<Parts, "activity">,
  args: readonly unknown[],
): (RunRow | RunItemRow)[] {
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

function isRunRow(row: unknown): row is RunRow | RunItemRow {
  return row instanceof RunRow || row instanceof RunItemRow;
}

async function picked(
  { secrets }: ActivityParts,
  stories: readonly RunStory[],
  { title, otherwise }: RunWanted,
): Promise<RunMeant | undefined> {
  if (stories.length === 0) throw new Refusal(otherwise);
  const items = runChoices(stories, (text) => secrets.redact(text));
  const choice = await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t("Which run?") });
  return choice && { story: choice.story, items: undefined };
}

/** Runs as entries of a quick pick. */
export function runChoices(
  stories: readonly RunStory[],
  redact: (text: string) => string,
): { readonly label: string; readonly description: string; readonly story: RunStory }[] {
  const speech = { language: vscode.env.language, redact };
  return stories.map((story) => ({
    label: runLabel(story),
    description: runDescription(story, speech),
    story,
  }));
}
