import * as l10n from "../../l10n";
import type { DiallerClient } from "../api/diallerClient";
import { ApiError, type NextStep } from "../api/http/apiError";
import { Cancelled } from "../api/http/connectionErrors";
import { type Contact, sameIdentity } from "../api/record/contact";
import { campaignNameMember } from "../api/record/importable";
import { contactIdOf, userDataFault } from "../api/record/key";
import { whyNotWhole } from "../api/record/wholeRecord";
import type { WireRecord } from "../api/record/wire";
import { failsAgain, faultOf } from "../api/fault";
import type { RepeatControl } from "../api/repeat";
import { readAlone } from "../lookup/readContacts";
import { type LookUpClient, resolveUserData } from "../lookup/resolveContacts";

/** The calls that creating a contact needs. */
export type ImportClient = LookUpClient & Pick<DiallerClient, "importContact">;

export interface ImportOncePorts {
  readonly client: ImportClient;
  readonly lockField: string;
  /** Asked if the server cannot look up a UserData: whether all contacts may be read instead. */
  mayReadWholeList(): Promise<boolean>;
  /** The budget, the pace and the cancellation of the run. Cancelled: a request in flight may finish. */
  readonly control: RepeatControl;
  /** The sentence for a failure, where the run knows more than the error. */
  readonly explain?: (error: ApiError) => string;
  /** Aborted: a request in flight is given up. */
  readonly abort?: AbortSignal;
}

/** The contacts that have a UserData. */
export interface Holders {
  readonly contacts: readonly Contact[];
  /** Other contacts have a similar UserData. */
  readonly alike: boolean;
  /** The server was asked, and no contact has this UserData or a similar one. */
  readonly none: boolean;
}

/** One contact to import. */
export interface ImportSent {
  /** Only importable members. */
  readonly record: WireRecord;
  readonly userData: string | undefined;
  /** The contacts that had the UserData before. */
  readonly before: readonly Contact[];
  /** There is exactly one such contact, and it is to be overwritten. */
  readonly overwrite: boolean;
}

export interface Made {
  readonly id: number;
  readonly status: number | undefined;
  /** More was created than one contact. */
  readonly warning?: string | undefined;
}

export interface NotMade {
  readonly outcome: "failed" | "unknown";
  readonly status?: number;
  readonly reason: string;
  /** The next contact would fail the same way. */
  readonly stopsRun: boolean;
  /** Why the run stops, if that is not the reason. The rest was never sent. */
  readonly stopReason?: string;
  /** What a person can do about it. */
  readonly next?: NextStep | undefined;
  /** The server may still be working on it, so a later look-up may show that the contact was created. */
  readonly settles?: boolean;
}

/** Looks up the contacts with exactly this UserData; empty for a contact without one. `signal` ends a long read. */
export async function holdersOf(
  userData: string | undefined,
  ports: ImportOncePorts,
  signal?: AbortSignal,
): Promise<Holders | NotMade> {
  // A key that cannot be looked up cannot be shared with another contact.
  if (userData === undefined || userDataFault(userData) !== undefined)
    return { contacts: [], alike: false, none: false };
  try {
    const { client, lockField } = ports;
    const found = await resolveUserData(client, userData, {
      lockField,
      mayReadWholeList: () => ports.mayReadWholeList(),
      reading: { control: ports.control, fresh: true },
      ...(signal === undefined ? {} : { signal }),
    });
    if (found.kind === "found") {
      const { exact, alike } = found;
      return { contacts: exact, alike: alike.length > 0, none: exact.length + alike.length === 0 };
    }
    return failed(
      l10n.t("The server cannot tell whether another contact has this UserData. Nothing was sent."),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = l10n.t("Nothing was sent, because the UserData could not be looked up: {reason}", {
      reason: explained(error, ports),
    });
    return { ...failed(reason, error.status), ...stopOf(error, ports) };
  }
}

function explained(error: ApiError, { explain }: ImportOncePorts): string {
  return explain?.(error) ?? error.sentence;
}

function stopOf(error: ApiError, ports: ImportOncePorts): Pick<NotMade, "stopsRun" | "stopReason" | "next"> {
  return { stopsRun: failsAgain(error), stopReason: explained(error, ports), next: error.next };
}

/**
 * Imports one contact and never repeats a request that may have arrived. Returns the contact's ID, or the outcome if no
 * ID is known. A contact to be overwritten is looked up again immediately before.
 */
export async function importOnce(sent: ImportSent, ports: ImportOncePorts): Promise<Made | NotMade> {
  const changed = sent.overwrite ? await changedSince(sent, ports) : undefined;
  if (changed !== undefined) return changed;
  let status: number | undefined;
  let reason = l10n.t("The server's answer does not contain the ID of the new contact.");
  let stop: Pick<NotMade, "stopsRun" | "stopReason" | "next"> = { stopsRun: false };
  try {
    const answer = await ports.client.importContact(sent.record, {
      overwriteDuplicates: sent.overwrite,
      control: ports.control,
      signal: ports.abort,
    });
    status = answer.status;
    const id = contactIdOf(answer.record?.ID);
    // An ID that existed before is not the new contact, and a different ID is not the one to be overwritten.
    if (id !== undefined && isBefore(sent, id) === sent.overwrite) return { id, status };
    if (id !== undefined && sent.overwrite) return { ...otherOverwritten(sent, id), status };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ({ status } = error);
    reason = explained(error, ports);
    // What answered in place of the dialler would answer the next import as well. A look-up may still confirm this one.
    const stopsRun = failsAgain(error) || faultOf(error) === "foreign";
    stop = { ...stopOf(error, ports), stopsRun };
    if (!mayHaveArrived(error)) return { ...failed(reason, status), ...stop };
    // The request was cancelled: nothing more is sent, not even a read.
    if (error instanceof Cancelled) return unknown(reason, status, stop);
    if (ports.control.cancelled.aborted) return { ...unknown(reason, status, stop), settles: true };
  }
  // The contact may have been created, and a second request could create it twice. A lookup shows it if its UserData is
  // unique.
  if (sent.overwrite) {
    const id = await overwrittenId(sent, ports);
    return id === undefined ? { ...unknown(reason, status, stop), settles: true } : { id, status };
  }
  const now = await holdersOf(sent.userData, ports);
  const made = "contacts" in now ? now.contacts.filter(({ id }) => !isBefore(sent, id)) : [];
  if (made[0]?.id !== undefined) return { id: made[0].id, status, warning: madeTwiceText(made) };
  // Not to be found proves nothing: the server may still be working on it.
  return { ...unknown(reason, status, stop), settles: status === undefined || status > 299 };
}

/** The reason not to overwrite a contact: it has changed since it was shown, or cannot be kept whole. Undefined if none. */
async function changedSince(
  { userData, before: [shown] }: ImportSent,
  ports: ImportOncePorts,
): Promise<NotMade | undefined> {
  const now = await holdersOf(userData, ports);
  if (ports.control.cancelled.aborted) return failed(l10n.t("cancelled"));
  if ("outcome" in now) return now;
  const [only, ...others] = now.contacts;
  const isSame =
    only !== undefined &&
    shown !== undefined &&
    others.length === 0 &&
    !now.alike &&
    sameIdentity(only, shown);
  const record = isSame ? await recordOf(shown.id, ports) : undefined;
  if (record === undefined)
    return failed(l10n.t("The contact with this UserData has changed since it was shown; nothing was sent."));
  if ("outcome" in record) return record;
  const why = whyNotWhole(record.whole);
  return why === undefined ? undefined : failed(why);
}

/** The whole record of a contact that is to be overwritten; undefined if it is gone. */
async function recordOf(
  id: number | undefined,
  ports: ImportOncePorts,
): Promise<{ readonly whole: WireRecord } | NotMade | undefined> {
  if (id === undefined) return undefined;
  const { client, control } = ports;
  try {
    const whole = await readAlone(client, id, { control, fresh: true });
    return whole === undefined ? undefined : { whole };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = l10n.t("Nothing was sent, because the contact could not be read again first: {reason}", {
      reason: explained(error, ports),
    });
    return { ...failed(reason, error.status), ...stopOf(error, ports) };
  }
}

function otherOverwritten({ before }: ImportSent, id: number): NotMade {
  const values = { id: before[0]?.idText ?? "?", other: id };
  return {
    outcome: "unknown",
    reason: l10n.t(
      "#{id} was to be overwritten, but the server answered with #{other}. It may have created or overwritten that contact. Check both.",
      values,
    ),
    stopsRun: true,
    stopReason: l10n.t("Stopped: the server answered with another contact than the one to be overwritten."),
  };
}

function isBefore({ before }: ImportSent, id: number | undefined): boolean {
  return before.some((contact) => contact.id === id);
}

/** The ID of the contact to overwrite, if it now has the values that were sent. */
export async function overwrittenId(
  { record, before }: Pick<ImportSent, "record" | "before">,
  { client, control }: ImportOncePorts,
): Promise<number | undefined> {
  const id = before[0]?.id;
  if (id === undefined) return undefined;
  try {
    const now = await client.getContact(id, { control, fresh: true });
    const isSo = Object.entries(record).every(
      ([name, value]) => name === campaignNameMember || String(now[name]) === String(value),
    );
    return isSo ? id : undefined;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
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

/** A warning if an import created more than one contact; undefined if it did not. */
export function madeTwiceText(made: readonly Contact[]): string | undefined {
  if (made.length < 2) return undefined;
  return l10n.t("Made twice: {ids}. A proxy may have repeated the request; delete one of them.", {
    ids: made.map(({ idText }) => `#${idText}`).join(", "),
  });
}

export function failed(reason: string, status?: number): NotMade {
  return { outcome: "failed", ...(status === undefined ? {} : { status }), reason, stopsRun: false };
}

function unknown(
  reason: string,
  status: number | undefined,
  stop: Pick<NotMade, "stopsRun" | "stopReason" | "next">,
): NotMade {
  return {
    ...stop,
    outcome: "unknown",
    ...(status === undefined ? {} : { status }),
    reason: l10n.t(
      "{reason} The contact may still have been created. Check this before you create another one.",
      { reason },
    ),
  };
}
