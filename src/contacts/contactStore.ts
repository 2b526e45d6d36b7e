import { NoSuchPath } from "../api/apiError";
import { type Campaign, campaignFromRecord } from "../api/campaign";
import { type Contact, contactFromRecord, type LockState } from "../api/contact";
import type { Change } from "../api/change";
import type { Connection } from "../endpoint/connect";
import { Signal } from "../signal";
import type { ItemResult } from "./actionReport";
import { contactActions } from "./contactAction";
import type { SortBy } from "./contactFilter";
import { type ContactKey, ContactList } from "./contactList";
import { CampaignRow, ContactRow } from "./contactRow";
import {
  type CampaignEntry,
  type ContactsState,
  listsOf,
  type ListState,
  shownList,
  withList,
} from "./contactsState";

export type GroupBy = "campaign" | "none";

/** How a person wants the list; read whenever it matters. */
export interface ListPreferences {
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  readonly lockField: string;
}

/** What changed: everything, what is below one campaign, or some rows in themselves. */
export type StoreChange =
  | { readonly kind: "all" }
  | { readonly kind: "campaign"; readonly row: CampaignRow }
  | { readonly kind: "rows"; readonly rows: readonly ContactRow[] };

/** Contacts of no campaign are gathered under this ID, which no campaign can have. */
export const noCampaignId = 0;

/** The list of contacts. Its state is replaced whole; a reply for a connection that is no longer the store's is dropped. */
export class ContactStore {
  readonly changed = new Signal<StoreChange>();
  #state: ContactsState = { kind: "closed" };
  #contactRows = new Map<ContactKey, ContactRow>();
  #campaignRows = new Map<number, CampaignRow>();
  /** What this extension itself did, for servers whose records name no lock. */
  #ownLocks = new Map<number, LockState>();
  #ownLocksAt = "";
  /** What was done while an answer was awaited that may be older; undefined: the contact is gone. */
  #meanwhile = new Map<ContactKey, LockState | undefined>();
  #inDoubt = new Set<ContactKey>();
  /** Tells the refresh under way from one that something else has overtaken. */
  #refresh = Symbol("none");
  /** The campaigns that were answered since the refresh under way began. */
  #refreshed = new Set<number>();

  constructor(readonly preferences: () => ListPreferences) {}

  get state(): ContactsState {
    return this.#state;
  }

  /** Goes over to another connection, or to none. Nothing is requested. */
  open(connection: Connection | undefined): void {
    if (connection !== undefined && connection.baseUrl !== this.#ownLocksAt) {
      this.#ownLocks = new Map();
      this.#ownLocksAt = connection.baseUrl;
    }
    this.#contactRows = new Map();
    this.#campaignRows = new Map();
    this.#inDoubt = new Set();
    this.#refresh = Symbol("none");
    this.#become(connection === undefined ? { kind: "closed" } : { kind: "opened", connection });
  }

  /** Asks for the contacts in the wanted grouping, unless that was done. Never throws; a failure is a state. */
  async load(): Promise<void> {
    if (this.#state.kind === "opened") await this.refresh();
  }

  /** Asks again for everything that is listed. What is listed stays until the answers are there. Never throws. */
  async refresh(): Promise<void> {
    const state = this.#state;
    if (state.kind === "closed") return;
    const { connection } = state;
    if (this.preferences().groupBy === "none") {
      await this.#loadFlat(connection);
      return;
    }
    if (state.kind === "campaigns") this.#become({ ...state, refreshing: true });
    else if (state.kind === "flat") this.#become({ ...state, contacts: this.#awaiting(state.contacts) });
    else this.#become({ kind: "loading", connection });
    await this.#loadCampaigns(connection);
  }

  /** Asks for the contacts of one campaign, unless that is under way or, without `again`, done. */
  async loadCampaign(row: CampaignRow, again = false): Promise<void> {
    const entry = this.campaign(row);
    const { connection, campaignId } = row;
    if (
      entry === undefined ||
      entry.contacts.kind === "loading" ||
      (entry.contacts.kind === "listed" && !again)
    )
      return;
    const mine = this.#awaiting(entry.contacts);
    this.#replaceCampaigns(connection, new Map([[campaignId, mine]]));
    const awaited = (): Awaited | undefined => awaitedOf(this.campaign(row)?.contacts, mine.turn);
    try {
      const loaded = await this.#read(connection, campaignId);
      if (awaited() !== undefined) this.#takeCampaigns(connection, campaignId, loaded);
    } catch (error) {
      const now = awaited();
      if (now === undefined) return;
      const failed: ListState = { kind: "failed", error, stale: now.stale };
      this.#replaceCampaigns(connection, new Map([[campaignId, failed]]));
    }
  }

  /** Puts every list into the wanted order. */
  sort(): void {
    const { sortBy } = this.preferences();
    this.#become(mapLists(this.#state, (contacts) => withList(contacts, (list) => list.sorted(sortBy))));
  }

  /** Takes over what actions did, without asking the server again. Results of another server are ignored. */
  apply(connection: Connection, change: Change, results: readonly ItemResult[]): void {
    const state = this.#state;
    if (state.kind === "closed" || state.connection.baseUrl !== connection.baseUrl) return;
    const { leaves } = contactActions[change];
    const changes = new Map<ContactKey, Contact | undefined>();
    const touched: ContactRow[] = [];
    const isAwaiting = isAnythingAwaited(state);
    for (const { id, outcome } of results) {
      if (id === undefined) continue;
      const key = String(id);
      const removes =
        outcome === "notFound" || (leaves === undefined && (outcome === "done" || outcome === "gone"));
      if (leaves !== undefined && outcome === "done") this.#ownLocks.set(id, leaves);
      if (leaves !== undefined && outcome === "unknown") this.#ownLocks.delete(id);
      if (isAwaiting && (removes || outcome === "done"))
        this.#meanwhile.set(key, removes ? undefined : leaves);
      const contact = this.#contactOf(key);
      if (contact === undefined) continue;
      if (outcome === "unknown") this.#inDoubt.add(key);
      if (outcome === "done") this.#inDoubt.delete(key);
      if (removes) changes.set(key, undefined);
      else if (leaves !== undefined && outcome === "done") changes.set(key, { ...contact, lock: leaves });
      else if (outcome !== "unknown") continue;
      touched.push(this.#rowOf(state.connection, key));
    }
    if (touched.length > 0) this.#change(changes, touched);
  }

  /** The contact of a row; undefined when it is no longer listed. */
  contact(row: ContactRow): Contact | undefined {
    return this.#isCurrent(row.connection) ? this.#contactOf(row.key) : undefined;
  }

  campaign(row: CampaignRow): CampaignEntry | undefined {
    const state = this.#state;
    if (state.kind !== "campaigns" || state.connection !== row.connection) return undefined;
    return state.campaigns.find(({ campaign }) => campaign.id === row.campaignId);
  }

  /** The campaign's name, where campaigns are known; for confirmations and hovers. */
  campaignName(id: number | undefined): string | undefined {
    const state = this.#state;
    if (state.kind !== "campaigns") return undefined;
    return state.campaigns.find(({ campaign }) => campaign.id === id)?.campaign.name;
  }

  /** A change of this contact may have been made, and nobody could find out. */
  isInDoubt(row: ContactRow): boolean {
    return this.#inDoubt.has(row.key);
  }

  /** The rows of a list, in its order: the same objects as before for contacts that were listed before. */
  rows(list: ContactList, start?: number, end?: number): ContactRow[] {
    const state = this.#state;
    if (state.kind === "closed") return [];
    return list.slice(start, end).map(({ key }) => this.#rowOf(state.connection, key));
  }

  campaignRows(): CampaignRow[] {
    const state = this.#state;
    if (state.kind !== "campaigns") return [];
    return state.campaigns.map(({ campaign }) => this.#campaignRowOf(state.connection, campaign.id));
  }

  /** The row of a listed contact; undefined when it is not listed. */
  rowById(id: number): ContactRow | undefined {
    const state = this.#state;
    if (state.kind === "closed" || this.#contactOf(String(id)) === undefined) return undefined;
    return this.#rowOf(state.connection, String(id));
  }

  /** The campaign row above a contact; undefined in the flat list. */
  parentOf(row: ContactRow): CampaignRow | undefined {
    const state = this.#state;
    if (state.kind !== "campaigns") return undefined;
    const entry = state.campaigns.find(({ contacts }) => shownList(contacts)?.byKey(row.key) !== undefined);
    return entry && this.#campaignRowOf(state.connection, entry.campaign.id);
  }

  async #loadFlat(connection: Connection): Promise<void> {
    this.#refresh = Symbol("flat");
    const before = this.#state;
    const mine = this.#awaiting(before.kind === "flat" ? before.contacts : { kind: "idle" });
    const under = (contacts: ListState): ContactsState => ({ kind: "flat", connection, contacts });
    this.#become(under(mine));
    const awaited = (): Awaited | undefined => {
      return this.#state.kind === "flat" ? awaitedOf(this.#state.contacts, mine.turn) : undefined;
    };
    try {
      const loaded = await this.#read(connection, undefined);
      if (awaited() !== undefined) this.#become(under(this.#listed(loaded.contacts, loaded.announced)));
    } catch (error) {
      const now = awaited();
      if (now !== undefined) this.#become(under({ kind: "failed", error, stale: now.stale }));
    }
  }

  async #loadCampaigns(connection: Connection): Promise<void> {
    const mine = (this.#refresh = Symbol("refresh"));
    this.#refreshed = new Set();
    let campaigns: readonly Campaign[];
    try {
      const records = await connection.client.listCampaigns(connection.ended);
      campaigns = records.map(campaignFromRecord).filter((campaign) => campaign !== undefined);
    } catch (error) {
      if (this.#refresh !== mine) return;
      const state = this.#state;
      if (state.kind === "campaigns") this.#become({ ...state, refreshing: false, problem: error });
      // Older servers have no campaigns to ask for; their contacts can still be listed.
      else if (error instanceof NoSuchPath) await this.#loadFlat(connection);
      else if (state.kind === "flat") {
        this.#become({ ...state, contacts: { kind: "failed", error, stale: shownList(state.contacts) } });
      } else this.#become({ kind: "failed", connection, error });
      return;
    }
    if (this.#refresh !== mine) return;
    const before = new Map(listsOf(this.#state).map(({ campaignId, contacts }) => [campaignId, contacts]));
    const entries = campaigns.map((campaign): CampaignEntry => {
      return { campaign, contacts: before.get(campaign.id) ?? { kind: "idle" } };
    });
    this.#become({
      kind: "campaigns",
      connection,
      campaigns: entries,
      refreshing: false,
      problem: undefined,
    });
    const wereListed = entries.filter(({ contacts }) => contacts.kind !== "idle");
    for (const { campaign } of wereListed) {
      // The answer for one campaign may have held them all.
      if (this.#refresh === mine && !this.#refreshed.has(campaign.id)) {
        await this.loadCampaign(this.#campaignRowOf(connection, campaign.id), true);
      }
    }
  }

  async #read(connection: Connection, campaignId: number | undefined): Promise<Loaded> {
    const asked = campaignId === noCampaignId ? undefined : campaignId;
    const contacts: Contact[] = [];
    let announced: number | undefined;
    for await (const batch of connection.client.listContacts(asked, connection.ended)) {
      for (const record of batch.records) {
        contacts.push(this.#withOwnLock(contactFromRecord(record, this.preferences().lockField)));
      }
      announced = batch.announced ?? announced;
    }
    return { contacts, announced };
  }

  #withOwnLock(contact: Contact): Contact {
    const own =
      contact.lock === "unknown" && contact.id !== undefined ? this.#ownLocks.get(contact.id) : undefined;
    return own === undefined ? contact : { ...contact, lock: own };
  }

  /** A list that is asked for now. */
  #awaiting(before: ListState): Awaited {
    if (!isAnythingAwaited(this.#state)) this.#meanwhile = new Map();
    return { kind: "loading", turn: Symbol("turn"), stale: shownList(before) };
  }

  #listed(contacts: readonly Contact[], announced: number | undefined, scope = ""): ListState {
    for (const { id } of contacts) this.#inDoubt.delete(String(id));
    const list = ContactList.of(contacts, this.preferences().sortBy, scope);
    const changes = new Map<ContactKey, Contact | undefined>();
    for (const [key, lock] of this.#meanwhile) {
      const contact = list.byKey(key);
      if (contact !== undefined) changes.set(key, lock === undefined ? undefined : { ...contact, lock });
    }
    return { kind: "listed", list: list.with(changes), announced, received: contacts.length };
  }

  /** An old server answers with the contacts of all campaigns: then all campaigns have their answer. */
  #takeCampaigns(connection: Connection, campaignId: number, { contacts, announced }: Loaded): void {
    const isOther = ({ campaignId: id }: Contact): boolean => id !== undefined && id !== campaignId;
    const all = campaignId === noCampaignId || contacts.some(isOther);
    const byCampaign = new Map<number, Contact[]>([[campaignId, []]]);
    if (all && this.#state.kind === "campaigns") {
      for (const { campaign } of this.#state.campaigns) byCampaign.set(campaign.id, []);
    }
    for (const contact of contacts) {
      // The server was asked for one campaign: it says that this one belongs there, in whatever way it is written.
      const id = all ? (contact.campaignId ?? noCampaignId) : campaignId;
      const members = byCampaign.get(id);
      if (members === undefined) byCampaign.set(id, [contact]);
      else members.push(contact);
    }
    const lists = new Map<number, ListState>();
    for (const [id, members] of byCampaign) {
      lists.set(id, this.#listed(members, all ? undefined : announced, String(id)));
      this.#refreshed.add(id);
    }
    this.#replaceCampaigns(connection, this.#withoutMoved(lists));
  }

  /** The same answers, and the other lists without the contacts that are in an answer now: one row has one place. */
  #withoutMoved(lists: ReadonlyMap<number, ListState>): ReadonlyMap<number, ListState> {
    const moved = new Map<ContactKey, undefined>();
    for (const list of lists.values()) {
      for (const { key } of shownList(list)?.slice() ?? []) moved.set(key, undefined);
    }
    const all = new Map(lists);
    for (const { campaignId, contacts } of listsOf(this.#state)) {
      if (campaignId === undefined || lists.has(campaignId)) continue;
      const left = withList(contacts, (list) => list.with(moved));
      if (shownList(left) !== shownList(contacts)) all.set(campaignId, left);
    }
    return all;
  }

  #replaceCampaigns(connection: Connection, lists: ReadonlyMap<number, ListState>): void {
    const state = this.#state;
    if (state.kind !== "campaigns" || state.connection !== connection) return;
    const known = new Set(state.campaigns.map(({ campaign }) => campaign.id));
    const found = [...lists.keys()].filter((id) => !known.has(id));
    const campaigns = [
      ...state.campaigns,
      ...found.map((id): CampaignEntry => ({
        campaign: { id, name: "", languageId: undefined },
        contacts: { kind: "idle" },
      })),
    ].map((entry) => ({ ...entry, contacts: lists.get(entry.campaign.id) ?? entry.contacts }));
    this.#state = { ...state, campaigns };
    if (found.length > 0) this.changed.send({ kind: "all" });
    else
      for (const id of lists.keys())
        this.changed.send({ kind: "campaign", row: this.#campaignRowOf(connection, id) });
  }

  #change(changes: ReadonlyMap<ContactKey, Contact | undefined>, touched: readonly ContactRow[]): void {
    const gone = touched.filter(({ key }) => changes.has(key) && changes.get(key) === undefined);
    const parents = new Set(gone.map((row) => this.parentOf(row)));
    this.#state = mapLists(this.#state, (contacts) => withList(contacts, (list) => list.with(changes)));
    for (const { key } of gone) {
      this.#contactRows.delete(key);
      this.#inDoubt.delete(key);
    }
    for (const parent of parents)
      this.changed.send(parent === undefined ? { kind: "all" } : { kind: "campaign", row: parent });
    const left = touched.filter((row) => !gone.includes(row));
    if (left.length > 0) this.changed.send({ kind: "rows", rows: left });
  }

  #contactOf(key: ContactKey): Contact | undefined {
    for (const { contacts } of listsOf(this.#state)) {
      const contact = shownList(contacts)?.byKey(key);
      if (contact !== undefined) return contact;
    }
    return undefined;
  }

  #isCurrent(connection: Connection): boolean {
    return this.#state.kind !== "closed" && this.#state.connection === connection;
  }

  #rowOf(connection: Connection, key: ContactKey): ContactRow {
    let row = this.#contactRows.get(key);
    if (row === undefined) this.#contactRows.set(key, (row = new ContactRow(connection, key)));
    return row;
  }

  #campaignRowOf(connection: Connection, id: number): CampaignRow {
    let row = this.#campaignRows.get(id);
    if (row === undefined) this.#campaignRows.set(id, (row = new CampaignRow(connection, id)));
    return row;
  }

  #become(state: ContactsState): void {
    this.#state = state;
    this.changed.send({ kind: "all" });
  }
}

type Awaited = Extract<ListState, { kind: "loading" }>;

/** The state of a list, if it still awaits the answer to this request. */
function awaitedOf(state: ListState | undefined, turn: symbol): Awaited | undefined {
  return state?.kind === "loading" && state.turn === turn ? state : undefined;
}

function isAnythingAwaited(state: ContactsState): boolean {
  return listsOf(state).some(({ contacts }) => contacts.kind === "loading");
}

interface Loaded {
  readonly contacts: readonly Contact[];
  readonly announced: number | undefined;
}

function mapLists(state: ContactsState, change: (contacts: ListState) => ListState): ContactsState {
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
