import type { WireRecord } from "../../../dialler/api/record/wire";
import { redactedValue } from "../../../dialler/journal/redactedValue";

/** The members that identify a contact. */
export const identifyingMembers: readonly string[] = [
  "ID",
  "UserData",
  "Name",
  "FirstName",
  "Company",
  "DiallerCampaignsID",
];

/** The members that only the batch read returns: result and history. */
export const historyMembers: readonly string[] = [
  "DiallerCampaignsResultCodesID",
  "DiallerCampaignsResultCodes",
  "DiallerContactsHistory",
];

/**
 * A record as JSON: identifying members first, every member kept, no token in any text. `order`: the order of the
 * members; left out, those with a value come before the empty ones.
 */
export function documentText(
  record: WireRecord,
  redact: (text: string) => string,
  order: readonly string[] = commonOrder([record]),
): string {
  const places = new Map(order.map((name, place) => [name, place]));
  const placeOf = ([name]: [string, unknown]): number => places.get(name) ?? order.length;
  const ordered = Object.fromEntries(Object.entries(record).sort((a, b) => placeOf(a) - placeOf(b)));
  return `${JSON.stringify(redactedValue(ordered, redact), null, 2)}\n`;
}

/** One order for the members of all records: identifying members, then those with a value in any record, then the rest. */
export function commonOrder(records: readonly WireRecord[]): string[] {
  const members = records.map((record) => new Map(Object.entries(record)));
  const names = [...new Set(members.flatMap((record) => [...record.keys()]))];
  const isEmpty = (name: string): boolean =>
    members.every((record) => (record.get(name) ?? null) === null || record.get(name) === "");
  const rank = (name: string): number => {
    if (identifyingMembers.includes(name)) return identifyingMembers.indexOf(name);
    return identifyingMembers.length + (isEmpty(name) ? 1 : 0);
  };
  return names.sort((a, b) => rank(a) - rank(b));
}
