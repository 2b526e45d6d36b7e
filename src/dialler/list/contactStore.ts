import { Signal } from "../../signal";
import type { Change } from "../api/changeRules";
import { NoSuchPath } from "../api/http/replyErrors";
import { type Campaign, campaignFromRecord } from "../api/record/campaign";
import type { Contact, LockState } from "../api/record/contact";
import type { Connection } from "../endpoint/connect";
import { contactActions } from "../runs/contactAction";
import type { EntryResult } from "../runs/outcome";
import { tablesByCampaign, withoutMoved } from "./campaignTables";
import type { ContactFilter } from "./contactFilter";
import { type ContactChanges, type ContactKey, ContactList } from "./contactList";
import { orderRows, type SortBy } from "./contactOrder";
import { ContactTable } from "./contactTable";
import {
  type CampaignEntry,
  type ContactsState,
  listsOf,
  type ListState,
  mapLists,
  shownList,
  withList,
} from "./contactsState";
import { FilteredLists } from "./filteredLists";
import { OwnChanges } from "./ownChanges";
import { type Arrived, type Loaded, readList } from "./readList";
import { RowHandles } from "./rowHandles";
import type { CampaignRow, ContactRow } from "./rows";
import { listLooksTheSame, looksTheSame } from "./sameLook";

export type GroupBy = "campaign" | "none";

/** How a person wants the list; read whenever it matters. */
export interface ListPreferences {
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  readonly lockField: string;
}

/**
 * What changed: everything, what is below one campaign, or some rows in themselves. `progress`: no row looks different,
 * so that a tree need not be drawn anew under somebody's pointer.
 */
export type StoreChange =
  | { readonly kind: "progress" }
  | { readonly kind: "all" }
  | { readonly kind: "campaign"; readonly row: CampaignRow }
  | { readonly kind: "rows"; readonly rows: readonly ContactRow[] };

/** The list of contacts. Its state is replaced whole; a reply for a connection that is no longer the store's is dropped. */
export class ContactStore {
  readonly changed = new Signal<StoreChange>();
  #state: ContactsState = { kind: "closed" };
  #rows = new RowHandles();
  readonly #known = new OwnChanges();
  /** Tells the refresh under way from one that something else has overtaken. */
  #refresh = Symbol("none");
  /** The campaigns that were answered since the refresh under way began. */
  #refreshed = new Set<number>();
  /** The lists that are being read, to be stopped by a person. */
  readonly #reading = new Set<AbortController>();

  readonly #view: FilteredLists;
  /** Each server's own filter, by its base URL. */
  readonly #filters = new Map<string, ContactFilter | undefined>();

  constructor(readonly preferences: () => ListPreferences) {
    this.#view = new FilteredLists(
      () => listsOf(this.#state).flatMap(({ contacts }) => shownList(contacts) ?? []),
      (id) => this.campaignName(id),
      (change) => {
        // Where there is something to look through, its first matches take the place of the rows in sight.
        const isSoonKnown = this.#view.isAnythingOpen && this.filter?.asksDuplicates === false;
        const awaited = change === "filter" && isSoonKnown;
        this.changed.send({ kind: awaited ? "progress" : "all" });
      },
    );
    this.changed.listen(() => this.#view.catchUp());
  }

  get state(): ContactsState {
    return this.#state;
  }

  /** Goes over to another connection, or to none. Nothing is requested. */
  open(connection: Connection | undefined): void {
    this.#known.open(connection?.baseUrl);
    this.#rows = new RowHandles();
    this.#refresh = Symbol("none");
    this.#become(connection === undefined ? { kind: "closed" } : { kind: "opened", connection });
    if (connection !== undefined) this.#view.setFilter(this.#filters.get(connection.baseUrl));
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
    const arrived = (table: ContactTable, others: boolean): void => {
      const now = awaited();
      // A server that sends every campaign's contacts is sorted out at the end.
      if (now === undefined || others) return;
      this.#replaceCampaigns(
        connection,
        new Map([[campaignId, this.#arriving(now, table, String(campaignId))]]),
      );
    };
    const loaded = await this.#read(connection, campaignId, arrived);
    if (loaded.error !== undefined) {
      const now = awaited();
      if (now !== undefined)
        this.#replaceCampaigns(connection, new Map([[campaignId, failedState(now, loaded.error)]]));
      return;
    }
    const lists = awaited() === undefined ? undefined : await this.#campaignLists(campaignId, loaded);
    if (lists === undefined || awaited() === undefined) return;
    for (const id of lists.keys()) this.#refreshed.add(id);
    this.#replaceCampaigns(connection, lists);
  }

  /** Ends the reading of lists; what has arrived stays. */
  stop(): void {
    for (const reading of this.#reading) reading.abort();
  }

  /** The filter in force; undefined when everything is shown. */
  get filter(): ContactFilter | undefined {
    return this.#view.filter;
  }

  /** Shows only the contacts that match, of everything that is loaded and will be; undefined shows all. */
  setFilter(filter: ContactFilter | undefined): void {
    if (this.#state.kind !== "closed") this.#filters.set(this.#state.connection.baseUrl, filter);
    this.#view.setFilter(filter);
  }

  /** Resolves when every list has been gone through with the filter in force. */
  async filtered(): Promise<void> {
    await this.#view.settled();
  }

  /** The contacts of a list that are shown: those that match, as far as they are found. */
  visible(list: ContactList): ContactList {
    return this.#view.of(list);
  }

  /** Asks for the contacts of every campaign that nobody has opened yet, one after the other. Never throws. */
  async loadAll(): Promise<void> {
    for (const row of this.campaignRows()) {
      if (this.campaign(row)?.contacts.kind === "idle") await this.loadCampaign(row);
    }
  }

  /** Puts every list into the wanted order; each as soon as it is in order. */
  async sort(): Promise<void> {
    // What is still arriving stays in the server's order until it is all there.
    const lists = listsOf(this.#state).flatMap(({ contacts }) => {
      if (contacts.kind === "idle") return [];
      return (contacts.kind === "listed" ? contacts.list : contacts.stale) ?? [];
    });
    for (const list of lists) {
      const sorted = await this.#sorted(list);
      // A list that has changed meanwhile was replaced, and with it what was sorted.
      this.#become(
        mapLists(this.#state, (contacts) => withList(contacts, (now) => (now === list ? sorted : now))),
      );
    }
  }

  /** Takes over what actions did, without asking the server again. Results of another server are ignored. */
  apply(connection: Connection, change: Change, results: readonly EntryResult[]): void {
    const state = this.#state;
    if (state.kind === "closed" || state.connection.baseUrl !== connection.baseUrl) return;
    const { effect } = contactActions[change];
    const changes = new Map<ContactKey, LockState | undefined>();
    const touched: ContactRow[] = [];
    const isAwaiting = isAnythingAwaited(state);
    for (const { id, outcome } of results) {
      if (id === undefined) continue;
      const key = String(id);
      const seen = this.#known.note(id, outcome, effect, isAwaiting);
      if (seen === "none" || this.#contactOf(key) === undefined) continue;
      if (seen === "inDoubt") this.#known.doubt(key);
      else {
        this.#known.settle(key);
        changes.set(key, seen.becomes);
      }
      touched.push(this.#rows.contact(state.connection, key));
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
    return this.#known.isInDoubt(row.key);
  }

  /** The rows of a list, in its order: the same objects as before for contacts that were listed before. */
  rows(list: ContactList, start?: number, end?: number): ContactRow[] {
    const state = this.#state;
    if (state.kind === "closed") return [];
    return list.keys(start, end).map((key) => this.#rows.contact(state.connection, key));
  }

  campaignRows(): CampaignRow[] {
    const state = this.#state;
    if (state.kind !== "campaigns") return [];
    return state.campaigns.map(({ campaign }) => this.#rows.campaign(state.connection, campaign.id));
  }

  /** The row of a listed contact; undefined when it is not listed. */
  rowById(id: number): ContactRow | undefined {
    const state = this.#state;
    if (state.kind === "closed" || this.#contactOf(String(id)) === undefined) return undefined;
    return this.#rows.contact(state.connection, String(id));
  }

  /** The campaign row above a contact; undefined in the flat list. */
  parentOf(row: ContactRow): CampaignRow | undefined {
    const state = this.#state;
    if (state.kind !== "campaigns") return undefined;
    const entry = state.campaigns.find(({ contacts }) => shownList(contacts)?.has(row.key) === true);
    return entry && this.#rows.campaign(state.connection, entry.campaign.id);
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
    const loaded = await this.#read(connection, undefined, (table) => {
      const now = awaited();
      if (now !== undefined) this.#become(under(this.#arriving(now, table, "")));
    });
    if (loaded.error !== undefined) {
      const now = awaited();
      if (now !== undefined) this.#become(under(failedState(now, loaded.error)));
      return;
    }
    const listed = awaited() === undefined ? undefined : await this.#listed(loaded, loaded.table, "");
    if (listed !== undefined && awaited() !== undefined) this.#become(under(listed));
  }

  async #loadCampaigns(connection: Connection): Promise<void> {
    const mine = (this.#refresh = Symbol("refresh"));
    this.#refreshed = new Set();
    let campaigns: readonly Campaign[];
    try {
      const records = await connection.client.listCampaigns({ signal: connection.ended });
      campaigns = records.map(campaignFromRecord).filter((campaign) => campaign !== undefined);
    } catch (error) {
      if (this.#refresh !== mine) return;
      const state = this.#state;
      if (state.kind === "campaigns") this.#become({ ...state, refreshing: false, problem: error });
      // Older servers have no campaigns to ask for; their contacts can still be listed.
      else if (error instanceof NoSuchPath) await this.#loadFlat(connection);
      else if (state.kind === "flat") {
        this.#become({
          ...state,
          contacts: { kind: "failed", error, stale: shownList(state.contacts), partial: false },
        });
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
        await this.loadCampaign(this.#rows.campaign(connection, campaign.id), true);
      }
    }
  }

  async #read(connection: Connection, campaignId: number | undefined, arrived: Arrived): Promise<Loaded> {
    const stop = new AbortController();
    this.#reading.add(stop);
    const loaded = await readList(connection, campaignId, stop.signal, arrived);
    this.#reading.delete(stop);
    return loaded;
  }

  /** A list that is asked for now. */
  #awaiting(before: ListState): Awaited {
    if (!isAnythingAwaited(this.#state)) this.#known.beginAwaiting();
    const stale = shownList(before);
    return { kind: "loading", turn: Symbol("turn"), stale, arriving: undefined, startedAt: Date.now() };
  }

  #arriving(now: Awaited, table: ContactTable, scope: string): Awaited {
    return { ...now, arriving: this.#known.over(ContactList.of(table, scope)) };
  }

  async #listed(loaded: Loaded, table: ContactTable, scope: string): Promise<ListState> {
    const arrived = ContactList.of(table, scope);
    const sorted = await this.#sorted(arrived);
    this.#settleDoubts(sorted);
    const { announced, stopped, others } = loaded;
    const list = this.#known.over(sorted);
    return {
      kind: "listed",
      list,
      announced: others ? undefined : announced,
      received: table.count,
      stopped,
    };
  }

  /** What the server has told anew is in doubt no more. */
  #settleDoubts(list: ContactList): void {
    const rows = this.#known.settleAll(list).flatMap((key) => this.#rows.known(key) ?? []);
    if (rows.length > 0) this.changed.send({ kind: "rows", rows });
  }

  #sorted(list: ContactList): Promise<ContactList> {
    return list.sorted((table, rows, lockAt) => orderRows(table, rows, lockAt, this.preferences().sortBy));
  }

  /** What an answer says of the lists: of the one asked for, and of the others where it holds their contacts too. */
  async #campaignLists(campaignId: number, loaded: Loaded): Promise<ReadonlyMap<number, ListState>> {
    const lists = new Map<number, ListState>();
    for (const [id, table] of tablesByCampaign(campaignId, loaded, this.#state))
      lists.set(id, await this.#listed(loaded, table, String(id)));
    return withoutMoved(lists, () => this.#state);
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
    if (found.length > 0) {
      this.changed.send({ kind: "all" });
      return;
    }
    for (const { campaign, contacts } of state.campaigns) {
      const now = lists.get(campaign.id);
      if (now === undefined) continue;
      const row = this.#rows.campaign(connection, campaign.id);
      this.changed.send(listLooksTheSame(contacts, now) ? { kind: "progress" } : { kind: "campaign", row });
    }
  }

  #change(changes: ContactChanges, touched: readonly ContactRow[]): void {
    const gone = touched.filter(({ key }) => changes.has(key) && changes.get(key) === undefined);
    const parents = new Set(gone.map((row) => this.parentOf(row)));
    const changed = (list: ContactList): ContactList =>
      this.#view.takeAlong(list, list.with(changes), changes);
    this.#state = mapLists(this.#state, (contacts) => withList(contacts, changed));
    for (const { key } of gone) {
      this.#rows.forget(key);
      this.#known.settle(key);
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

  #become(state: ContactsState): void {
    const before = this.#state;
    this.#state = state;
    this.changed.send({ kind: looksTheSame(before, state) ? "progress" : "all" });
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

/** What was listed before stays; where nothing was, what has arrived does. */
function failedState({ stale, arriving }: Awaited, error: unknown): ListState {
  return {
    kind: "failed",
    error,
    stale: stale ?? arriving,
    partial: stale === undefined && arriving !== undefined,
  };
}
