import { type ByteSearch, foldedText, searchDigits, searchFolded } from "../api/scan/byteSearch";
import type { Contact, LockState } from "../api/record/contact";
import * as l10n from "../../l10n";

/** What a filter may ask in addition to the contact itself. */
export interface FilterContext {
  readonly campaignName: (id: number | undefined) => string | undefined;
  /** Whether another listed contact has the same UserData. */
  readonly isDuplicate: (contact: Contact) => boolean;
}

/** One condition of a filter. */
interface Term {
  readonly excludes: boolean;
  /** Finds something in the bytes of every matching contact; undefined if the text cannot decide that. */
  readonly needs?: ByteSearch;
  readonly holds: (contact: Contact, context: FilterContext) => boolean;
}

/** A parsed filter. */
export interface ContactFilter {
  readonly text: string;
  /** Whether it contains `duplicate:userdata`, which needs all contacts first. */
  readonly asksDuplicates: boolean;
  /** Each search finds something in every matching contact, without decoding it. */
  readonly searches: readonly ByteSearch[];
  matches(contact: Contact, context: FilterContext): boolean;
}

export type FilterReading =
  | { readonly ok: true; readonly filter: ContactFilter | undefined }
  | { readonly ok: false; readonly why: string };

const token = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi;

/**
 * Parses words, `field:value`, quotes, and `-` for exclusion. All parts must match. An empty text is no filter. An
 * unknown field is read as a word; an invalid value is an error.
 */
export function readFilter(text: string): FilterReading {
  const terms: Term[] = [];
  let asksDuplicates = false;
  for (const [whole, minus = "", field = "", quoted, bare = ""] of text.matchAll(token)) {
    const value = quoted ?? bare;
    const excludes = minus === "-";
    const known = Object.hasOwn(fields, field.toLowerCase());
    const spelled = known || field === "" ? value : `${field}:${value}`;
    if (spelled === "" || whole === "-") continue;
    const condition = known ? fields[field.toLowerCase()]?.(spelled) : word(spelled);
    if (typeof condition === "string") return { ok: false, why: condition };
    if (condition === undefined) continue;
    asksDuplicates ||= field.toLowerCase() === "duplicate";
    terms.push({ ...condition, excludes });
  }
  if (terms.length === 0) return { ok: true, filter: undefined };
  const searches = terms.flatMap(({ excludes, needs }) => (excludes || needs === undefined ? [] : [needs]));
  const matches = (contact: Contact, context: FilterContext): boolean => {
    return terms.every(({ excludes, holds }) => holds(contact, context) !== excludes);
  };
  return { ok: true, filter: { text, asksDuplicates, searches, matches } };
}

type Condition = Omit<Term, "excludes">;

/** Returns a condition, or a sentence that explains the valid values. */
const fields: Readonly<Record<string, (value: string) => Condition | string>> = {
  campaign: (value) => ({
    holds: ({ campaignId }, { campaignName }) =>
      String(campaignId ?? "") === value ||
      foldedText(campaignName(campaignId) ?? "").includes(foldedText(value)),
  }),
  locked: (value) => {
    const states: Readonly<Record<string, LockState>> = { yes: "locked", no: "unlocked", unknown: "unknown" };
    const state = Object.hasOwn(states, value.toLowerCase()) ? states[value.toLowerCase()] : undefined;
    return state === undefined
      ? l10n.t("locked: must be yes, no or unknown.")
      : { holds: ({ lock }) => lock === state };
  },
  userdata: (value) => textCondition(value, ({ userData }) => userData ?? ""),
  tag: (value) => textCondition(value, ({ tag }) => tag),
  phone: (value) => {
    const digits = digitsOf(value);
    return digits === "" ? l10n.t("phone: needs a number, in any notation.") : phoneCondition(digits);
  },
  tries: (value) => {
    const [, sign = "=", count = ""] = /^(>=|<=|>|<|=)?(\d+)$/.exec(value) ?? [];
    if (count === "") return l10n.t("tries: needs a number, optionally after >, <, >= or <=.");
    return {
      holds: ({ phoneNumbers }) =>
        compares(sign, Math.max(0, ...phoneNumbers.map(({ tries }) => tries)), Number(count)),
    };
  },
  invalid: (value) => {
    if (!/^(yes|no)$/i.test(value)) return l10n.t("invalid: must be yes or no.");
    const wanted = value.toLowerCase() === "yes";
    return { holds: ({ phoneNumbers }) => phoneNumbers.some(({ invalid }) => invalid) === wanted };
  },
  duplicate: (value) =>
    value.toLowerCase() === "userdata"
      ? { holds: (contact, { isDuplicate }) => isDuplicate(contact) }
      : l10n.t("duplicate: must be userdata."),
};

/** A word is searched for in names, company, city, numbers, UserData, ID, e-mail and tag. */
function word(value: string): Condition {
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
function digitsOf(number: string): string {
  return number.replace(/\D/g, "").replace(/^0+/, "");
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
