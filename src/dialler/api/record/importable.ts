import type { Contact } from "./contact";
import { phonePlaces } from "./contact";
import * as l10n from "../../../l10n";
import type { WireRecord } from "./wire";

/** The members that an import may set, with the maximum length of each text. 0: no limit is documented. */
export const importableMembers: ReadonlyMap<string, number> = new Map([
  ["DiallerCampaignsID", 0],
  ["UserData", 64],
  ["Name", 64],
  ["FirstName", 64],
  ["Salutation", 16],
  ["Title", 16],
  ["Company", 64],
  ["Address", 64],
  ["PostalCode", 10],
  ["City", 64],
  ["Region", 256],
  ["Country", 64],
  ...phonePlaces.map((place): [string, number] => [`PhoneNumber${place}`, 32]),
  ["FaxNumber", 32],
  ["Email", 256],
  ["Website", 0],
  ["Comment", 0],
  ["Client", 0],
  ["Service", 0],
  ["ReferenceNumber", 0],
  ["Model", 0],
  ["Tag", 0],
  ["ExternalSystemLink", 0],
  ["AccountOwner", 0],
  ["AccountBank", 0],
  ["AccountNationalBankCode", 0],
  ["AccountBIC", 0],
  ["AccountNumber", 0],
  ["AccountIBAN", 0],
  ["Amount", 0],
  ["dtNextTry", 0],
]);

/** Names the campaign if its ID is not given. A stored contact does not have this member. */
export const campaignNameMember = "DiallerCampaignsName";

const custom = /^Custom\d{1,2}$/;

/** Members that the server maintains itself: keys, counters, causes, flags, time stamps, results, reservations. */
const serverState = /^(ID|[nb][A-Z].*|dt[A-Z].*|.*(ID|UID)|RandomSortOrder|Dialler.*|FollowUp.*)$/;

function isImportable(name: string): boolean {
  return importableMembers.has(name) || custom.test(name);
}

const spelled = new Map(
  [...importableMembers.keys(), campaignNameMember].map((name) => [name.toLowerCase(), name]),
);

/** The importable member with this name, in upper or lower case; undefined if there is none. */
export function importableNamed(name: string): string | undefined {
  const place = /^custom(\d{1,2})$/i.exec(name)?.[1];
  return place === undefined ? spelled.get(name.toLowerCase()) : `Custom${place}`;
}

/** The members that re-create the contact; members without a value are left out. */
export function importableRecord(record: WireRecord): WireRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => isImportable(name) && hasValue(value)),
  );
}

/** The members with a value that an import cannot restore, apart from the server's own call results. */
export function lostMembers(record: WireRecord, isLock: (name: string) => boolean): string[] {
  return Object.entries(record)
    .filter(
      ([name, value]) => hasValue(value) && !isImportable(name) && !serverState.test(name) && !isLock(name),
    )
    .map(([name]) => name);
}

function hasValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "";
}

/**
 * Why the server would refuse to re-create a contact; undefined if it would not. A contact needs a name, a campaign and
 * a phone number.
 */
export function whyNotImportable(
  contact: Pick<Contact, "name" | "campaignId" | "phoneNumbers">,
): string | undefined {
  if (contact.name.trim() === "") return l10n.t("it has no name");
  if (contact.campaignId === undefined) return l10n.t("it has no campaign");
  return contact.phoneNumbers.length === 0 ? l10n.t("it has no phone number") : undefined;
}
