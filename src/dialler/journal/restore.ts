import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import type { DiallerClient } from "../api/diallerClient";
import { type Contact, contactFromRecord, isLockMember } from "../api/record/contact";
import { importableRecord, lostMembers, whyNotImportable } from "../api/record/importable";
import type { WireRecord } from "../api/record/wire";
import type { Restored } from "../runs/outcome";
import { failed, holdersOf, type ImportClient, importOnce } from "../transfer/importOnce";

/** The calls that making a contact anew needs. */
export type RestoreClient = ImportClient & Pick<DiallerClient, "change">;

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
  const before = await holdersOf(contact.userData, ports, ports.cancelled);
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
