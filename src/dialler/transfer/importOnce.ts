import * as l10n from "../../l10n";
import type { DiallerClient } from "../api/diallerClient";
import { ApiError } from "../api/http/apiError";
import { Cancelled } from "../api/http/connectionErrors";
import { type Contact, sameIdentity } from "../api/record/contact";
import { campaignNameMember } from "../api/record/importable";
import { contactIdOf, userDataFault } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import { controlOf, faultOf } from "../api/repeat";
import { type LookUpClient, resolveUserData } from "../lookup/resolveContacts";

/** The calls that making a contact needs. */
export type ImportClient = LookUpClient & Pick<DiallerClient, "importContact">;

export interface ImportOncePorts {
  readonly client: ImportClient;
  readonly lockField: string;
  /** The server cannot look a UserData up: whether all contacts are read to find out. */
  mayReadWholeList(): Promise<boolean>;
  /** Aborted: nothing is sent again; what is in flight may finish. */
  readonly cancelled: AbortSignal;
  /** Aborted: a request in flight is given up. */
  readonly abort?: AbortSignal;
}

/** Who carries a UserData. */
export interface Holders {
  readonly contacts: readonly Contact[];
  /** Others have a UserData that only looks like it. */
  readonly alike: boolean;
  /** The server was asked and has nobody, also none whose UserData only looks like it. */
  readonly nobody: boolean;
}

/** What is imported. */
export interface ImportSent {
  /** Importable members alone. */
  readonly record: WireRecord;
  readonly userData: string | undefined;
  /** The contacts that carried the UserData before. */
  readonly before: readonly Contact[];
  /** Of those there is one, and it is to be overwritten. */
  readonly overwrite: boolean;
}

export interface Made {
  readonly id: number;
  readonly status: number | undefined;
}

export interface NotMade {
  readonly outcome: "failed" | "unknown";
  readonly status?: number;
  readonly reason: string;
  /** The next contact would fare the same. */
  readonly stopsRun: boolean;
  /** The server said that it is too busy. */
  readonly busy?: true;
}

/** The contacts that carry exactly the UserData now; none for a contact without one. `signal` ends a long reading. */
export async function holdersOf(
  userData: string | undefined,
  ports: Omit<ImportOncePorts, "cancelled">,
  signal?: AbortSignal,
): Promise<Holders | NotMade> {
  // A key that no look-up may send was never one that another contact can share.
  if (userData === undefined || userDataFault(userData) !== undefined)
    return { contacts: [], alike: false, nobody: false };
  try {
    const { client, lockField } = ports;
    const found = await resolveUserData(client, userData, {
      lockField,
      mayReadWholeList: () => ports.mayReadWholeList(),
      ...(signal === undefined ? {} : { signal }),
    });
    if (found.kind === "found") {
      const { exact, alike } = found;
      return { contacts: exact, alike: alike.length > 0, nobody: exact.length + alike.length === 0 };
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

/**
 * One import, never repeated once it may have arrived: the contact's ID, or how it ended without one that is known.
 * Who is to be overwritten is looked up again right before.
 */
export async function importOnce(sent: ImportSent, ports: ImportOncePorts): Promise<Made | NotMade> {
  const changed = sent.overwrite ? await changedSince(sent, ports) : undefined;
  if (changed !== undefined) return changed;
  let status: number | undefined;
  let reason = l10n.t("The server's answer does not name the new contact.");
  let ended: Pick<NotMade, "stopsRun" | "busy"> = { stopsRun: false };
  try {
    const answer = await ports.client.importContact(sent.record, {
      overwriteDuplicates: sent.overwrite,
      control: controlOf(ports.cancelled),
      signal: ports.abort,
    });
    status = answer.status;
    const id = contactIdOf(answer.record?.ID);
    // One that was there before is not the one that was made, and another one not the one to be overwritten.
    if (id !== undefined && isBefore(sent, id) === sent.overwrite) return { id, status };
    if (id !== undefined && sent.overwrite) return { ...otherOverwritten(sent, id), status };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ({ status } = error);
    reason = error.sentence;
    ended = { stopsRun: stops(error), ...(status === 429 || status === 503 ? { busy: true } : {}) };
    if (!mayHaveArrived(error)) return { ...failed(reason, status), ...ended };
    // A person has given up on it: nothing more is sent, not even a look.
    if (error instanceof Cancelled) return unknown(reason, status, ended);
  }
  // It may have been made. Sent again it could be there twice; a look tells, where its UserData is its own.
  if (sent.overwrite) {
    const id = await overwrittenId(sent, ports);
    return id === undefined ? unknown(reason, status, ended) : { id, status };
  }
  const now = await holdersOf(sent.userData, ports);
  const [only, ...others] = "contacts" in now ? now.contacts.filter(({ id }) => !isBefore(sent, id)) : [];
  if (only?.id !== undefined && others.length === 0) return { id: only.id, status };
  const refused = status === undefined || status > 299;
  return refused && "nobody" in now && now.nobody
    ? {
        ...failed(l10n.t("{reason} A look showed that the contact was not made.", { reason }), status),
        ...ended,
      }
    : unknown(reason, status, ended);
}

/** Why a contact is not overwritten that is not the one that was shown any more. */
async function changedSince(
  { userData, before: [shown] }: ImportSent,
  ports: ImportOncePorts,
): Promise<NotMade | undefined> {
  const now = await holdersOf(userData, ports);
  if (ports.cancelled.aborted) return failed(l10n.t("cancelled"));
  if ("outcome" in now) return now;
  const [only, ...others] = now.contacts;
  const isSame =
    only !== undefined &&
    shown !== undefined &&
    others.length === 0 &&
    !now.alike &&
    sameIdentity(only, shown);
  if (isSame) return undefined;
  return failed(l10n.t("The contact with its UserData has changed since it was shown; nothing was sent."));
}

function otherOverwritten({ before }: ImportSent, id: number): NotMade {
  const values = { id: before[0]?.idText ?? "?", other: id };
  return {
    outcome: "unknown",
    reason: l10n.t(
      "#{id} was to be overwritten, and the server names #{other}. It may have made or overwritten that one; look at both.",
      values,
    ),
    stopsRun: true,
  };
}

function isBefore({ before }: ImportSent, id: number | undefined): boolean {
  return before.some((contact) => contact.id === id);
}

/** The contact that was to be overwritten, if it holds now what was sent. */
async function overwrittenId(
  { record, before }: ImportSent,
  { client }: ImportOncePorts,
): Promise<number | undefined> {
  const id = before[0]?.id;
  if (id === undefined) return undefined;
  try {
    const now = await client.getContact(id);
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

function stops(error: ApiError): boolean {
  return ["barred", "unauthorized", "wrongPath"].includes(faultOf(error));
}

export function failed(reason: string, status?: number): NotMade {
  return { outcome: "failed", ...(status === undefined ? {} : { status }), reason, stopsRun: false };
}

function unknown(
  reason: string,
  status: number | undefined,
  ended: Pick<NotMade, "stopsRun" | "busy">,
): NotMade {
  return {
    ...ended,
    outcome: "unknown",
    ...(status === undefined ? {} : { status }),
    reason: l10n.t(
      "{reason} The contact may have been made all the same; look before you make another one.",
      { reason },
    ),
  };
}
