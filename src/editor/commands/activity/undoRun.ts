import { contactActions } from "../../../dialler/runs/contactAction";
import type { Connection } from "../../../dialler/endpoint/connect";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import { type ActionReport, isSuccess } from "../../../dialler/runs/actionReport";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { runChange } from "../change/runChange";
import { chosenRun, isChosen } from "./chosenRun";
import { changingConnectionOfRun, withReopenedRun } from "./reopenRun";

/** Undoes a lock or unlock: runs the opposite action on exactly the contacts that the run changed, as a new run. */
export async function undoRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("Nothing in this run can be undone.");
  const applies = (one: RunSnapshot): boolean => remediesOf(one).undo.length > 0;
  const chosen = await chosenRun(parts, args, { title: l10n.t("Undo Run of Contacts"), applies, otherwise });
  if (chosen === undefined) return undefined;
  const { snapshot } = chosen;
  const change = contactActions[snapshot.plan.action].opposite;
  const { undo } = remediesOf(snapshot);
  const numbers = undo.filter((number) => isChosen(chosen, number));
  if (change === undefined || numbers.length === 0) throw new Refusal(otherwise);
  const connection = await changingConnectionOfRun(parts, snapshot);
  const ids = numbers.flatMap((number) => snapshot.items[number]?.id ?? []);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const contacts: PlannedEntry[] = [];
  const settled: EntryResult[] = [];
  for (const id of ids) {
    const shown = found.get(id);
    if (shown !== undefined) contacts.push({ id, userData: shown.userData, shown });
    else settled.push({ id, outcome: "notFound", reason: l10n.t("the server has no such contact") });
  }
  const report = await runChange(parts, { change, connection, contacts, settled });
  const whole = numbers.length === undo.length;
  if (whole && isSuccess(report) && report.counts.notAttempted + report.counts.skipped === 0) {
    await markUndone(parts, snapshot.plan.run, connection);
  }
  return report;
}

/** The contacts have been changed by now, so a failure here is logged and does not affect the report. */
async function markUndone(parts: Parts, run: string, connection: Connection): Promise<void> {
  try {
    await withReopenedRun(parts, run, connection, ({ recorder }) => recorder.undone());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    parts.channel.say(
      "warning",
      l10n.t("The run could not be marked as undone, because it is in use or no longer kept."),
    );
  }
}
