import { contactIdOf } from "./key";
import type { WireRecord } from "./wire";

/** `unknown`: the server's records name no lock and this extension has not set one. */
export type LockState = "locked" | "unlocked" | "unknown";

/** One of the up to six numbers of a contact. */
export interface PhoneNumber {
  /** 1 to 6: the place it has on the server. */
  readonly place: number;
  readonly number: string;
  readonly tries: number;
  readonly invalid: boolean;
  /** ISDN cause of the last try; undefined when there was none. */
  readonly lastCause: number | undefined;
}

/**
 * What the tree, the filter and the actions need of a contact. The whole record stays on the server and is read again
 * when somebody opens it. All text is the server's and raw.
 */
export interface Contact {
  /** Undefined when the server's ID is not one that may be sent; such a contact is shown and never acted on. */
  readonly id: number | undefined;
  /** The ID as the server wrote it, for the eye. */
  readonly idText: string;
  readonly campaignId: number | undefined;
  /** Exactly as stored: never trimmed. Undefined when the server has none. */
  readonly userData: string | undefined;
  readonly name: string;
  readonly firstName: string;
  readonly company: string;
  readonly city: string;
  readonly email: string;
  readonly phoneNumbers: readonly PhoneNumber[];
  /** As the server gives it: zone and format are its own. */
  readonly nextTry: string;
  readonly externalLink: string;
  readonly lock: LockState;
}

const detectedLockMember = /^(b|dt|n)?(is)?lock(ed)?$/i;

/** The contact of a record. `lockField` names the member that holds the lock; empty: detect it. Never throws. */
export function contactFromRecord(record: WireRecord, lockField = ""): Contact {
  return {
    id: contactIdOf(record.ID),
    idText: textOf(record.ID) || "?",
    campaignId: contactIdOf(record.DiallerCampaignsID),
    userData: textOf(record.UserData) || undefined,
    name: textOf(record.Name),
    firstName: textOf(record.FirstName),
    company: textOf(record.Company),
    city: textOf(record.City),
    email: textOf(record.Email),
    phoneNumbers: phoneNumbersOf(record),
    nextTry: textOf(record.dtNextTry),
    externalLink: textOf(record.ExternalSystemLink),
    lock: lockOf(record, lockField),
  };
}

/** Last name first, as the server sorts; the ID where there is no name at all. */
export function contactLabel(contact: Contact): string {
  const name = [contact.name, contact.firstName].filter((part) => part.trim() !== "").join(", ");
  return name || (contact.company.trim() && contact.company) || `#${contact.idText}`;
}

/** What makes a contact the one that was shown: a person who sees other values here sees another contact. */
export function sameIdentity(a: Contact, b: Contact): boolean {
  return identityOf(a) === identityOf(b);
}

function identityOf(contact: Contact): string {
  return JSON.stringify([
    contact.id,
    contact.name,
    contact.userData ?? null,
    contact.campaignId ?? null,
    contact.phoneNumbers.map(({ place, number }) => [place, number]),
  ]);
}

function phoneNumbersOf(record: WireRecord): PhoneNumber[] {
  const found: PhoneNumber[] = [];
  for (let place = 1; place <= 6; place++) {
    const number = textOf(record[`PhoneNumber${place}`]);
    if (number === "") continue;
    found.push({
      place,
      number,
      tries: wholeNumberOf(record[`nTriesPhoneNumber${place}`]) ?? 0,
      invalid: flagOf(record[`bPhoneNumber${place}Invalid`]) ?? false,
      lastCause: wholeNumberOf(record[`nPhoneNumber${place}LastCause`]),
    });
  }
  return found;
}

function lockOf(record: WireRecord, lockField: string): LockState {
  const member =
    lockField !== "" ? lockField : Object.keys(record).find((name) => detectedLockMember.test(name));
  if (member === undefined || !Object.hasOwn(record, member)) return "unknown";
  const value = record[member];
  if (value === null) return "unlocked";
  // A server may keep the time of locking instead of a flag: any date means locked.
  const flag = flagOf(value) ?? (typeof value === "string" ? value.trim() !== "" : undefined);
  if (flag === undefined) return "unknown";
  return flag ? "locked" : "unlocked";
}

/** `b…` members come as true, 1, "1", or their opposites, in any case; undefined for anything else. */
function flagOf(value: unknown): boolean | undefined {
  const flag = typeof value === "string" ? value.toLowerCase() : value;
  if (flag === true || flag === 1 || flag === "1" || flag === "true") return true;
  if (flag === false || flag === 0 || flag === "0" || flag === "false") return false;
  return undefined;
}

function wholeNumberOf(value: unknown): number | undefined {
  if (value === null || value === "" || (typeof value !== "number" && typeof value !== "string"))
    return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Text, or a number or flag spelled out; everything else, null included, is empty. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
