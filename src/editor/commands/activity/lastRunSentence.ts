import { changedNothing, restoredItems } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { whoText } from "../../shown/who";
import { runLabel, type Speech } from "../../view/activity/activityTexts";

/** Why the last run is not taken back. */
export function notUndoneSentence(snapshot: RunSnapshot, speech: Speech): string {
  const run = runLabel(snapshot, speech);
  if (changedNothing(snapshot)) return l10n.t("The last run changed nothing: {run}.", { run });
  if (snapshot.undone) return l10n.t("The last run has already been undone: {run}.", { run });
  const restored = restoredItems(snapshot).flatMap((index) => snapshot.items[index] ?? []);
  if (restored.length === 0) return l10n.t("The last run cannot be undone: {run}.", { run });
  const named = restored.map(({ id, userData, name }) => {
    return { id, userData, name: name === undefined ? undefined : speech.redact(name) };
  });
  const contacts = whoText(named);
  return restored.length === 1
    ? l10n.t("{contacts} is restored already.", { contacts })
    : l10n.t("{contacts} are restored already.", { contacts });
}
