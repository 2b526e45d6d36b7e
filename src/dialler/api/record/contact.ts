import { createHash } from "node:crypto";
import { contactIdOf } from "./key";
import type { WireRecord } from "./wire";

/** `unknown`: the server's records contain no lock, and this extension has not set one. */
export type LockState = "locked" | "unlocked" | "unknown";

/** One of up to six phone numbers of a contact. */
export interface PhoneNumber {
  /** The position on the server, 1 to 6. */
  readonly place: number;
  readonly number: string;
  readonly tries: number;
  readonly invalid: boolean;
  /** The ISDN cause of the last try; undefined if there was none. */
  readonly lastCause: number | undefined;
}

/**
 * What the tree, the filter and the actions need of a contact. The complete record stays on the server and is read
 * again when it is opened. All text is the server's and raw.
 */
export interface Contact {
  /** Undefined if the server's ID cannot be sent. Such a contact is shown but never acted on. */
  readonly id: number | undefined;
  /** The ID as the server wrote it, for display. */
  readonly idText: string;
  readonly campaignId: number | undefined;
  /** Exactly as stored, never trimmed. Undefined if the server has none. */
  readonly userData: string | undefined;
  readonly name: string;
  readonly firstName: string;
  readonly company: string;
  readonly city: string;
  readonly tag: string;
  readonly email: string;
  readonly phoneNumbers: readonly PhoneNumber[];
  /** As sent by the server, with unspecified time zone and format. */
  readonly nextTry: string;
  readonly externalLink: string;
  /** The result code of the last call; undefined if there is none. */
  readonly resultCodeId: number | undefined;
  readonly lock: LockState;
}

/**
 * The members that make up a contact. A list keeps their texts in slots in this order. Members that most contacts lack
 * come last.
 */
export const keptMembers: readonly string[] = [
  "ID",
  "DiallerCampaignsID",
  "UserData",
  "Name",
  "FirstName",
  "Company",
  "City",
  "Tag",
  "Email",
  "dtNextTry",
  "ExternalSystemLink",
  "DiallerCampaignsResultCodesID",
  ...[1, 2, 3, 4, 5, 6].flatMap((place) => [
    `PhoneNumber${place}`,
    `nTriesPhoneNumber${place}`,
    `bPhoneNumber${place}Invalid`,
    `nPhoneNumber${place}LastCause`,
  ]),
];

/** Bank data: shown only in the record document, and exported only on request. */
export const bankMembers: ReadonlySet<string> = new Set([
  "AccountOwner",
  "AccountBank",
  "AccountNationalBankCode",
  "AccountBIC",
  "AccountNumber",
  "AccountIBAN",
  "Amount",
]);

/** The slots that are accessed by name. */
export const slots = {
  id: 0,
  campaignId: 1,
  userData: 2,
  name: 3,
  firstName: 4,
  company: 5,
  city: 6,
  tag: 7,
  email: 8,
  nextTry: 9,
  externalLink: 10,
  resultCodeId: 11,
  firstPhone: 12,
} as const;
const slotsPerPhone = 4;
export const phonePlaces = [1, 2, 3, 4, 5, 6] as const;

/**
 * The contact of a record. `lockField` names the member that holds the lock; if empty, it is detected. Never throws.
 */
export function contactFromRecord(record: WireRecord, lockField = ""): Contact {
  return contactFromTexts((slot) => textOf(record[keptMembers[slot] ?? ""]), lockOf(record, lockField));
}

/**
 * The contact with these member texts. An empty text stands for null, a missing member and values that are not text.
 */
export function contactFromTexts(textAt: (slot: number) => string, lock: LockState): Contact {
  return {
    id: contactIdOf(textAt(slots.id)),
    idText: textAt(slots.id) || "?",
    campaignId: contactIdOf(textAt(slots.campaignId)),
    userData: textAt(slots.userData) || undefined,
    name: textAt(slots.name),
    firstName: textAt(slots.firstName),
    company: textAt(slots.company),
    city: textAt(slots.city),
    tag: textAt(slots.tag),
    email: textAt(slots.email),
    phoneNumbers: phoneNumbersOf(textAt),
    nextTry: textAt(slots.nextTry),
    externalLink: textAt(slots.externalLink),
    resultCodeId: wholeNumberOf(textAt(slots.resultCodeId)),
    lock,
  };
}

/** Last name first, as the server sorts; the ID if there is no name. */
export function contactLabel(contact: Contact): string {
  const name = [contact.name, contact.firstName].filter((part) => part.trim() !== "").join(", ");
  return name || (contact.company.trim() && contact.company) || `#${contact.idText}`;
}

/** The values that identify the contact that was shown. If they differ, it is treated as another contact. */
export function sameIdentity(a: Contact, b: Contact): boolean {
  return identityOf(a) === identityOf(b);
}

/** What identifies a contact. */
export type IdentityPart = "name" | "userData" | "campaign" | "numbers";

/** What differs between two states of a contact. Nothing, if it is the same contact. */
export function identityChanges(before: Contact, now: Contact): IdentityPart[] {
  const parts: [IdentityPart, (contact: Contact) => unknown][] = [
    ["name", ({ name }) => name],
    ["userData", ({ userData }) => userData],
    ["campaign", ({ campaignId }) => campaignId],
    ["numbers", numbersOf],
  ];
  return parts.flatMap(([part, of]) => (of(before) === of(now) ? [] : [part]));
}

function numbersOf({ phoneNumbers }: Contact): string {
  return JSON.stringify(phoneNumbers.map(({ place, number }) => [place, number]));
}

/** The identity as a short digest, which shows that a contact has changed but reveals none of its values. */
export function identityDigest(contact: Contact): string {
  return createHash("sha256").update(identityOf(contact)).digest("base64url").slice(0, 22);
}

/** Half an emoji reads differently in a list, whose texts are UTF-8, and in a single record. */
function identityOf(contact: Contact): string {
  return JSON.stringify([
    contact.id,
    contact.name.toWellFormed(),
    contact.userData?.toWellFormed() ?? null,
    contact.campaignId ?? null,
    contact.phoneNumbers.map(({ place, number }) => [place, number.toWellFormed()]),
  ]);
}

function phoneNumbersOf(textAt: (slot: number) => string): PhoneNumber[] {
  const found: PhoneNumber[] = [];
  for (const place of phonePlaces) {
    const slot = slots.firstPhone + (place - 1) * slotsPerPhone;
    const number = textAt(slot);
    if (number === "") continue;
    found.push({
      place,
      number,
      tries: wholeNumberOf(textAt(slot + 1)) ?? 0,
      invalid: flagOf(textAt(slot + 2)) ?? false,
      lastCause: wholeNumberOf(textAt(slot + 3)),
    });
  }
  return found;
}

const detectedLockMember = /^(b|dt|n)?(is)?lock(ed)?$/i;

/** Whether the member holds the lock. If a record has several, the first one does. */
export function isLockMember(name: string, lockField: string): boolean {
  return lockField !== "" ? name === lockField : detectedLockMember.test(name);
}

function lockOf(record: WireRecord, lockField: string): LockState {
  const member = Object.keys(record).find((name) => isLockMember(name, lockField));
  return member === undefined ? "unknown" : lockFromValue(record[member]);
}

/** The state that the value of a lock member means, in a record and in a packed list alike. */
export function lockFromValue(value: unknown): LockState {
  if (value === null) return "unlocked";
  const text = textOf(value);
  // A server may keep the time of locking instead of a flag: any date means locked.
  const flag = flagOf(text) ?? (typeof value === "string" ? text.trim() !== "" : undefined);
  if (flag === undefined) return "unknown";
  return flag ? "locked" : "unlocked";
}

/** `b…` members are true, 1, "1" or their opposites, in upper or lower case; undefined for anything else. */
function flagOf(text: string): boolean | undefined {
  const flag = text.toLowerCase();
  if (flag === "true" || flag === "1") return true;
  if (flag === "false" || flag === "0") return false;
  return undefined;
}

function wholeNumberOf(text: string): number | undefined {
  const number = Number(text);
  return text === "" || !Number.isSafeInteger(number) ? undefined : number;
}

/** A text, or a number or flag as text. Everything else, including null, is empty. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
