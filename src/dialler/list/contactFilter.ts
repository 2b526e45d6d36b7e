import { type ByteSearch, foldedText, searchDigits, searchFolded } from "../api/scan/byteSearch";
import type { Contact, LockState } from "../api/record/contact";
import * as l10n from "../../l10n";

/** What a filter may ask beside the contact itself. */
export interface FilterContext {
  readonly campaignName: (id: number | undefined) => string | undefined;
  /** Whether another listed contact has the same UserData. */
  readonly isDuplicate: (contact: Contact) => boolean;
}

/** One condition of a filter. */
interface Term {
  readonly excludes: boolean;
  /** Finds something in the bytes of every matching contact; undefined where that cannot be told from its text. */
  readonly needs?: ByteSearch;
  readonly holds: (contact: Contact, context: FilterContext) => boolean;
}

/** A filter as it was typed, understood. */
export interface ContactFilter {
  readonly text: string;
  /** Whether `duplicate:userdata` is asked, which needs all contacts to be known first. */
  readonly asksDuplicates: boolean;
  /** Each of them finds something in every contact that matches, before anything of it is decoded. */
  readonly searches: readonly ByteSearch[];
  matches(contact: Contact, context: FilterContext): boolean;
}

export type FilterReading =
  | { readonly ok: true; readonly filter: ContactFilter | undefined }
  | { readonly ok: false; readonly why: string };

const token = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi;

/**
 * Words, `field:value`, quotes, and `-` before what must not be. All must hold. Empty text: no filter. A field that
 * does not exist is a word; a value that a field does not know is said.
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

/** A condition, or the sentence that says what the field's value may be. */
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
      ? l10n.t("locked: takes yes, no or unknown.")
      : { holds: ({ lock }) => lock === state };
  },
  userdata: (value) => textCondition(value, ({ userData }) => userData ?? ""),
  tag: (value) => textCondition(value, ({ tag }) => tag),
  phone: (value) => {
    const digits = digitsOf(value);
    return digits === "" ? l10n.t("phone: takes a number, in any notation.") : phoneCondition(digits);
  },
  tries: (value) => {
    const [, sign = "=", count = ""] = /^(>=|<=|>|<|=)?(\d+)$/.exec(value) ?? [];
    if (count === "") return l10n.t("tries: takes a number, also with >, <, >= or <= before it.");
    return {
      holds: ({ phoneNumbers }) =>
        compares(sign, Math.max(0, ...phoneNumbers.map(({ tries }) => tries)), Number(count)),
    };
  },
  invalid: (value) => {
    if (!/^(yes|no)$/i.test(value)) return l10n.t("invalid: takes yes or no.");
    const wanted = value.toLowerCase() === "yes";
    return { holds: ({ phoneNumbers }) => phoneNumbers.some(({ invalid }) => invalid) === wanted };
  },
  duplicate: (value) =>
    value.toLowerCase() === "userdata"
      ? { holds: (contact, { isDuplicate }) => isDuplicate(contact) }
      : l10n.t("duplicate: takes userdata."),
};

/** A word is looked for wherever a person would look: names, company, city, numbers, UserData, ID, e-mail, tag. */
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
  // Only what is plain in the filter can be looked for in bytes.
  return /^[\x21-\x7e]+$/.test(wanted) ? { needs: searchFolded(wanted), holds } : { holds };
}

function phoneCondition(digits: string): Condition {
  return {
    needs: searchDigits(digits),
    holds: ({ phoneNumbers }) => phoneNumbers.some(({ number }) => digitsOf(number).includes(digits)),
  };
}

/** A number without the signs between its digits, and without what stands for "abroad" or "long distance" before it. */
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
