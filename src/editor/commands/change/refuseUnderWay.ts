import type { Connection } from "../../../dialler/endpoint/connect";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import { namedFrom, whoText } from "../../shown/who";
import { asShown } from "../ask/confirmWords";
import type { ActingParts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** @throws Refusal when a running action has not finished with one of the contacts yet */
export function refuseUnderWay(
  parts: Pick<ActingParts, "store" | "preferences">,
  connection: Connection,
  entries: readonly Pick<PlannedEntry, "id" | "shown">[],
): void {
  const { store, preferences } = parts;
  const busy = entries.filter(({ id }) => store.changeUnderWay(connection, id) !== undefined);
  const [first] = busy;
  const change = first && store.changeUnderWay(connection, first.id);
  if (first === undefined || change === undefined) return;
  const named = busy.flatMap(({ id, shown }) => {
    const row = store.rowById(id);
    const contact =
      shown ?? (row?.connection.baseUrl === connection.baseUrl ? store.contact(row) : undefined);
    return contact === undefined ? [{ id }] : namedFrom([asShown(contact, { masked: preferences.now.mask })]);
  });
  const sentenceOf = (contacts: string): string =>
    busy.length === 1
      ? l10n.t("{contact} is being {participle}. Nothing was sent.", {
          contact: contacts,
          participle: contactActions[change].participle(),
        })
      : l10n.t("Another action is still changing {contacts}. Nothing was sent.", { contacts });
  throw new Refusal(
    sentenceOf(whoText(named)),
    undefined,
    sentenceOf(whoText(busy.map(({ id }) => ({ id })))),
  );
}
