import type { Ending } from "../call/notify";
import { newestFirst, type RunsRemoved } from "../../../dialler/journal/runsKept";
import { restorableItems } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { chooseSeveral } from "../ask/checkBoxes";
import { chosenRuns, runChoices } from "./chosenRun";

/** Deletes the journals of the runs clicked, else of those picked from all. */
export async function deleteJournal(parts: Parts, args: readonly unknown[]): Promise<void> {
  const snapshots = args.length === 0 ? await pickedRuns(parts) : await chosenRuns(parts, args);
  const journaled = snapshots?.filter((snapshot) => snapshot.journaled);
  if (journaled === undefined) return;
  if (journaled.length === 0) throw new Refusal(l10n.t("There is no journal on disk to delete."));
  const contacts = journaled.reduce((sum, snapshot) => sum + restorableItems(snapshot).length, 0);
  if (!(await parts.ask.deleteJournal(journaled.length, contacts))) return;
  void parts.notify(endingOf(await parts.history.remove(journaled.map(({ plan }) => plan.run))));
}

/** From the palette every run is offered: the selection may be out of sight. @throws Refusal */
async function pickedRuns({ history, discreet }: Parts): Promise<RunSnapshot[] | undefined> {
  const snapshots = newestFirst(await history.list()).filter(({ journaled }) => journaled);
  if (snapshots.length === 0) throw new Refusal(l10n.t("There is no journal on disk to delete."));
  const items = runChoices(snapshots, discreet);
  const picked = await chooseSeveral(items, {
    nothing: l10n.t("No run is chosen. Select at least one, or press Esc to cancel."),
    title: l10n.t("Delete Journal"),
    placeholder: l10n.t("Which runs?"),
  });
  return picked?.map(({ snapshot }) => snapshot);
}

function endingOf({ removed, inUse }: RunsRemoved): Ending {
  const sentence =
    removed === 1
      ? l10n.t("1 journal deleted.")
      : l10n.t("{removed} journals deleted.", { removed: l10n.number(removed) });
  if (inUse === 0) return { level: "success", sentence };
  const kept =
    inUse === 1
      ? l10n.t("1 is in use and was not deleted.")
      : l10n.t("{inUse} are in use and were not deleted.", { inUse: l10n.number(inUse) });
  return { level: "warning", sentence: `${sentence} ${kept}` };
}
