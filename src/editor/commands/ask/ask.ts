import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { Kept, Place } from "./confirmWords";
import type { ImportPreview } from "./importPreview";
import type { Preview, PreviewAnswer } from "./preview";

/** Everything that is asked of a person before something happens; a port, so that the road can be driven without a window. */
export interface Ask {
  /** What is done to one contact: what was asked, or something milder instead. Undefined: nothing is done. */
  confirmOne(change: Change, contact: Contact, place: Place, kept: Kept): Promise<Change | undefined>;
  actOnMany(preview: Preview, kept: Kept): Promise<boolean>;
  /** The preview of a set that a list of checkmarks can hold. */
  tickContacts(preview: Preview): Promise<PreviewAnswer | undefined>;
  /** The preview of a larger set, which is in the editor; `read`: later, after a look at it. */
  acceptPreview(preview: Preview): Promise<"act" | "dryRun" | "actUnkept" | "read" | undefined>;
  /** True once the person has read the preview and goes on. */
  afterReading(preview: Preview): Promise<boolean>;
  /** The phrase has to be typed exactly. */
  typedPhrase(phrase: string, preview: Preview, kept: Kept): Promise<boolean>;
  restoreContacts(count: number, place: Place): Promise<boolean>;
  /** The UserData of a deleted contact exists again: whether another one is made beside it. */
  mayDuplicate(
    deleted: Contact,
    existing: readonly Contact[],
    place: Place,
  ): Promise<"make" | "skip" | "skipAll">;
  /** `what`: what is done to it. */
  contactId(what: string, place: Place): Promise<number | undefined>;
  /** Exactly as it is typed. */
  userData(what: string, place: Place): Promise<string | undefined>;
  /** The contacts meant among those with a UserData, or among those whose UserData only looks like it. Nothing is preselected. */
  whichContacts(
    change: Change,
    contacts: readonly Contact[],
    alike: boolean,
    place: Place,
  ): Promise<readonly Contact[] | undefined>;
  /** The one to show; undefined: none. */
  whichToShow(contacts: readonly Contact[], alike: boolean, place: Place): Promise<Contact | undefined>;
  readWholeList(place: Place): Promise<boolean>;
  directAction(place: Place): Promise<Change | undefined>;
  actDirectly(change: Change, userData: string, place: Place): Promise<boolean>;
  openLink(host: string, link: string): Promise<boolean>;
  /** An endpoint could not be used when it was tried; undefined: leave everything as it is. */
  afterFailedCheck(sentence: string): Promise<"retry" | "save" | undefined>;
  loadAll(campaigns: number): Promise<boolean>;
  removeEndpoint(name: string, tokenToo: boolean): Promise<boolean>;
  /** So many cells carry the sign of an export for spreadsheets; undefined: nothing is imported. */
  formulaMarks(count: number): Promise<"remove" | "keep" | undefined>;
  /** The preview of an import, which is in the editor; `read`: later, after a look at it. */
  acceptImport(preview: ImportPreview): Promise<"import" | "overwrite" | "dryRun" | "read" | undefined>;
  /** True once the person has read the preview of an import and goes on. */
  afterReadingImport(): Promise<boolean>;
  /** The phrase has to be typed exactly. */
  typedImport(phrase: string, count: number, place: Place): Promise<boolean>;
  /** Personal data would be written where it is easily committed. */
  writeIntoWorkTree(file: string): Promise<boolean>;
  /** `contacts`: how many deleted contacts can be restored from these runs. */
  deleteJournal(runs: number, contacts: number): Promise<boolean>;
}
