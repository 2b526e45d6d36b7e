import type { Campaign } from "../api/record/campaign";
import type { Contact } from "../api/record/contact";
import type { Connection } from "../endpoint/connect";
import type { ContactKey, ContactList } from "./contactList";

/** The state of a list of contacts. `stale` is the previous list, which stays visible until a newer one arrives. */
export type ListState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "loading";
      readonly stale: ContactList | undefined;
      /** The contacts that have arrived, in the server's order; undefined before the first one. */
      readonly arriving: ContactList | undefined;
      readonly startedAt: number;
      /** Identifies the current request. Answers to other requests are too late. */
      readonly turn: symbol;
    }
  | {
      readonly kind: "listed";
      readonly list: ContactList;
      readonly announced: number | undefined;
      readonly received: number;
      /** Reading was stopped, so there are more contacts than these. */
      readonly stopped: boolean;
    }
  | {
      readonly kind: "failed";
      readonly error: unknown;
      readonly stale: ContactList | undefined;
      /** `stale` is the part that arrived before the failure, not a complete earlier list. */
      readonly partial: boolean;
    };

export interface CampaignEntry {
  readonly campaign: Campaign;
  readonly contacts: ListState;
}

/** The known contacts of an endpoint. Always replaced as a whole, never modified. */
export type ContactsState =
  | { readonly kind: "closed" }
  /** Connected; nothing was requested yet. */
  | { readonly kind: "opened"; readonly connection: Connection }
  | { readonly kind: "loading"; readonly connection: Connection }
  | { readonly kind: "failed"; readonly connection: Connection; readonly error: unknown }
  | { readonly kind: "flat"; readonly connection: Connection; readonly contacts: ListState }
  | {
      readonly kind: "campaigns";
      readonly connection: Connection;
      readonly campaigns: readonly CampaignEntry[];
      readonly refreshing: boolean;
      /** Why the last refresh of the campaigns failed. The old campaigns stay. */
      readonly problem: unknown;
    };

/** The visible contacts of a state, including old ones. */
export function shownList(state: ListState): ContactList | undefined {
  switch (state.kind) {
    case "idle":
      return undefined;
    case "listed":
      return state.list;
    case "loading":
      return state.stale ?? state.arriving;
    case "failed":
      return state.stale;
  }
}

/** The same state with another visible list. */
export function withList(state: ListState, change: (list: ContactList) => ContactList): ListState {
  switch (state.kind) {
    case "idle":
      return state;
    case "listed": {
      const list = change(state.list);
      return list === state.list ? state : { ...state, list };
    }
    case "loading":
      return {
        ...state,
        stale: state.stale && change(state.stale),
        arriving: state.arriving && change(state.arriving),
      };
    case "failed":
      return state.stale === undefined ? state : { ...state, stale: change(state.stale) };
  }
}

/** Every list of a state, with the campaign it belongs to; undefined for the flat one. */
export function listsOf(
  state: ContactsState,
): { readonly campaignId: number | undefined; readonly contacts: ListState }[] {
  switch (state.kind) {
    case "flat":
      return [{ campaignId: undefined, contacts: state.contacts }];
    case "campaigns":
      return state.campaigns.map(({ campaign, contacts }) => ({ campaignId: campaign.id, contacts }));
    case "closed":
    case "opened":
    case "loading":
    case "failed":
      return [];
  }
}

/** Whether anything that a person waits for is being requested. */
export function isLoading(state: ContactsState): boolean {
  if (state.kind === "loading" || (state.kind === "campaigns" && state.refreshing)) return true;
  return isAnythingAwaited(state);
}

/** Whether a list of contacts is being requested. */
export function isAnythingAwaited(state: ContactsState): boolean {
  return listsOf(state).some(({ contacts }) => contacts.kind === "loading");
}

/** A list that is being requested. */
export type Awaited = Extract<ListState, { kind: "loading" }>;

/** The state of a list, if it still awaits the answer to this request. */
export function awaitedOf(state: ListState | undefined, turn: symbol): Awaited | undefined {
  return state?.kind === "loading" && state.turn === turn ? state : undefined;
}

/** The state after a failure. Keeps the previous list or, without one, the contacts that have arrived. */
export function failedState({ stale, arriving }: Awaited, error: unknown): ListState {
  return {
    kind: "failed",
    error,
    stale: stale ?? arriving,
    partial: stale === undefined && arriving !== undefined,
  };
}

/** The listed contact; undefined if no list has it. */
export function contactIn(state: ContactsState, key: ContactKey): Contact | undefined {
  for (const { contacts } of listsOf(state)) {
    const contact = shownList(contacts)?.byKey(key);
    if (contact !== undefined) return contact;
  }
  return undefined;
}

export function campaignIn(state: ContactsState, id: number | undefined): CampaignEntry | undefined {
  if (state.kind !== "campaigns") return undefined;
  return state.campaigns.find(({ campaign }) => campaign.id === id);
}

/** The campaigns with new lists. Unknown campaigns are added, without a name. */
export function withLists(
  campaigns: readonly CampaignEntry[],
  lists: ReadonlyMap<number, ListState>,
): readonly CampaignEntry[] {
  const known = new Set(campaigns.map(({ campaign }) => campaign.id));
  const added = [...lists].filter(([id]) => !known.has(id));
  return [
    ...campaigns.map((entry) => ({ ...entry, contacts: lists.get(entry.campaign.id) ?? entry.contacts })),
    ...added.map(([id, contacts]) => ({ campaign: { id, name: "", languageId: undefined }, contacts })),
  ];
}

/** Whether the contacts of a list have yet to arrive, whatever was listed before. */
export function isWaiting({ kind }: ListState): boolean {
  return kind === "idle" || kind === "loading";
}

/** Whether the server has answered that it has nothing to list. */
export function isEmpty(state: ContactsState): boolean {
  if (state.kind === "flat") return state.contacts.kind === "listed" && state.contacts.list.count === 0;
  return state.kind === "campaigns" && state.campaigns.length === 0;
}

/** The number of loaded contacts, and how many of them are locked. */
export function totalsOf(state: ContactsState): { readonly count: number; readonly locked: number } {
  let count = 0;
  let locked = 0;
  for (const { contacts } of listsOf(state)) {
    const list = shownList(contacts);
    count += list?.count ?? 0;
    locked += list?.lockedCount ?? 0;
  }
  return { count, locked };
}

/** Whether more than one loaded contact has exactly this UserData. */
export function isUserDataShared(state: ContactsState, userData: string): boolean {
  let count = 0;
  for (const { contacts } of listsOf(state)) {
    count += shownList(contacts)?.countWithUserData(userData, 2) ?? 0;
    if (count > 1) return true;
  }
  return false;
}

/** The same state with other lists. */
export function mapLists(state: ContactsState, change: (contacts: ListState) => ListState): ContactsState {
  switch (state.kind) {
    case "flat":
      return { ...state, contacts: change(state.contacts) };
    case "campaigns":
      return {
        ...state,
        campaigns: state.campaigns.map((entry) => ({ ...entry, contacts: change(entry.contacts) })),
      };
    case "closed":
    case "opened":
    case "loading":
    case "failed":
      return state;
  }
}
