import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import { checkedUserData } from "../../../dialler/api/record/key";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { ContactRow } from "../../../dialler/list/rows";
import { resolveUserData } from "../../../dialler/lookup/resolveContacts";
import { type ActionReport, reportOf } from "../../../dialler/runs/actionReport";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import { activeConnection, namedConnection, refuseSwitched, refuseUntrusted } from "../call/activeConnection";
import { argumentOf, usableIds } from "../call/argument";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { cannotLookUp, Refusal, refuseReadOnly, unusableReason } from "../call/refusal";
import { changeByIds } from "./changeByIds";
import { confirmAndRun } from "./confirmAndRun";

/** Lock, unlock or delete by UserData: looks up the contacts that have it, and acts by ID on those chosen. */
export async function changeByUserData(
  parts: Parts,
  change: Change,
  args: readonly unknown[],
): Promise<ActionReport | undefined> {
  const argument = argumentOf(args);
  switch (argument.kind) {
    case "ids":
      usableIds(argument.ids);
      return changeByIds(parts, change, await namedConnection(parts, argument.endpoint), argument.ids);
    case "userData":
      checkedUserData(argument.userData);
      return act(parts, change, await namedConnection(parts, argument.endpoint), argument.userData);
    case "rows": {
      const [row] = argument.rows;
      if (row === undefined) return undefined;
      return act(parts, change, row.connection, userDataOf(parts, row));
    }
    case "nothing": {
      const connection = await activeConnection(parts);
      refuseReadOnly(connection);
      const title = contactActions[change].button(1);
      const userData = await parts.ask.userData(title, placeOf(parts, connection));
      if (userData === undefined) return undefined;
      refuseSwitched(parts, connection);
      return act(parts, change, connection, userData, true);
    }
  }
}

function userDataOf(parts: Parts, row: ContactRow): string {
  refuseUntrusted(parts.isTrusted());
  const contact = parts.store.contact(row);
  if (contact === undefined) throw new Refusal(l10n.t("The contact is no longer listed."));
  const { userData } = contact;
  if (userData === undefined) throw new Refusal(l10n.t("This contact has no UserData."));
  return userData;
}

async function act(
  parts: Parts,
  change: Change,
  connection: Connection,
  userData: string,
  isTyped = false,
): Promise<ActionReport | undefined> {
  refuseReadOnly(connection);
  const place = placeOf(parts, connection);
  const resolution = await resolveUserData(connection.client, userData, {
    lockField: parts.preferences.now.lockField,
    mayReadWholeList: () => parts.ask.readWholeList(place),
  });
  if (resolution.kind === "unusable") throw cannotLookUp();
  const { exact, alike } = resolution;
  const found = exact.length === 1 && alike.length === 0 ? exact : [...exact, ...alike];
  if (found.length === 0) {
    const reason = l10n.t("no contact has this UserData");
    return confirmAndRun(parts, {
      change,
      connection,
      entries: [],
      settled: [{ id: undefined, userData, outcome: "notFound", reason }],
    });
  }
  const chosen: readonly Contact[] | undefined =
    found === exact ? exact : await parts.ask.whichContacts(change, found, exact.length === 0, place);
  if (chosen === undefined) return reportOf(change, connection.endpoint.name, []);
  const entries: PlannedEntry[] = [];
  const settled: EntryResult[] = [];
  for (const shown of chosen) {
    const { id, userData: own } = shown;
    if (id === undefined)
      settled.push({ id, userData: own, outcome: "skipped", reason: unusableReason(shown) });
    else entries.push({ id, userData: own, shown });
  }
  const afterPicker = isTyped || chosen !== exact;
  return confirmAndRun(parts, { change, connection, entries, settled, afterPicker });
}
