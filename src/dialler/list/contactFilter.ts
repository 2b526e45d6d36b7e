import type { ByteSearch } from "../api/scan/byteSearch";
import type { Contact } from "../api/record/contact";
import * as l10n from "../../l10n";
import {
  type Condition,
  type DuplicateOf,
  type FilterContext,
  filterFields,
  userDataCondition,
  wordCondition,
} from "./filterFields";

/** One condition of a filter. */
interface Term extends Condition {
  readonly excludes: boolean;
}

/** A parsed filter. */
export interface ContactFilter {
  readonly text: string;
  /** What contacts must be compared by, which needs all of them first. */
  readonly asksDuplicates: readonly DuplicateOf[];
  /** Each search finds something in every matching contact, without decoding it. */
  readonly searches: readonly ByteSearch[];
  matches(contact: Contact, context: FilterContext): boolean;
}

export type FilterReading =
  | { readonly ok: true; readonly filter: ContactFilter | undefined }
  | { readonly ok: false; readonly why: string };

/** One part of a filter as it is typed. */
interface Part {
  readonly typed: string;
  readonly excludes: boolean;
  /** In lower case; undefined for a word. */
  readonly field: string | undefined;
  readonly value: string;
}

const part = /(-?)(?:([a-z][a-z0-9_]*):)?(?:"([^"]*)"?|(\S+))/gi;

/**
 * Parses words, `field:value`, quotes, and `-` for exclusion. All parts must match. An empty text is no filter. An
 * unknown field and an invalid value are errors; a field whose value is still missing is left out.
 */
export function readFilter(text: string, now: () => number = Date.now): FilterReading {
  const terms: Term[] = [];
  for (const { excludes, field, value } of partsOf(text)) {
    if (field === undefined) {
      if (value !== "") terms.push({ ...wordCondition(value), excludes });
      continue;
    }
    const read = fieldNamed(field);
    if (read === undefined) return { ok: false, why: noField(field) };
    if (value === "") continue;
    const condition = read(value, now);
    if (typeof condition === "string") return { ok: false, why: condition };
    terms.push({ ...condition, excludes });
  }
  return { ok: true, filter: terms.length === 0 ? undefined : filterOf(text, terms) };
}

/** Finds the contacts that contain every word of a text; undefined if it has none. Fields and quotes are plain text. */
export function wordsFilter(text: string): ContactFilter | undefined {
  const trimmed = text.trim();
  // A number is one word, however it is spaced.
  const words = /^\+?[()\d/ .-]{5,}$/.test(trimmed) ? [trimmed] : trimmed.split(/\s+/);
  const terms = words.filter((word) => word !== "").map(wordCondition);
  return terms.length === 0 ? undefined : filterOf(text, terms.map(included));
}

/** Finds the contacts with exactly this UserData. */
export function userDataFilter(userData: string): ContactFilter {
  return filterOf(userData, [included(userDataCondition(userData))]);
}

const keptFields: ReadonlySet<string> = new Set([
  "locked",
  "tries",
  "invalid",
  "duplicate",
  "changed",
  "campaign",
]);

/**
 * The parts of a filter that may be written to disk: valid ones with a closed vocabulary. Words and values that can be
 * a name, a number, a key or an address are contact data and are left out.
 */
export function keptFilterText(text: string): string {
  return partsOf(text)
    .filter(({ field = "", value }) => {
      if (!keptFields.has(field) || value === "") return false;
      const condition = fieldNamed(field)?.(value, Date.now);
      return condition !== undefined && typeof condition !== "string";
    })
    .map(({ typed }) => typed)
    .join(" ");
}

function filterOf(text: string, terms: readonly Term[]): ContactFilter {
  return {
    text,
    asksDuplicates: [...new Set(terms.flatMap(({ duplicateOf }) => duplicateOf ?? []))],
    searches: terms.flatMap(({ excludes, needs }) => (excludes || needs === undefined ? [] : [needs])),
    matches: (contact, context) => terms.every(({ excludes, holds }) => holds(contact, context) !== excludes),
  };
}

function included(condition: Condition): Term {
  return { ...condition, excludes: false };
}

function partsOf(text: string): Part[] {
  return [...text.matchAll(part)].flatMap(([typed, minus = "", named, quoted, bare = ""]): Part[] => {
    const excludes = minus === "-";
    if (quoted !== undefined || named !== undefined) {
      const value = quoted ?? bare;
      // The colon of an address is not the one of a field; before a quote it is.
      if (named === undefined || bare.startsWith("//"))
        return [
          { typed, excludes, field: undefined, value: named === undefined ? value : `${named}:${value}` },
        ];
      return [{ typed, excludes, field: named.toLowerCase(), value }];
    }
    if (typed === "-") return [];
    const [, unfinished] = /^([a-z][a-z0-9_]*):$/i.exec(bare) ?? [];
    const isField = unfinished !== undefined && !/^https?$/i.test(unfinished);
    return isField
      ? [{ typed, excludes, field: unfinished.toLowerCase(), value: "" }]
      : [{ typed, excludes, field: undefined, value: bare }];
  });
}

function fieldNamed(field: string): (typeof filterFields)[string] | undefined {
  return Object.hasOwn(filterFields, field) ? filterFields[field] : undefined;
}

function noField(field: string): string {
  const fields = Object.keys(filterFields).join(", ");
  const values = { field, fields };
  return l10n.t(
    "There is no field {field}:. Fields: {fields}. To search for the text itself, put it in quotes.",
    values,
  );
}
