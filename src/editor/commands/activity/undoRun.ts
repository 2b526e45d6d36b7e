import type { Change } from "../../../dialler/api/change";
import { type ActionReport, isSuccess, type ItemResult } from "../../../dialler/runs/actionReport";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import type { PlannedItem } from "../../../dialler/runs/runAction";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import type { RunStory } from "../../../dialler/runs/runStory";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { actOnContacts } from "../change/runChange";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { isMeant, runMeant } from "./chosenRun";
import { changingConnectionOfRun, takingUp } from "./reopenRun";

const opposite: Readonly<Record<Change, Change | undefined>> = {
  lock: "unlock",
  unlock: "lock",
  delete: undefined,
};

/** Takes a lock or unlock back: the opposite action on exactly the contacts that it was done to, as a run of its own. */
export async function undoRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("Nothing of this run can be undone.");
  const applies = (one: RunStory): boolean => remediesOf(one).undo.length > 0;
  const meant = await runMeant(parts, args, { title: l10n.t("Undo Run"), applies, otherwise });
  if (meant === undefined) return undefined;
  const { story } = meant;
  const change = opposite[story.plan.action];
  const { undo } = remediesOf(story);
  const numbers = undo.filter((number) => isMeant(meant, number));
  if (change === undefined || numbers.length === 0) throw new Refusal(otherwise);
  const connection = await changingConnectionOfRun(parts, story);
  const ids = numbers.flatMap((number) => story.items[number]?.id ?? []);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const contacts: PlannedItem[] = [];
  const settled: ItemResult[] = [];
  for (const id of ids) {
    const shown = found.get(id);
    if (shown !== undefined) contacts.push({ id, userData: shown.userData, shown });
    else settled.push({ id, outcome: "notFound", reason: l10n.t("the server has no such contact") });
  }
  const report = await actOnContacts(parts, { change, connection, contacts, settled });
  const whole = numbers.length === undo.length;
  if (whole && isSuccess(report) && report.counts.notAttempted + report.counts.skipped === 0) {
    await markUndone(parts, story.plan.run, connection);
  }
  return report;
}

/** The contacts have been changed by now: that nobody can take it down takes nothing from the report. */
async function markUndone(parts: Parts, run: string, connection: Connection): Promise<void> {
  try {
    await takingUp(parts, run, connection, ({ recorder }) => recorder.undone());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    parts.channel.say("warning", l10n.t("The run that was undone is no longer kept, or is in use."));
  }
}
