import { slots } from "../api/record/contact";
import { contactIdOf } from "../api/record/key";
import type { ContactKey, ContactList } from "./contactList";
import { ContactTable } from "./contactTable";
import { type ContactsState, listsOf, type ListState, shownList, withList } from "./contactsState";
import { Pause } from "./pause";
import { type Loaded, noCampaignId } from "./readList";

/**
 * Divides the contacts of an answer by campaign. An old server answers with the contacts of all campaigns, and each of
 * them is then answered.
 */
export function tablesByCampaign(
  asked: number,
  { table, others }: Loaded,
  state: ContactsState,
): ReadonlyMap<number, ContactTable> {
  // The server was asked for one campaign, so these contacts belong to it, however they spell its ID.
  if (!others) return new Map([[asked, table]]);
  const tables = table.split((row) => contactIdOf(table.textAt(row, slots.campaignId)) ?? noCampaignId);
  const campaigns = state.kind === "campaigns" ? state.campaigns.map(({ campaign }) => campaign.id) : [];
  for (const id of [...campaigns, asked]) if (!tables.has(id)) tables.set(id, new ContactTable());
  return tables;
}

/**
 * The same answers, plus other lists without the contacts that the answers now contain, so that each contact is listed
 * once.
 */
export async function withoutMoved(
  lists: ReadonlyMap<number, ListState>,
  stateNow: () => ContactsState,
): Promise<ReadonlyMap<number, ListState>> {
  const answered = [...lists.values()].flatMap((list) => shownList(list) ?? []);
  const moved = await keysAlsoIn(answered, othersThan(lists, stateNow()));
  const all = new Map(lists);
  if (moved.size === 0) return all;
  for (const { campaignId, contacts } of othersThan(lists, stateNow())) {
    const left = withList(contacts, (list) => list.with(moved));
    if (campaignId !== undefined && shownList(left) !== shownList(contacts)) all.set(campaignId, left);
  }
  return all;
}

function othersThan(lists: ReadonlyMap<number, ListState>, state: ContactsState): ReturnType<typeof listsOf> {
  return listsOf(state).filter(({ campaignId }) => campaignId !== undefined && !lists.has(campaignId));
}

async function keysAlsoIn(
  answered: readonly ContactList[],
  others: ReturnType<typeof listsOf>,
): Promise<Map<ContactKey, undefined>> {
  const moved = new Map<ContactKey, undefined>();
  const pause = new Pause();
  for (const { contacts } of others) {
    for (const key of shownList(contacts)?.keys() ?? []) {
      if (answered.some((list) => list.has(key))) moved.set(key, undefined);
      await pause.ifDue();
    }
  }
  return moved;
}
