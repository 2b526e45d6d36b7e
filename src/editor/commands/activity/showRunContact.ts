import { presentId } from "../../../dialler/runs/presentId";
import { EntryRow } from "../../view/activity/runRows";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { chosenRunRows } from "./chosenRun";
import { showContact } from "../look/showContact";
import { connectionOfRun } from "./reopenRun";

/** Shows the contact of a run's item in the Contacts view, or as a document if it is not listed there. */
export async function showRunContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [row] = chosenRunRows(parts, args);
  // A problem or step row is selected: the key applies to that row.
  if (row === undefined && parts.activity.view.selection.length > 0) return;
  if (!(row instanceof EntryRow)) throw new Refusal(l10n.t("Choose a contact in the Activity view first."));
  const snapshot = (await parts.history.list()).find(({ plan }) => plan.run === row.run);
  if (snapshot === undefined) throw new Refusal(l10n.t("This run is no longer kept."));
  const id = idOf(snapshot, row.item);
  const connection = await connectionOfRun(parts, snapshot);
  await showContact(parts, connection, id);
}

function idOf(snapshot: RunSnapshot, item: number): number {
  const id = presentId(snapshot, item);
  if (id !== undefined) return id;
  const before = snapshot.items[item]?.id;
  throw new Refusal(
    before === undefined
      ? l10n.t("This entry has no contact.")
      : l10n.t("The contact #{id} is no longer on the server.", { id: before }),
  );
}
