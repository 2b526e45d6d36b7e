import { contactNow } from "../contacts/contactNow";
import { RunItemRow } from "../contacts/runRow";
import type { RunStory } from "../contacts/runStory";
import type { Connection } from "../endpoint/connect";
import * as l10n from "../l10n";
import { plainText } from "../view/plainText";
import { connectionNow } from "./connectionNow";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";
import { rowsMeant } from "./runMeant";
import { showContact } from "./showContact";

/** Shows the contact of a run's item in the Contacts view, else, if it is not listed there, as a document. */
export async function showRunContact(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [row] = rowsMeant(parts, args);
  if (!(row instanceof RunItemRow)) throw new Refusal(l10n.t("Choose a contact in the Activity view first."));
  const story = (await parts.history.list()).find(({ plan }) => plan.run === row.run);
  if (story === undefined) throw new Refusal(l10n.t("This run is no longer kept."));
  const id = idOf(story, row.item);
  const connection = await connectionOf(parts, story);
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

/** The active connection, if it is the one of the run. @throws Refusal */
async function connectionOf(parts: Parts, { plan }: RunStory): Promise<Connection> {
  const connection = await connectionNow(parts);
  if (connection.baseUrl === plan.baseUrl) return connection;
  throw new Refusal(
    plan.demo
      ? l10n.t("The demo dialler of this run has ended, and its contacts with it.")
      : l10n.t("Switch to {endpoint}, {baseUrl}, to see the contacts of this run.", {
          endpoint: plainText(plan.endpoint, 40),
          baseUrl: plainText(plan.baseUrl),
        }),
  );
}
