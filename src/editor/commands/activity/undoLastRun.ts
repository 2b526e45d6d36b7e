import * as vscode from "vscode";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import * as l10n from "../../../l10n";
import { RunRow } from "../../view/activity/runRows";
import { showActivityStep } from "../call/notify";
import type { Parts } from "../call/parts";
import { notUndoneSentence } from "./lastRunSentence";
import { restoreContacts } from "./restoreContacts";
import { undoChosen, undoRun } from "./undoRun";

/** The argument of the key binding. */
const lastRun = "lastRun";

/** Undo from a menu, the palette or the status bar, and by key: the key takes back the last run of this session. */
export function undo(parts: Parts, args: readonly unknown[]): Promise<unknown> {
  return args[0] === lastRun ? undoLastRun(parts) : undoRun(parts, args);
}

/** Takes back locks and unlocks; for a deletion it asks whether the contacts are restored. */
async function undoLastRun(parts: Parts): Promise<unknown> {
  const snapshot = await parts.history.last();
  const say = (sentence: string): void =>
    void parts.notify({ level: "information", sentence, steps: [showActivityStep()] });
  if (snapshot === undefined) {
    say(l10n.t("There is no run in this session to undo."));
    return undefined;
  }
  const remedies = remediesOf(snapshot);
  if (remedies.undo.length > 0) return undoChosen(parts, { snapshot, items: undefined, isPicked: false });
  if (remedies.restore.length > 0) return restoreContacts(parts, [new RunRow(snapshot.plan.run)]);
  say(notUndoneSentence(snapshot, { language: vscode.env.language, redact: parts.discreet }));
  return undefined;
}
