import * as vscode from "vscode";
import { restorableItems, type RunStory } from "../../../dialler/runs/runStory";
import { newestFirst, type RunsRemoved } from "../../../dialler/journal/runsKept";
import * as l10n from "../../../l10n";
import { offer } from "../call/offer";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { runChoices, runsMeant } from "./chosenRun";

/** Removes what is kept on disk of runs: those clicked, else those picked from all. */
export async function deleteJournal(parts: Parts, args: readonly unknown[]): Promise<void> {
  const stories = args.length === 0 ? await pickedRuns(parts) : await runsMeant(parts, args);
  const journaled = stories?.filter((story) => story.journaled);
  if (journaled === undefined) return;
  if (journaled.length === 0) throw new Refusal(l10n.t("There is no journal on disk to delete."));
  const contacts = journaled.reduce((sum, story) => sum + restorableItems(story).length, 0);
  if (!(await parts.ask.deleteJournal(journaled.length, contacts))) return;
  tell(await parts.history.remove(journaled.map(({ plan }) => plan.run)));
}

/** From the palette nobody sees which run is meant, so all are offered. @throws Refusal */
async function pickedRuns({ history, secrets }: Parts): Promise<RunStory[] | undefined> {
  const stories = newestFirst(await history.list()).filter(({ journaled }) => journaled);
  if (stories.length === 0) throw new Refusal(l10n.t("There is no journal on disk to delete."));
  const items = runChoices(stories, (text) => secrets.redact(text));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: l10n.t("Delete Journal"),
    placeHolder: l10n.t("Which runs?"),
  });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ story }) => story);
}

function tell({ removed, inUse }: RunsRemoved): void {
  const sentence =
    removed === 1 ? l10n.t("1 journal deleted.") : l10n.t("{removed} journals deleted.", { removed });
  if (inUse === 0) {
    vscode.window.setStatusBarMessage(`$(check) ${sentence}`, 5000);
    return;
  }
  const kept =
    inUse === 1
      ? l10n.t("1 is in use and was kept.")
      : l10n.t("{inUse} are in use and were kept.", { inUse });
  void offer("warning", `${sentence} ${kept}`, undefined);
}
