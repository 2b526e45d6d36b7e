import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { NamedContact } from "../../shown/who";
import type { Candidate } from "./candidate";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import type { Kept, Place } from "./confirmWords";
import type { ImportPreview } from "./importPreview";
import type { Preview, PreviewAnswer } from "./preview";

/** A run as the Activity view shows it, without what must not be shown. */
export interface NamedRun {
  readonly label: string;
  readonly description: string;
}

/** Every question that a command may ask; a port, so that tests can answer without a window. */
export interface Ask {
  /**
   * What to do to one contact: the change that was asked about, or a milder one. Undefined: nothing. `declinesFirst`:
   * Enter declines.
   */
  confirmOne(
    change: Change,
    contact: Contact,
    place: Place,
    kept: Kept,
    declinesFirst: boolean,
  ): Promise<Change | undefined>;
  actOnMany(preview: Preview, kept: Kept): Promise<boolean>;
  /** The preview of a set that fits into a list of check boxes. */
  pickContacts(preview: Preview): Promise<PreviewAnswer | undefined>;
  /** The preview of a larger set, which is shown in the editor; `read`: the person wants to read it first. */
  acceptPreview(preview: Preview): Promise<"act" | "dryRun" | "actUnkept" | "read" | undefined>;
  /** True when the person has read the preview and continues. */
  afterReading(preview: Preview): Promise<boolean>;
  /** The phrase has to be typed exactly. */
  typedPhrase(phrase: string, preview: Preview, kept: Kept): Promise<boolean>;
  restoreContacts(contacts: readonly NamedContact[], place: Place): Promise<boolean>;
  /** Whether the opposite of a run is done to these contacts. */
  undoRun(run: RunSnapshot, change: Change, contacts: readonly Contact[], place: Place): Promise<boolean>;
  /** The contacts to undo: `doubtful` may have been so before the run, and are not preselected. */
  undoWhich(
    run: RunSnapshot,
    changed: readonly Contact[],
    doubtful: readonly Contact[],
    place: Place,
  ): Promise<readonly Contact[] | undefined>;
  /** An earlier attempt to re-create a contact got no answer: whether it is tried again. */
  mayTryAgain(deleted: Contact, place: Place): Promise<boolean>;
  /** Another contact now has the UserData of a deleted one: whether a duplicate is created. */
  mayDuplicate(
    deleted: Contact,
    existing: readonly Contact[],
    place: Place,
  ): Promise<"make" | "skip" | "skipAll">;
  /** Which of the candidates, or by what another contact is named. */
  whichCandidate<Document>(
    change: Change,
    candidates: readonly Candidate<Document>[],
    place: Place,
  ): Promise<Candidate<Document> | "id" | "userData" | undefined>;
  /** `what`: what will be done to the contact. */
  contactId(what: string, place: Place): Promise<number | undefined>;
  /** Exactly as it is typed. */
  userData(what: string, place: Place): Promise<string | undefined>;
  /** The contacts chosen among those with a UserData, or with a similar one (`alike`). Nothing is preselected. */
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
  actDirectly(change: Change, userData: string, place: Place, matches: number | undefined): Promise<boolean>;
  openLink(host: string, link: string): Promise<boolean>;
  /** The test of an endpoint failed. `helps`: what may help better than another token, offered first. */
  afterFailedCheck(
    endpoint: string,
    sentence: string,
    helps: "caFile" | "baseUrl" | undefined,
  ): Promise<"caFile" | "baseUrl" | "token" | "save" | undefined>;
  loadAll(campaigns: number): Promise<boolean>;
  removeEndpoint(name: string, tokenToo: boolean): Promise<boolean>;
  /** The UserData in these lines have invisible signs; undefined: import nothing. */
  invisibleSigns(lines: readonly number[]): Promise<"remove" | "keep" | undefined>;
  /** The preview of an import, which is shown in the editor; `read`: the person wants to read it first. */
  acceptImport(preview: ImportPreview): Promise<"import" | "overwrite" | "dryRun" | "read" | undefined>;
  /** True when the person has read the preview of an import and continues. */
  afterReadingImport(): Promise<boolean>;
  /** The phrase has to be typed exactly. */
  typedImport(phrase: string, count: number, place: Place): Promise<boolean>;
  /** Personal data would be written into a git work tree. */
  writeIntoWorkTree(file: string): Promise<boolean>;
  /** Newest first. `contacts`: how many contacts have a record in these runs that could be restored, whatever their outcome was. */
  deleteJournal(runs: readonly NamedRun[], contacts: number): Promise<boolean>;
}
