import type { ContactList } from "../../../dialler/list/contactList";
import type { ContactStore } from "../../../dialler/list/contactStore";
import { listsOf, shownList } from "../../../dialler/list/contactsState";
import { CampaignRow, type ContactRow } from "../../../dialler/list/rows";

type Lists = Pick<ContactStore, "state" | "visible">;
type Filtered = Pick<ContactStore, "campaign" | "filter" | "visible">;
type Placed = Lists & Pick<ContactStore, "rows" | "parentOf">;

/**
 * The rows to go on from when `rows` have left the list, the best first: the next sibling of the first row, the previous
 * one, and the campaign above.
 */
export function neighbours(store: Placed, rows: readonly ContactRow[]): (ContactRow | CampaignRow)[] {
  const [first] = rows;
  if (first === undefined) return [];
  const campaign = store.parentOf(first);
  const list = visibleList(store, campaign?.campaignId);
  const place = list?.indexOf(first.key);
  const siblings =
    list === undefined || place === undefined
      ? []
      : [sibling(store, list, rows, place, 1), sibling(store, list, rows, place, -1)];
  return [...siblings, campaign].filter((row) => row !== undefined);
}

/** Whether a row is in the list as the filter leaves it. */
export function isListed(store: Placed & Filtered, row: ContactRow | CampaignRow): boolean {
  if (row instanceof CampaignRow) return store.campaign(row) !== undefined && mayHoldMatches(store, row);
  return visibleList(store, store.parentOf(row)?.campaignId)?.has(row.key) === true;
}

/** A filter hides the campaigns in which nothing matches; one that was never opened may hold matches. */
export function mayHoldMatches(store: Filtered, row: CampaignRow): boolean {
  const entry = store.campaign(row);
  if (store.filter === undefined || entry?.contacts.kind !== "listed") return true;
  return store.visible(entry.contacts.list).count > 0;
}

/** The list of a campaign, or the flat one, as the filter leaves it. */
export function visibleList(store: Lists, campaignId: number | undefined): ContactList | undefined {
  const found = listsOf(store.state).find((candidate) => candidate.campaignId === campaignId);
  const whole = found && shownList(found.contacts);
  return whole && store.visible(whole);
}

/** The nearest row in one direction that is not one of `rows`. */
function sibling(
  store: Pick<ContactStore, "rows">,
  list: ContactList,
  rows: readonly ContactRow[],
  place: number,
  step: 1 | -1,
): ContactRow | undefined {
  const passed = new Set(rows.map(({ key }) => key));
  let at = place + step;
  while (at >= 0 && at < list.count && list.keys(at, at + 1).some((key) => passed.has(key))) at += step;
  return at < 0 ? undefined : store.rows(list, at, at + 1)[0];
}
