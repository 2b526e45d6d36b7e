import { hashOf } from "./dice";

const eachNumber = ["1", "2", "3", "4", "5", "6"] as const;

/** The members that an import may set, with the maximum length of each text. 0: no limit is documented. */
export const importableMembers: ReadonlyMap<string, number> = new Map([
  ["UserData", 64],
  ...["Name", "FirstName", "Company", "Address", "City", "Country"].map((name) => [name, 64] as const),
  ...["Salutation", "Title"].map((name) => [name, 16] as const),
  ["PostalCode", 10],
  ["Region", 256],
  ["FaxNumber", 32],
  ...eachNumber.map((number) => [`PhoneNumber${number}`, 32] as const),
  ["Email", 256],
  ...["Website", "Comment", "Client", "Service", "ReferenceNumber", "Model", "Tag"].map(
    (name) => [name, 0] as const,
  ),
  ["ExternalSystemLink", 0],
  ...["Owner", "Bank", "NationalBankCode", "BIC", "Number", "IBAN"].map(
    (name) => [`Account${name}`, 0] as const,
  ),
  ...["Amount", "dtNextTry", "ReservedUsersUID", "FollowUpUsersUID", "FollowUpDateTime"].map(
    (name) => [name, 0] as const,
  ),
  ...Array.from({ length: 20 }, (_, place) => [`Custom${place + 1}`, 0] as const),
]);

export const phoneMembers: readonly string[] = eachNumber.map((number) => `PhoneNumber${number}`);

/**
 * All members of a contact in the order in which the server writes them. As on a real server, the order is fixed but
 * has no meaning: `ID` comes somewhere in the middle.
 */
export const contactMembers: readonly string[] = [
  ...importableMembers.keys(),
  ...["ID", "DiallerCampaignsID", "DiallerCampaignsResultCodesID", "LanguagesID"],
  ...eachNumber.flatMap((number) => [
    `nTriesPhoneNumber${number}`,
    `bPhoneNumber${number}Invalid`,
    `nPhoneNumber${number}LastCause`,
    `PhoneNumber${number}LastAcdAgentEndReasonsID`,
    `dtPhoneNumber${number}LastTry`,
  ]),
  ...["LastAcdAgentEndReasonsID", "bLastResultMailbox", "RandomSortOrder", "LastUsersUID", "bLocked"],
  ...["dtImported", "dtCreated", "dtModified", "dtLastTry", "nTries", "nPriority"],
  ...["DateOfBirth", "Position", "Department", "TimeZone", "CostCentre"],
].sort((left, right) => hashOf(left) - hashOf(right));
