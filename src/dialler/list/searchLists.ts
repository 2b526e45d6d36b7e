import type { Contact } from "../api/record/contact";
import type { ContactFilter } from "./contactFilter";
import { type ContactsState, listsOf, shownList } from "./contactsState";

/** What a search over everything loaded found. */
export interface Found {
  readonly contacts: readonly Contact[];
  /** How many match, those beyond the limit included. */
  readonly matching: number;
  /** How many contacts were looked at. */
  readonly loaded: number;
  /** How many campaigns are not loaded, so that matches in them are not known. */
  readonly campaignsNotLoaded: number;
}

/** Goes once through what is loaded, without changing the filter in force; undefined when it was cancelled. */
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
