import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import type { DiallerClient } from "../api/diallerClient";
import { type Contact, contactFromRecord, isLockMember } from "../api/record/contact";
import { importableRecord, lostMembers, whyNotImportable } from "../api/record/importable";
import type { WireRecord } from "../api/record/wire";
import type { Restored } from "../runs/outcome";
import { failed, holdersOf, type ImportClient, importOnce } from "../transfer/importOnce";

/** The calls that re-creating a contact needs. */
export type RestoreClient = ImportClient & Pick<DiallerClient, "change">;

export interface RestorePorts {
  readonly client: RestoreClient;
  readonly lockField: string;
  /** Aborted: nothing more is imported, but imported contacts are still locked. */
  readonly cancelled: AbortSignal;
  /** Asked if another contact has the UserData: whether to create a duplicate. */
  mayDuplicate(existing: readonly Contact[], record: WireRecord): Promise<boolean>;
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
}

type Ended = Omit<RestoreResult, "ms">;

/**
 * Re-creates a deleted contact with one import, never repeated once it may have arrived. The contact has a new ID; its
 * tries, results and history are lost; a lock is set again. Undefined if it was cancelled before the import was sent.
 * @throws JournalUnavailable from `begin`
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
    return failed(l10n.t("The server would refuse this contact: {why}. Nothing was sent.", { why }));
  }
  const isCancelled = (): boolean => ports.cancelled.aborted;
  const before = await holdersOf(contact.userData, ports, ports.cancelled);
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

/** Restores the lock of the deleted contact. Returns a sentence if that failed. */
async function lockedAgain(
  contact: Contact,
  id: number,
  { client }: RestorePorts,
): Promise<string | undefined> {
  if (contact.lock !== "locked") return undefined;
  const { outcome, reason } = await client.change("lock", { id });
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
