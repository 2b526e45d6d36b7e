import type { Ending } from "../call/notify";
import { newestFirst, type RunsRemoved } from "../../../dialler/journal/runsKept";
import { restorableItems } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { chooseSeveral } from "../ask/checkBoxes";
import { chosenRuns, runChoices } from "./chosenRun";
import { whyBusy } from "./whyBusy";

/** Deletes the journals of the runs clicked, else of those picked from all. */
export async function deleteJournal(parts: Parts, args: readonly unknown[]): Promise<void> {
  const snapshots = args.length === 0 ? await pickedRuns(parts) : await chosenRuns(parts, args);
  const journaled = snapshots?.filter((snapshot) => snapshot.journaled);
  if (journaled === undefined) return;
  if (journaled.length === 0) throw new Refusal(l10n.t("There is no journal on disk to delete."));
  const idle = journaled.filter((snapshot) => whyBusy(snapshot) === undefined);
  const [busy] = journaled.flatMap((snapshot) => whyBusy(snapshot) ?? []);
  if (idle.length === 0 && busy !== undefined) throw new Refusal(busy);
  const contacts = idle.reduce((sum, snapshot) => sum + restorableItems(snapshot).length, 0);
  const named = runChoices(idle, parts.discreet);
  if (!(await parts.ask.deleteJournal(named, contacts))) return;
  const { removed, inUse } = await parts.history.remove(idle.map(({ plan }) => plan.run));
  void parts.notify(endingOf({ removed, inUse: inUse + journaled.length - idle.length }, busy));
}

/** From the palette every run is offered: the selection may be out of sight. @throws Refusal */
async function pickedRuns({ history, discreet }: Parts): Promise<RunSnapshot[] | undefined> {
  const snapshots = newestFirst(await history.list()).filter(({ journaled }) => journaled);
  if (snapshots.length === 0) throw new Refusal(l10n.t("There is no journal on disk to delete."));
  const idle = snapshots.filter((snapshot) => whyBusy(snapshot) === undefined);
  if (idle.length === 0) return snapshots;
  const items = runChoices(idle, discreet);
  const picked = await chooseSeveral(items, {
    nothing: l10n.t("No run is chosen. Select at least one, or press Esc to cancel."),
    title: l10n.t("Delete Journal"),
    placeholder: l10n.t("Which runs?"),
  });
  return picked?.map(({ snapshot }) => snapshot);
}

/** `busy`: where one of them is in use. */
function endingOf({ removed, inUse }: RunsRemoved, busy: string | undefined): Ending {
  const sentence =
    removed === 1
      ? l10n.t("1 journal deleted.")
      : l10n.t("{removed} journals deleted.", { removed: l10n.number(removed) });
  if (inUse === 0) return { level: "success", sentence };
  const kept =
    inUse === 1
      ? l10n.t("1 is in use and was not deleted.")
      : l10n.t("{inUse} are in use and were not deleted.", { inUse: l10n.number(inUse) });
  return {
    level: "warning",
    sentence: [sentence, kept, busy].filter((part) => part !== undefined).join(" "),
  };
}
