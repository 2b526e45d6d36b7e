import type { Contact } from "../api/record/contact";
import { contactIdOf } from "../api/record/key";
import { type ContactFilter, userDataFilter, wordsFilter } from "./contactFilter";
import type { ContactList } from "./contactList";
import { contactIn, type ContactsState, listsOf, shownList } from "./contactsState";

/** The result of a search over all loaded contacts. */
export interface Found {
  readonly contacts: readonly Contact[];
  /** The number of matches, including those beyond the limit. */
  readonly matching: number;
  /** The number of contacts that were searched. */
  readonly loaded: number;
  /** The number of campaigns that are not loaded, whose matches are unknown. */
  readonly campaignsNotLoaded: number;
}

/** Searches all loaded contacts once, without changing the active filter; undefined if it was cancelled. */
export async function searchLists(
  state: ContactsState,
  filter: ContactFilter,
  campaignName: (id: number | undefined) => string | undefined,
  cancelled: AbortSignal,
  limit: number,
): Promise<Found | undefined> {
  const contacts: Contact[] = [];
  let matching = 0;
  let loaded = 0;
  let campaignsNotLoaded = 0;
  for (const list of listsOf(state).map((entry) => shownList(entry.contacts))) {
    if (list === undefined) {
      campaignsNotLoaded++;
      continue;
    }
    const context = { campaignName, isDuplicate: () => false };
    const matches = await list.filtered(filter, context, cancelled, () => undefined);
    if (matches === undefined) return undefined;
    loaded += list.count;
    matching += matches.count;
    contacts.push(...matches.slice(0, limit - contacts.length).map(({ contact }) => contact));
  }
  return { contacts, matching, loaded, campaignsNotLoaded };
}

/** The loaded contacts that a typed text can mean. All of them have an ID that can be sent. */
export interface LoadedMatches {
  /** The contact with this ID, then the contacts with exactly this UserData. */
  readonly exact: readonly Contact[];
  /** The first other contacts that contain every word of the text. */
  readonly matching: readonly Contact[];
  /** There are more matches than these. */
  readonly more: boolean;
}

/** Searches all loaded contacts for an ID, a UserData and words; undefined if it was cancelled. At most `most` of each. */
export async function findLoaded(
  state: ContactsState,
  text: string,
  cancelled: AbortSignal,
  most: number,
): Promise<LoadedMatches | undefined> {
  const id = contactIdOf(text.trim());
  const withId = id === undefined ? undefined : contactIn(state, String(id));
  const exact = new Map<number, Contact>();
  if (id !== undefined && withId !== undefined) exact.set(id, withId);
  const words = wordsFilter(text);
  if (words === undefined) return { exact: [], matching: [], more: false };
  const withUserData = await firstMatches(state, userDataFilter(text), cancelled, most);
  for (const contact of withUserData ?? []) if (contact.id !== undefined) exact.set(contact.id, contact);
  const found = await firstMatches(state, words, cancelled, most + exact.size + 1);
  if (withUserData === undefined || found === undefined) return undefined;
  const others = found.filter(({ id: one }) => one !== undefined && !exact.has(one));
  return { exact: [...exact.values()], matching: others.slice(0, most), more: others.length > most };
}

/** The first matches, list by list; stops as soon as there are enough. */
async function firstMatches(
  state: ContactsState,
  filter: ContactFilter,
  cancelled: AbortSignal,
  most: number,
): Promise<readonly Contact[] | undefined> {
  const found: Contact[] = [];
  const context = { campaignName: () => undefined, isDuplicate: () => false };
  for (const { contacts } of listsOf(state)) {
    const missing = most - found.length;
    if (missing <= 0) break;
    const enough = new AbortController();
    let first: ContactList | undefined;
    const signal = AbortSignal.any([cancelled, enough.signal]);
    const whole = await shownList(contacts)?.filtered(filter, context, signal, (sofar) => {
      first = sofar;
      if (sofar.count >= missing) enough.abort();
    });
    if (cancelled.aborted) return undefined;
    found.push(...((whole ?? first)?.slice(0, missing).map(({ contact }) => contact) ?? []));
  }
  return found;
}
