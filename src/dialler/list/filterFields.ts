import { type ByteSearch, foldedText, searchDigits, searchFolded } from "../api/scan/byteSearch";
import type { Contact, LockState } from "../api/record/contact";
import * as l10n from "../../l10n";

/** What two contacts can have in common. */
export type DuplicateOf = "userData" | "phone";

/** What a filter may ask in addition to the contact itself. */
export interface FilterContext {
  readonly campaignName: (id: number | undefined) => string | undefined;
  /** Whether another listed contact has the same UserData, or one of the same numbers. */
  readonly isDuplicate: (contact: Contact, of: DuplicateOf) => boolean;
}

/** What one part of a filter asks of a contact. */
export interface Condition {
  /** Finds something in the bytes of every matching contact; undefined if the text cannot decide that. */
  readonly needs?: ByteSearch;
  /** Set if all contacts must be known first. */
  readonly duplicateOf?: DuplicateOf;
  readonly holds: (contact: Contact, context: FilterContext) => boolean;
}

/** Reads the value of a field. Returns a sentence that explains the valid values if it has another one. */
type Field = (value: string, now: () => number) => Condition | string;

/** The fields of a filter, by their names in lower case. */
export const filterFields: Readonly<Record<string, Field>> = {
  campaign: (value) => ({
    holds: ({ campaignId }, { campaignName }) =>
      String(campaignId ?? "") === value ||
      foldedText(campaignName(campaignId) ?? "").includes(foldedText(value)),
  }),
  name: (value) => textCondition(value, ({ name, firstName }) => `${name}\n${firstName}`),
  company: (value) => textCondition(value, ({ company }) => company),
  city: (value) => textCondition(value, ({ city }) => city),
  email: (value) => textCondition(value, ({ email }) => email),
  phone: (value) => {
    const digits = digitsOf(value);
    return digits === "" ? l10n.t("phone: needs a number, in any notation.") : phoneCondition(digits);
  },
  id: (value) => {
    const holds = comparison(value);
    if (holds === undefined) return l10n.t("id: needs a number, optionally after >, <, >= or <=.");
    const condition: Condition = { holds: ({ id }) => id !== undefined && holds(id) };
    return /^\d+$/.test(value) ? { ...condition, needs: searchFolded(String(Number(value))) } : condition;
  },
  userdata: (value) => textCondition(value, ({ userData }) => userData ?? ""),
  tag: (value) => textCondition(value, ({ tag }) => tag),
  locked: (value) => {
    const states: Readonly<Record<string, LockState>> = { yes: "locked", no: "unlocked", unknown: "unknown" };
    const state = Object.hasOwn(states, value.toLowerCase()) ? states[value.toLowerCase()] : undefined;
    return state === undefined
      ? l10n.t("locked: must be yes, no or unknown.")
      : { holds: ({ lock }) => lock === state };
  },
  tries: (value) => {
    const holds = comparison(value);
    if (holds === undefined) return l10n.t("tries: needs a number, optionally after >, <, >= or <=.");
    return { holds: ({ phoneNumbers }) => holds(Math.max(0, ...phoneNumbers.map(({ tries }) => tries))) };
  },
  next: (value, now) =>
    nextTryCondition(value.toLowerCase(), now) ??
    l10n.t("next: must be overdue, today, week, later or none, or a date such as 2026-08 or 2026-08-09."),
  result: (value) => {
    const wanted = numberOrNone(value);
    if (wanted === undefined) return l10n.t("result: needs the ID of a result code, or none.");
    const holds: Condition["holds"] = ({ resultCodeId }) => (resultCodeId ?? "none") === wanted;
    return wanted === "none" ? { holds } : { needs: searchFolded(String(wanted)), holds };
  },
  cause: (value) => {
    const wanted = numberOrNone(value);
    if (wanted === undefined) return l10n.t("cause: needs the number of an ISDN cause, such as 17, or none.");
    if (wanted === "none")
      return { holds: ({ phoneNumbers }) => phoneNumbers.every(({ lastCause }) => lastCause === undefined) };
    return {
      needs: searchFolded(String(wanted)),
      holds: ({ phoneNumbers }) => phoneNumbers.some(({ lastCause }) => lastCause === wanted),
    };
  },
  invalid: (value) => {
    if (!/^(yes|no)$/i.test(value)) return l10n.t("invalid: must be yes or no.");
    const wanted = value.toLowerCase() === "yes";
    return { holds: ({ phoneNumbers }) => phoneNumbers.some(({ invalid }) => invalid) === wanted };
  },
  duplicate: (value) => {
    const of = ({ userdata: "userData", phone: "phone" } as const)[value.toLowerCase()];
    return of === undefined
      ? l10n.t("duplicate: must be userdata or phone.")
      : { duplicateOf: of, holds: (contact, { isDuplicate }) => isDuplicate(contact, of) };
  },
};

/** A word is searched for in names, company, city, numbers, UserData, ID, e-mail and tag. */
export function wordCondition(value: string): Condition {
  const text = textCondition(value, (contact) =>
    [
      contact.name,
      contact.firstName,
      contact.company,
      contact.city,
      contact.userData ?? "",
      contact.idText,
      contact.email,
      contact.tag,
      ...contact.phoneNumbers.map(({ number }) => number),
    ].join("\n"),
  );
  const digits = /^[+()\d/ .-]+$/.test(value) ? digitsOf(value) : "";
  if (digits.length < 3) return text;
  const phone = phoneCondition(digits);
  const { needs } = phone;
  const holds: Condition["holds"] = (contact, context) =>
    text.holds(contact, context) || phone.holds(contact, context);
  return needs === undefined ? { holds } : { needs, holds };
}

/** A UserData exactly as it is stored. */
export function userDataCondition(value: string): Condition {
  const { needs } = textCondition(value, () => "");
  const holds: Condition["holds"] = ({ userData }) => userData === value;
  return needs === undefined ? { holds } : { needs, holds };
}

function textCondition(value: string, textOf: (contact: Contact) => string): Condition {
  const wanted = foldedText(value);
  const holds = (contact: Contact): boolean => foldedText(textOf(contact)).includes(wanted);
  // Only printable ASCII can be searched for in bytes.
  return /^[\x21-\x7e]+$/.test(wanted) ? { needs: searchFolded(wanted), holds } : { holds };
}

function phoneCondition(digits: string): Condition {
  return {
    needs: searchDigits(digits),
    holds: ({ phoneNumbers }) => phoneNumbers.some(({ number }) => digitsOf(number).includes(digits)),
  };
}

/** The digits of a number, without the zeros of an international or long-distance prefix. */
export function digitsOf(number: string): string {
  return number.replace(/\D/g, "").replace(/^0+/, "");
}

function comparison(value: string): ((number: number) => boolean) | undefined {
  const [, sign = "=", digits = ""] = /^(>=|<=|>|<|=)?(\d+)$/.exec(value) ?? [];
  if (digits === "") return undefined;
  const wanted = Number(digits);
  return (number) => compares(sign, number, wanted);
}

function compares(sign: string, value: number, wanted: number): boolean {
  switch (sign) {
    case ">":
      return value > wanted;
    case "<":
      return value < wanted;
    case ">=":
      return value >= wanted;
    case "<=":
      return value <= wanted;
    default:
      return value === wanted;
  }
}

function numberOrNone(value: string): number | "none" | undefined {
  if (value.toLowerCase() === "none") return "none";
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

const dayMs = 86_400_000;
const datePrefix = /^\d{4}(-\d{2}(-\d{2}([t ]\d{2}(:\d{2}(:\d{2})?)?)?)?)?$/;

/** `week`: within the next seven days, today included. A time that cannot be read is found by its beginning only. */
function nextTryCondition(value: string, now: () => number): Condition | undefined {
  const within = (isIn: (due: number, now: number) => boolean): Condition => ({
    holds: ({ nextTry }) => {
      const due = timeOf(nextTry);
      return due !== undefined && isIn(due, now());
    },
  });
  switch (value) {
    case "none":
      return { holds: ({ nextTry }) => nextTry.trim() === "" };
    case "overdue":
      return within((due, at) => due < at);
    case "today":
      return within((due, at) => new Date(due).toDateString() === new Date(at).toDateString());
    case "week":
      return within((due, at) => due >= at && due < at + 7 * dayMs);
    case "later":
      return within((due, at) => due >= at + 7 * dayMs);
  }
  if (!datePrefix.test(value)) return undefined;
  const wanted = value.replace("t", " ");
  return {
    needs: searchFolded(value.slice(0, 10).trim()),
    holds: ({ nextTry }) => nextTry.toLowerCase().replace("t", " ").startsWith(wanted),
  };
}

/** A time without a zone counts as local time; undefined if it cannot be read. */
function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/i.test(text)) return undefined;
  const time = Date.parse(text.trim().replace(" ", "T"));
  return Number.isNaN(time) ? undefined : time;
}
