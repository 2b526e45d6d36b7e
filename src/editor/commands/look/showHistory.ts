import { readTogether } from "../../../dialler/lookup/readContacts";
import type { WireRecord } from "../../../dialler/api/record/wire";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { discreetRecord } from "../../shown/mask";
import { plainText } from "../../shown/plainText";
import { historyMembers } from "../../view/document/recordText";
import { chosenContact, sendableId } from "../call/chosen";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { keyOf } from "./showContact";

/** Shows the result and call history of a contact, which only the batch read of newer servers returns. */
export async function showHistory(parts: Parts, args: readonly unknown[]): Promise<void> {
  const chosen = await chosenContact(parts, l10n.t("Show Contact History"), args);
  if (chosen === undefined) return;
  const { connection } = chosen;
  const id = sendableId(chosen.contact);
  await parts.documents.showHistory(keyOf(connection, id), await readHistory(parts, connection, id));
}

/** The record with its history, as it may be shown. @throws Refusal when the server offers none; ApiError */
export async function readHistory(parts: Parts, connection: Connection, id: number): Promise<WireRecord> {
  const records = await readTogether(connection.client, [id]);
  if (records === undefined) throw notOffered(connection);
  const record = records.get(id);
  if (record === undefined) throw new Refusal(l10n.t("The server has no contact #{id}.", { id }));
  if (!historyMembers.some((name) => Object.hasOwn(record, name))) throw notOffered(connection);
  return discreetRecord(record, parts.preferences.now.mask);
}

function notOffered({ endpoint }: Connection): Refusal {
  return new Refusal(
    l10n.t("The server of {endpoint} does not offer the history of a contact.", {
      endpoint: plainText(endpoint.name, 40),
    }),
  );
}
