import { type Contact, contactLabel } from "../api/contact";

/** By what a list is ordered. */
export type SortBy = "name" | "id" | "nextTry" | "company" | "lock";
export const sortOrders: readonly SortBy[] = ["name", "id", "nextTry", "company", "lock"];

// The user's own language decides how umlauts and accents are ordered.
const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

const lockRank = { locked: 0, unlocked: 1, unknown: 2 } as const;

/** The contacts in the given order; empty values come last, equal ones are ordered by name and ID. Pure. */
export function sortContacts(contacts: readonly Contact[], by: SortBy): Contact[] {
  return [...contacts].sort((a, b) => compareBy(by, a, b) || byName(a, b) || byId(a, b));
}

function compareBy(by: SortBy, a: Contact, b: Contact): number {
  switch (by) {
    case "name":
      return byName(a, b);
    case "id":
      return byId(a, b);
    case "nextTry":
      return emptyLast(a.nextTry, b.nextTry, (x, y) => (x < y ? -1 : Number(x > y)));
    case "company":
      return emptyLast(a.company, b.company, (x, y) => collator.compare(x, y));
    case "lock":
      return lockRank[a.lock] - lockRank[b.lock];
  }
}

function byName(a: Contact, b: Contact): number {
  return emptyLast(nameOf(a), nameOf(b), (x, y) => collator.compare(x, y));
}

/** What a person reads first; empty where that would only be the ID. */
function nameOf(contact: Contact): string {
  const hasName = [contact.name, contact.firstName, contact.company].some((part) => part.trim() !== "");
  return hasName ? contactLabel(contact) : "";
}

function byId(a: Contact, b: Contact): number {
  return (a.id ?? Infinity) === (b.id ?? Infinity) ? 0 : (a.id ?? Infinity) - (b.id ?? Infinity);
}

function emptyLast(a: string, b: string, compare: (a: string, b: string) => number): number {
  if (a === "" || b === "") return Number(a === "") - Number(b === "");
  return compare(a, b);
}
