import { performance } from "node:perf_hooks";
import { ApiError } from "../api/apiError";
import type { Change, ChangeSettled, Target } from "../api/change";
import { type Contact, contactFromRecord, isLockMember } from "../api/contact";
import type { Imported } from "../api/diallerClient";
import { importableRecord, lostMembers, whyNotImportable } from "../api/importable";
import { contactIdOf, userDataFault } from "../api/key";
import { controlOf, faultOf, type RepeatControl } from "../api/repeat";
import type { WireRecord } from "../api/wire";
import * as l10n from "../l10n";
import { type LookUpClient, resolveUserData } from "./resolveContacts";
import type { Restored } from "./runStory";

/** The calls that making a contact anew needs. */
export interface RestoreClient extends LookUpClient {
  importContact(record: WireRecord, overwriteDuplicates: boolean, control: RepeatControl): Promise<Imported>;
  change(change: Change, target: Target): Promise<ChangeSettled>;
}

export interface RestorePorts {
  readonly client: RestoreClient;
  readonly lockField: string;
  /** Aborted: nothing is imported any more; what has been imported is locked all the same. */
  readonly cancelled: AbortSignal;
  /** The UserData exists again: whether another contact with it is made. */
  mayDuplicate(existing: readonly Contact[], record: WireRecord): Promise<boolean>;
  /** The server cannot look a UserData up: whether all contacts are read to find out. */
  mayReadWholeList(): Promise<boolean>;
  /** Takes down that the import is about to leave; when it throws, nothing is sent. */
  begin(): Promise<void>;
}

/** How one contact fared. Text in it may be the server's and is raw. */
export interface RestoreResult extends Restored {
  readonly status?: number;
  readonly ms: number;
  /** The next contact would fare the same. */
  readonly stopsRun: boolean;
}

type Ended = Omit<RestoreResult, "ms">;

/**
 * Makes a deleted contact anew: one import, never repeated once it may have arrived. It has a new ID, and its tries,
 * results and history are lost; a lock is set again. Undefined when it was cancelled before the import left.
 * @throws JournalUnavailable when `begin` does
 */
export async function restoreContact(
  record: WireRecord,
  ports: RestorePorts,
): Promise<RestoreResult | undefined> {
  const startedAt = performance.now();
  const ended = await restoring(record, ports);
  return ended && { ...ended, ms: Math.round(performance.now() - startedAt) };
}

async function restoring(record: WireRecord, ports: RestorePorts): Promise<Ended | undefined> {
  const contact = contactFromRecord(record, ports.lockField);
  const why = whyNotImportable(contact);
  if (why !== undefined) {
    return failed(l10n.t("The server would not take this contact: {why}. Nothing was sent.", { why }));
  }
  const isCancelled = (): boolean => ports.cancelled.aborted;
  const before = await holders(contact, ports, ports.cancelled);
  if (isCancelled()) return undefined;
  if ("outcome" in before) return before;
  if (before.contacts.length > 0 && !(await ports.mayDuplicate(before.contacts, record))) {
    return {
      outcome: "skipped",
      reason: l10n.t("Its UserData exists again; nothing was sent."),
      stopsRun: false,
    };
  }
  if (isCancelled()) return undefined;
  await ports.begin();
  if (isCancelled()) return undefined;
  const made = await imported(record, contact, before.contacts, ports);
  if ("outcome" in made) return made;
  const remarks = [await lockedAgain(contact, made.id, ports), lostText(record, ports.lockField)];
  const reason = remarks.filter((remark) => remark !== undefined).join(" ");
  const { status } = made;
  return {
    outcome: "done",
    newId: made.id,
    ...(status === undefined ? {} : { status }),
    ...(reason === "" ? {} : { reason }),
    stopsRun: false,
  };
}

/** Who carries a UserData. */
interface Holders {
  readonly contacts: readonly Contact[];
  /** The server was asked and has nobody, also none whose UserData only looks like it. */
  readonly nobody: boolean;
}

/** The contacts that carry the UserData now; none for a contact without one. */
async function holders(
  { userData }: Contact,
  ports: RestorePorts,
  signal?: AbortSignal,
): Promise<Holders | Ended> {
  // A key that no look-up may send was never one that another contact can share.
  if (userData === undefined || userDataFault(userData) !== undefined) return { contacts: [], nobody: false };
  try {
    const { client, lockField } = ports;
    const found = await resolveUserData(client, userData, {
      lockField,
      mayReadWholeList: () => ports.mayReadWholeList(),
      ...(signal === undefined ? {} : { signal }),
    });
    if (found.kind === "found") {
      return { contacts: found.exact, nobody: found.exact.length + found.alike.length === 0 };
    }
    return failed(l10n.t("The server cannot tell whether its UserData exists again. Nothing was sent."));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = l10n.t("Nothing was sent, because its UserData could not be looked up: {reason}", {
      reason: error.sentence,
    });
    return { ...failed(reason, error.status), stopsRun: stops(error) };
  }
}

/** The new ID; or how it ended without one that is known. */
async function imported(
  record: WireRecord,
  contact: Contact,
  before: readonly Contact[],
  ports: RestorePorts,
): Promise<{ readonly id: number; readonly status: number | undefined } | Ended> {
  const known = new Set(before.map(({ id }) => id));
  let status: number | undefined;
  let error: ApiError | undefined;
  try {
    const control = controlOf(ports.cancelled);
    const answer = await ports.client.importContact(importableRecord(record), false, control);
    status = answer.status;
    const id = contactIdOf(answer.record?.ID);
    // One that was there before is not the one that was made, and must not be locked in its place.
    if (id !== undefined && !known.has(id)) return { id, status };
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    error = thrown;
    ({ status } = error);
    if (!mayHaveArrived(error)) return { ...failed(error.sentence, status), stopsRun: stops(error) };
  }
  // It may have been made. Sent again it could be there twice; a look tells, where its UserData is its own.
  const now = await holders(contact, ports);
  const added = "contacts" in now ? now.contacts.filter(({ id }) => !known.has(id)) : [];
  const [only] = added;
  if (added.length === 1 && only?.id !== undefined) return { id: only.id, status };
  const reason = error?.sentence ?? l10n.t("The server's answer does not name the new contact.");
  const refused = status === undefined || status > 299;
  if (refused && "nobody" in now && now.nobody) {
    return failed(l10n.t("{reason} A look showed that the contact was not made.", { reason }), status);
  }
  return {
    outcome: "unknown",
    ...(status === undefined ? {} : { status }),
    reason: l10n.t(
      "{reason} The contact may have been made all the same; look before you make another one.",
      { reason },
    ),
    stopsRun: false,
  };
}

/** Sets the lock that the deleted contact had; a sentence when it could not be set. */
async function lockedAgain(
  contact: Contact,
  id: number,
  { client }: RestorePorts,
): Promise<string | undefined> {
  if (contact.lock !== "locked") return undefined;
  const { outcome, reason } = await client.change("lock", { id });
  if (outcome === "done") return undefined;
  return l10n.t("It was locked and is not locked now: {reason}", { reason: reason ?? outcome });
}

function lostText(record: WireRecord, lockField: string): string | undefined {
  const lost = lostMembers(record, (name) => isLockMember(name, lockField));
  return lost.length === 0
    ? undefined
    : l10n.t("The server cannot be given these members again: {members}.", { members: lost.join(", ") });
}

function mayHaveArrived(error: ApiError): boolean {
  const fault = faultOf(error);
  return ![
    "neverSent",
    "barred",
    "unauthorized",
    "absent",
    "wrongPath",
    "conflict",
    "refused",
    "busy",
  ].includes(fault);
}

function stops(error: ApiError): boolean {
  return ["barred", "unauthorized", "wrongPath"].includes(faultOf(error));
}

function failed(reason: string, status?: number): Ended {
  return { outcome: "failed", ...(status === undefined ? {} : { status }), reason, stopsRun: false };
}
