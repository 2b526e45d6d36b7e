import { bankMembers, isLockMember, phonePlaces } from "../api/record/contact";
import { importableMembers } from "../api/record/importable";

/** The members that a person chose to export. Bank data is chosen with the format. */
export interface ChosenMembers {
  /** Of `choosableMembers`. */
  readonly names: ReadonlySet<string>;
  /** The lock, whatever its member is called. */
  readonly lock: boolean;
  /** Members that are not documented. */
  readonly others: boolean;
}

/** Documented members that an import cannot set, in the order of the export. */
const otherMembers: readonly string[] = [
  "DiallerCampaignsResultCodesID",
  "dtImported",
  ...phonePlaces.flatMap((place) => [
    `nTriesPhoneNumber${place}`,
    `bPhoneNumber${place}Invalid`,
    `nPhoneNumber${place}LastCause`,
    `PhoneNumber${place}LastAcdAgentEndReasonsID`,
  ]),
  "LastAcdAgentEndReasonsID",
  "bLastResultMailbox",
  "RandomSortOrder",
  "ReservedUsersUID",
  "FollowUpUsersUID",
  "FollowUpDateTime",
];

/** The documented members that a person can choose, in the order of the export. */
export const choosableMembers: readonly string[] = [
  ...importableMembers.keys(),
  "ID",
  ...otherMembers,
].filter((name) => !bankMembers.has(name));

const choosable: ReadonlySet<string> = new Set(choosableMembers);

/** Bank data is, because it is chosen with the format. */
export function isChosen({ names, lock, others }: ChosenMembers, name: string, lockField: string): boolean {
  if (bankMembers.has(name)) return true;
  if (isLockMember(name, lockField)) return lock;
  return choosable.has(name) ? names.has(name) : others;
}

/** The columns of a table of records that have these members: all documented ones, then the others. */
export function orderedColumns(names: ReadonlySet<string>, lockField: string): readonly string[] {
  const locks = [...names].filter((name) => isLockMember(name, lockField));
  return [...new Set([...importableMembers.keys(), "ID", ...locks, ...otherMembers, ...names])];
}
