import { bankMembers, type Contact } from "../../dialler/api/record/contact";
import type { WireRecord } from "../../dialler/api/record/wire";

/**
 * Masks personal data for a screen that others see. The mask changes what is shown and copied, never what is acted on,
 * filtered or found. UserData, IDs and names stay, because they tell contacts apart.
 */

const hidden = "•••";

/** In a shorter number the last two digits would give away too much. */
const leastDigits = 5;

/** No address is longer. */
const longestEmail = 320;

/** The last two digits, enough to tell the numbers of one contact apart. */
export function maskedNumber(number: string): string {
  if (number === "") return "";
  const digits = number.replace(/\P{Nd}/gu, "");
  const [last = ""] = /\p{Nd}{2}$/u.exec(digits) ?? [];
  return digits.length < leastDigits ? hidden : `${hidden}${last}`;
}

/** The first letter and the top level domain: "i•••@•••.com". */
export function maskedEmail(email: string): string {
  if (email === "") return "";
  if (email.length > longestEmail) return hidden;
  const [, first = "", end = ""] = /^\s*([\p{L}\p{N}]).*@.*?(\.[a-z]{2,})?\s*$/su.exec(email) ?? [];
  return first === "" ? hidden : `${first}${hidden}@${hidden}${end}`;
}

/** `%40` and `%2B`: addresses and numbers also stand in URLs. */
const emails = /[^\s@<>"'“”„(),;:/?&=]{1,64}(?:@|%40)[^\s@<>"'“”„(),;:/?&=]{1,190}\.[a-z]{2,}/gi;
const ibans = /\b[A-Z]{2}\d{2}(?: ?\d{4}){2,7}(?: ?\d{1,4})?\b/g;
/** Certainly a phone number: international, long distance, or too long for an ID or a duration. */
const numbers =
  /(?:\+|%2B)\d(?:[ ()/-]{0,2}\d){5,}|(?<![\w#/.:-])0\d(?:[ ()/-]{0,2}\d){5,}|(?<![\w#/.:-])\d{9,}(?!\w)/gi;

/** Masks numbers, addresses and accounts in free text: a name, a reason from the server, a log line. */
export function maskedText(text: string): string {
  return text.replace(emails, decodedEmail).replace(ibans, maskedNumber).replace(numbers, maskedNumber);
}

function decodedEmail(email: string): string {
  return maskedEmail(email.replace(/%40/g, "@"));
}

/** The contact as shown with the mask on. */
export function maskedContact(contact: Contact): Contact {
  return {
    ...contact,
    name: maskedText(contact.name),
    firstName: maskedText(contact.firstName),
    company: maskedText(contact.company),
    email: maskedEmail(contact.email),
    phoneNumbers: contact.phoneNumbers.map((phone) => ({ ...phone, number: maskedNumber(phone.number) })),
  };
}

/** A record as it is shown outside its own document: bank data masked; with `masked`, numbers and addresses too. */
export function discreetRecord(record: object, masked: boolean): WireRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]: [string, unknown]) => [name, memberOf(name, value, masked)]),
  );
}

function memberOf(name: string, value: unknown, masked: boolean): unknown {
  if (value === null || value === "") return value;
  if (bankMembers.has(name)) return hidden;
  if (Array.isArray(value)) return value.map((element: unknown) => memberOf(name, element, masked));
  if (typeof value === "object") return discreetRecord(value, masked);
  if (!masked || !mayTell(name)) return value;
  if (typeof value === "number" && isNumberMember(name)) return maskedNumber(String(value));
  if (typeof value !== "string") return value;
  if (isNumberMember(name)) return maskedNumber(value);
  return name === "Email" ? maskedEmail(value) : maskedText(value);
}

/** Keys are never masked: a copied record would be useless without them. */
function mayTell(name: string): boolean {
  return name !== "UserData" && !name.endsWith("ID");
}

/** `PhoneNumber1`, `FaxNumber`, `CalledNumber`, and not `bPhoneNumber1Invalid` or `nTriesPhoneNumber1`. */
function isNumberMember(name: string): boolean {
  return /^(?:Phone|Fax|Mobile|Called|Caller|Calling|Service)\w*Number\d?$/.test(name);
}
