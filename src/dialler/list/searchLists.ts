import type { Contact } from "../api/record/contact";
import type { ContactFilter } from "./contactFilter";
import { type ContactsState, listsOf, shownList } from "./contactsState";

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
