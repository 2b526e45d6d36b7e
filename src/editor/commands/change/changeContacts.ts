import type { Change } from "../../../dialler/api/changeRules";
import type { ContactRow } from "../../../dialler/list/rows";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import { activeConnection, namedConnection, refuseSwitched, refuseUntrusted } from "../call/activeConnection";
import { usableIds } from "../call/argument";
import { chosenToChange } from "../call/chosen";
import { type DocumentTarget, rereadContact } from "../call/documentTarget";
import { isActive, onServerOf, refuseChanged } from "../call/onServerOf";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { refuseReadOnly, unusableReason } from "../call/refusal";
import { candidatesOn } from "./candidates";
import { changeByIds } from "./changeByIds";
import { changeByUserData } from "./changeByUserData";
import { confirmAndRun } from "./confirmAndRun";
import { refuseUnderWay } from "./refuseUnderWay";

/** Lock, unlock or delete: the rows or the document it is run on, the IDs passed, or the contact that a person names. */
export async function changeContacts(
  parts: Parts,
  change: Change,
  args: readonly unknown[],
): Promise<ActionReport | undefined> {
  const chosen = chosenToChange(args);
  switch (chosen.kind) {
    case "document":
      return changeShown(parts, change, chosen.document);
    case "rows":
      return changeRows(parts, change, chosen.rows, "list");
    case "asked":
      return changeAskedFor(parts, change);
    case "ids": {
      // Checked before connecting, so that bad input is reported first.
      usableIds(chosen.ids);
      return changeByIds(parts, change, await namedConnection(parts, chosen.endpoint), chosen.ids);
    }
    case "userData":
      return changeByUserData(parts, change, args);
  }
}

/** From the palette nothing is pointed at: the person says which contact is meant. */
async function changeAskedFor(parts: Parts, change: Change): Promise<ActionReport | undefined> {
  const connection = await activeConnection(parts);
  const place = placeOf(parts, connection);
  const candidates = candidatesOn(parts, connection);
  const isElsewhere = candidates.some((one) => one.kind === "record" && one.elsewhere !== undefined);
  if (!isElsewhere) refuseReadOnly(connection);
  const meant = await parts.ask.whichCandidate(change, candidates, place);
  if (meant === undefined) return undefined;
  if (meant === "userData") return changeByUserData(parts, change, []);
  if (meant !== "id" && meant.kind === "selection") return changeRows(parts, change, meant.rows, "picker");
  if (meant !== "id") return changeShown(parts, change, meant.document, true);
  refuseReadOnly(connection);
  const id = await parts.ask.contactId(contactActions[change].button(1), place);
  if (id === undefined) return undefined;
  refuseSwitched(parts, connection);
  return changeByIds(parts, change, connection, [id], { afterPicker: true });
}

/** The contact of a document, read again so that the question shows it as it is now. */
async function changeShown(
  parts: Parts,
  change: Change,
  target: DocumentTarget,
  afterPicker = false,
): Promise<ActionReport> {
  const { key } = target;
  return onServerOf(parts, key, async (connection) => {
    refuseReadOnly(connection);
    refuseUnderWay(parts, connection, [{ id: key.id, shown: parts.documents.contact(target.uri) }]);
    const shown = await rereadContact(parts, target, connection);
    const entries = [{ id: key.id, userData: shown.userData, shown }];
    const elsewhere = !isActive(parts, connection);
    return confirmAndRun(parts, {
      ...{ change, connection, entries, afterPicker, elsewhere },
      beforeSending: () => {
        if (elsewhere) refuseChanged(parts, key, connection);
      },
    });
  });
}

/** `from`: a command that came from the list itself goes on there from the next row. */
async function changeRows(
  parts: Parts,
  change: Change,
  rows: readonly ContactRow[],
  from: "list" | "picker",
): Promise<ActionReport | undefined> {
  refuseUntrusted(parts.isTrusted());
  const [first] = rows;
  if (first === undefined) return undefined;
  const entries: PlannedEntry[] = [];
  const settled: EntryResult[] = [];
  for (const row of rows.filter(({ connection }) => connection === first.connection)) {
    const shown = parts.store.contact(row);
    if (shown?.id === undefined)
      settled.push({ id: undefined, outcome: "skipped", reason: unusableReason(shown) });
    else entries.push({ id: shown.id, userData: shown.userData, shown });
  }
  const goOn = parts.tree.goOnAfter(rows, from === "list");
  try {
    const afterPicker = from === "picker";
    return await confirmAndRun(parts, {
      change,
      connection: first.connection,
      entries,
      settled,
      afterPicker,
    });
  } finally {
    await goOn();
  }
}
