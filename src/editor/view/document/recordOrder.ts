import { bankMembers, isLockMember, phonePlaces } from "../../../dialler/api/record/contact";
import type { WireRecord } from "../../../dialler/api/record/wire";

/** The members that identify a contact. */
export const identifyingMembers: readonly string[] = [
  "ID",
  "Name",
  "FirstName",
  "Company",
  "UserData",
  "DiallerCampaignsID",
];

/** The members that only the batch read returns: result and history. */
export const historyMembers: readonly string[] = [
  "DiallerCampaignsResultCodesID",
  "DiallerCampaignsResultCodes",
  "DiallerContactsHistory",
];

/** The groups of a record in their order. `empty`: members without a value, whatever they belong to. */
export const recordGroups = ["who", "dialling", "result", "business", "unknown", "bank", "empty"] as const;
export type RecordGroup = (typeof recordGroups)[number];

const phoneMembers = phonePlaces.flatMap((place) => [
  `PhoneNumber${place}`,
  `nTriesPhoneNumber${place}`,
  `nPhoneNumber${place}LastCause`,
  `bPhoneNumber${place}Invalid`,
  `dtPhoneNumber${place}LastTry`,
  `PhoneNumber${place}LastAcdAgentEndReasonsID`,
]);

const known: Readonly<Record<Exclude<RecordGroup, "unknown" | "empty">, readonly string[]>> = {
  who: identifyingMembers,
  dialling: [...phoneMembers, "dtNextTry", "nTries", "dtLastTry", "nPriority", "RandomSortOrder"],
  result: [
    ...historyMembers.slice(0, 2),
    "LastAcdAgentEndReasonsID",
    "bLastResultMailbox",
    "LastUsersUID",
    "ReservedUsersUID",
    "FollowUpUsersUID",
    "FollowUpDateTime",
    ...historyMembers.slice(2),
  ],
  business: [
    ...["Salutation", "Title", "Email", "Website", "FaxNumber"],
    ...["Address", "PostalCode", "City", "Region", "Country"],
    ...["Tag", "Comment", "ReferenceNumber", "ExternalSystemLink", "Client", "Service", "Model"],
    ...Array.from({ length: 20 }, (_, place) => `Custom${place + 1}`),
    ...["dtImported", "dtCreated", "dtModified"],
  ],
  bank: [...bankMembers],
};

/** The group and the place within it of every member that has a fixed one. */
const places = new Map(
  Object.entries(known).flatMap(([group, names]) =>
    names.map((name, place): [string, { group: string; place: number }] => [name, { group, place }]),
  ),
);

/** The group of a member that has a value. `lockField`: see `isLockMember`. */
export function groupOf(name: string, lockField: string): RecordGroup {
  if (isLockMember(name, lockField)) return "result";
  const group = places.get(name)?.group;
  return recordGroups.find((one) => one === group) ?? "unknown";
}

/** One order for the members of all records. A member without a value in every record comes last. */
export interface RecordOrder {
  /** The members and the group of each, in their order. */
  readonly groups: ReadonlyMap<string, RecordGroup>;
}

/** The order that fits all records, so that a comparison shows only differences. */
export function commonOrder(records: readonly WireRecord[], lockField = ""): RecordOrder {
  const members = records.map((record) => new Map(Object.entries(record)));
  const names = [...new Set(members.flatMap((record) => [...record.keys()]))];
  const isEmpty = (name: string): boolean => members.every((record) => isBlank(record.get(name)));
  const ranked = names.map((name) => {
    const group = groupOf(name, lockField);
    return { name, group: isEmpty(name) ? ("empty" as const) : group, rank: rankOf(name, group, lockField) };
  });
  ranked.sort(
    (a, b) =>
      recordGroups.indexOf(a.group) - recordGroups.indexOf(b.group) ||
      a.rank - b.rank ||
      compareNames(a.name, b.name),
  );
  return { groups: new Map(ranked.map(({ name, group }) => [name, group])) };
}

/** Null, missing and empty text alike. */
export function isBlank(value: unknown): boolean {
  return (value ?? null) === null || value === "";
}

/** Counts through all groups, so that the members without a value keep the order of the groups among themselves. */
function rankOf(name: string, group: RecordGroup, lockField: string): number {
  const size = 1000;
  // The lock stands first in its group.
  const place = isLockMember(name, lockField) ? -1 : (places.get(name)?.place ?? 0);
  return recordGroups.indexOf(group) * size + place;
}

/** Unknown members have no order on the server; theirs is fixed so that a refresh moves nothing. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
