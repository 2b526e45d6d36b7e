import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import type { DiallerClient } from "../api/diallerClient";
import { failsAgain } from "../api/fault";
import { ApiError, type NextStep } from "../api/http/apiError";
import { type Contact, contactFromRecord, isLockMember } from "../api/record/contact";
import { importableRecord, lostMembers, whyNotImportable } from "../api/record/importable";
import { whyNotWhole } from "../api/record/wholeRecord";
import type { WireRecord } from "../api/record/wire";
import type { RepeatControl } from "../api/repeat";
import type { Restored } from "../runs/outcome";
import { readAlone, readTogether } from "../lookup/readContacts";
import { failed, holdersOf, type ImportClient, importOnce, type Made } from "../transfer/importOnce";

/** The calls that re-creating a contact needs. */
export type RestoreClient = ImportClient & Pick<DiallerClient, "change">;

export interface RestorePorts {
  readonly client: RestoreClient;
  readonly lockField: string;
  /** The budget, the pace and the cancellation of the run. Cancelled: imported contacts are still locked. */
  readonly control: RepeatControl;
  /** The sentence for a failure, where the run knows more than the error. */
  readonly explain?: (error: ApiError) => string;
  /** Asked if another contact has the UserData: whether to create a duplicate. */
  mayDuplicate(existing: readonly Contact[], record: WireRecord): Promise<boolean>;
  /** Asked if an earlier attempt to re-create the contact may have succeeded: whether to try again. */
  mayTryAgain(record: WireRecord): Promise<boolean>;
  /** Asked if the server cannot look up a UserData: whether all contacts may be read instead. */
  mayReadWholeList(): Promise<boolean>;
  /** Records that the import is about to be sent. If it throws, nothing is sent. */
  begin(): Promise<void>;
}

/** The result for one contact. Text in it may be the server's and is raw. */
export interface RestoreResult extends Restored {
  readonly status?: number;
  readonly ms: number;
  /** The next contact would fail the same way. */
  readonly stopsRun: boolean;
  /** Why the run stops, if that is not the reason. */
  readonly stopReason?: string;
  /** What a person can do about it. */
  readonly next?: NextStep | undefined;
  /** The contacts that had the UserData before the import. */
  readonly before?: readonly Contact[];
  /** The server may still be working on it, so a later look-up may show that the contact was created. */
  readonly settles?: boolean;
  /** More than one contact was created, which the reason says. */
  readonly isTwice?: boolean;
}

type Ended = Omit<RestoreResult, "ms">;

/**
 * Re-creates a deleted contact with one import, unless it is still on the server, never repeated once it may have arrived. The contact has a new ID; its
 * tries, results and history are lost; a lock is set again. Undefined if it was cancelled before the import was sent.
 * @throws JournalUnavailable from `begin`
 */
export async function restoreContact(
  record: WireRecord,
  ports: RestorePorts,
  /** An earlier attempt may have re-created it. */
  mayExist = false,
): Promise<RestoreResult | undefined> {
  const startedAt = performance.now();
  const ended = await restoring(record, ports, mayExist);
  return ended && { ...ended, ms: Math.round(performance.now() - startedAt) };
}

async function restoring(
  record: WireRecord,
  ports: RestorePorts,
  mayExist: boolean,
): Promise<Ended | undefined> {
  const contact = contactFromRecord(record, ports.lockField);
  const why = whyNotImportable(contact);
  if (why !== undefined) {
    return failed(l10n.t("The server would refuse this contact: {why}. Nothing was sent.", { why }));
  }
  const lossText = whyNotWhole(record);
  if (lossText !== undefined) return { outcome: "skipped", reason: lossText, stopsRun: false };
  const isCancelled = (): boolean => ports.control.cancelled.aborted;
  const isThere = await stillThere(contact, ports);
  if (isCancelled()) return undefined;
  if (isThere !== undefined) return isThere;
  if (mayExist && !(await ports.mayTryAgain(record))) {
    const reason = l10n.t("An earlier attempt may have re-created the contact; nothing was sent.");
    return { outcome: "skipped", reason, stopsRun: false };
  }
  const before = await holdersOf(contact.userData, ports, ports.control.cancelled);
  if (isCancelled()) return undefined;
  if ("outcome" in before) return before;
  if (before.contacts.length > 0 && !(await ports.mayDuplicate(before.contacts, record))) {
    return {
      outcome: "skipped",
      reason: l10n.t("Another contact now has this UserData; nothing was sent."),
      stopsRun: false,
    };
  }
  if (isCancelled()) return undefined;
  await ports.begin();
  if (isCancelled()) return undefined;
  const { userData } = contact;
  const sent = { record: importableRecord(record), userData, before: before.contacts, overwrite: false };
  const made = await importOnce(sent, ports);
  if ("outcome" in made) return { ...made, before: before.contacts };
  return restoredAs(record, made, ports, before.contacts);
}

/** The result for a contact that was re-created with this ID. Restores its lock. */
export async function restoredAs(
  record: WireRecord,
  made: Made,
  ports: RestorePorts,
  before: readonly Contact[],
): Promise<Ended> {
  const contact = contactFromRecord(record, ports.lockField);
  const unlocked = await lockedAgain(contact, made.id, ports);
  const remarks = [unlocked, lostText(record, ports.lockField), made.warning];
  const reason = remarks.filter((remark) => remark !== undefined).join(" ");
  const { status } = made;
  return {
    outcome: "done",
    newId: made.id,
    ...(status === undefined ? {} : { status }),
    ...(reason === "" ? {} : { reason }),
    stopsRun: false,
    before,
    isTwice: made.warning !== undefined,
    warns: unlocked !== undefined || made.warning !== undefined,
  };
}

/** Why nothing is sent: the contact is still on the server, or the server does not say. Undefined if it is absent. */
async function stillThere({ id }: Contact, { client, control }: RestorePorts): Promise<Ended | undefined> {
  if (id === undefined) return undefined;
  try {
    const options = { control, fresh: true };
    const together = await readTogether(client, [id], options);
    const record = together === undefined ? await readAlone(client, id, options) : together.get(id);
    if (record === undefined) return undefined;
    const reason = l10n.t("The contact is still on the server; nothing was sent.");
    return { outcome: "skipped", reason, stopsRun: false };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = l10n.t(
      "Nothing was sent, because the server did not say whether the contact is still there: {reason}",
      { reason: error.sentence },
    );
    return { ...failed(reason, error.status), stopsRun: failsAgain(error), next: error.next };
  }
}

/** Restores the lock of the deleted contact. Returns a sentence if that failed. */
async function lockedAgain(
  contact: Contact,
  id: number,
  { client, control }: RestorePorts,
): Promise<string | undefined> {
  if (contact.lock !== "locked") return undefined;
  const { outcome, reason } = await client.change("lock", { id }, { control });
  if (outcome === "done") return undefined;
  return l10n.t("The contact was locked, but could not be locked again: {reason}", {
    reason: reason ?? outcome,
  });
}

function lostText(record: WireRecord, lockField: string): string | undefined {
  const lost = lostMembers(record, (name) => isLockMember(name, lockField));
  return lost.length === 0
    ? undefined
    : l10n.t("These members could not be restored: {members}.", { members: lost.join(", ") });
}
