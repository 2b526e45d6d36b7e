import { contactNow } from "../../../dialler/runs/presentId";
import { RunItemRow } from "../../../dialler/runs/runRow";
import type { RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { rowsMeant } from "./chosenRun";
import { showContact } from "../look/showContact";
import { connectionOfRun } from "./reopenRun";

/** Shows the contact of a run's item in the Contacts view, else, if it is not listed there, as a document. */
export async function showRunContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [row] = rowsMeant(parts, args);
  // A key pressed on a row of words means that row.
  if (row === undefined && parts.activity.view.selection.length > 0) return;
  if (!(row instanceof RunItemRow)) throw new Refusal(l10n.t("Choose a contact in the Activity view first."));
  const story = (await parts.history.list()).find(({ plan }) => plan.run === row.run);
  if (story === undefined) throw new Refusal(l10n.t("This run is no longer kept."));
  const id = idOf(story, row.item);
  const connection = await connectionOfRun(parts, story);
  await showContact(parts, connection, id);
}

function idOf(story: RunStory, item: number): number {
  const id = contactNow(story, item);
  if (id !== undefined) return id;
  const before = story.items[item]?.id;
  throw new Refusal(
    before === undefined
      ? l10n.t("No contact belongs to this item.")
      : l10n.t("The contact #{id} is no longer on the server.", { id: before }),
  );
}
