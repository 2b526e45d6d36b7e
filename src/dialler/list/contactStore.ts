import { Signal } from "../../signal";
import type { Change, ChangeEffect } from "../api/changeRules";
import type { Contact } from "../api/record/contact";
import type { Connection } from "../endpoint/connect";
import { contactActions } from "../runs/contactAction";
import type { EntryResult } from "../runs/outcome";
import type { ContactFilter } from "./contactFilter";
import type { ContactChanges, ContactList } from "./contactList";
import {
  type CampaignEntry,
  campaignIn,
  contactIn,
  type ContactsState,
  isAnythingAwaited,
  listsOf,
  type ListState,
  mapLists,
  shownList,
  withList,
  withLists,
} from "./contactsState";
import { FilteredLists } from "./filteredLists";
import { ListLoader, type ListPreferences } from "./listLoader";
import { ChangesUnderWay, OwnChanges } from "./ownChanges";
import { type CampaignRow, type ContactRow, RowHandles, type StoreChange } from "./rows";
import { listLooksTheSame, looksTheSame } from "./sameLook";

/** Results of an action, as they come. */
export interface AppliedResults {
  readonly connection: Connection;
  readonly change: Change;
  readonly results: readonly EntryResult[];
}

/**
 * The lists of contacts of one connection. Each state replaces the previous one. A reply for a connection that the
 * store no longer has is dropped.
 */
export class ContactStore {
  readonly changed = new Signal<StoreChange>();
  /** Sent with the results of every action, also of one on a server that is not listed. */
  readonly applied = new Signal<AppliedResults>();
  #state: ContactsState = { kind: "closed" };
  #rows = new RowHandles();
  readonly #ownChanges = new OwnChanges();
  readonly #underWay = new ChangesUnderWay();
  /** The names of campaigns that the server has listed. */
  #names: ReadonlyMap<number, string> = new Map();
  #namesAt = "";
  /** Fills the state. Reports of other loaders are dropped. */
  #loader: ListLoader | undefined;
  readonly #view: FilteredLists;
  /** The filter of each server, by base URL. */
  readonly #filters = new Map<string, ContactFilter | undefined>();

  constructor(readonly preferences: () => ListPreferences) {
    this.#view = new FilteredLists(
      () => listsOf(this.#state).flatMap(({ contacts }) => shownList(contacts) ?? []),
      (id) => this.campaignName(id),
      (change) => {
        // If there are contacts to search, the first matches replace the visible rows.
        const isSoonKnown = this.#view.isAnythingOpen && this.filter?.asksDuplicates.length === 0;
        const awaited = change === "filter" && isSoonKnown;
        this.changed.send({ kind: awaited ? "progress" : "all" });
      },
    );
    this.changed.listen(() => this.#view.catchUp());
  }

  get state(): ContactsState {
    return this.#state;
  }

  /** Switches to another connection, or to none. Requests nothing. */
  open(connection: Connection | undefined): void {
    this.#ownChanges.open(connection?.baseUrl);
    if (connection?.baseUrl !== this.#namesAt) this.#names = new Map();
    this.#namesAt = connection?.baseUrl ?? "";
    this.#rows = new RowHandles();
    this.#loader = connection && this.#loaderOf(connection);
    this.#become(connection === undefined ? { kind: "closed" } : { kind: "opened", connection });
    if (connection !== undefined) this.#view.setFilter(this.#filters.get(connection.baseUrl));
  }

  /** Requests the contacts in the selected grouping, unless that was done. Never throws; a failure is a state. */
  async load(): Promise<void> {
    if (this.#state.kind === "opened") await this.refresh();
  }

  /** Requests all listed contacts again. They stay until the answers arrive. Never throws. */
  async refresh(): Promise<void> {
    await this.#loader?.refresh();
  }

  /** Requests the contacts of one campaign, unless they are loading or, without `again`, listed. Never throws. */
  async loadCampaign(row: CampaignRow, again = false): Promise<void> {
    if (this.#isCurrent(row.connection)) await this.#loader?.loadCampaign(row.campaignId, again);
  }

  /** Requests the contacts of all campaigns that were not opened yet, one campaign at a time. Never throws. */
  async loadAll(): Promise<void> {
    await this.#loader?.loadAll();
  }

  /** Stops reading lists. Contacts that have arrived stay. */
  stop(): void {
    this.#loader?.stop();
  }

  /** Sorts every list, and shows each as soon as it is sorted. */
  async sort(): Promise<void> {
    await this.#loader?.sort();
  }

  /** The active filter; undefined if all contacts are shown. */
  get filter(): ContactFilter | undefined {
    return this.#view.filter;
  }

  /** Shows only matching contacts, among those that are loaded now or later; undefined shows all. */
  setFilter(filter: ContactFilter | undefined): void {
    if (this.#state.kind !== "closed") this.#filters.set(this.#state.connection.baseUrl, filter);
    this.#view.setFilter(filter);
  }

  /** Whether a filter has not searched all loaded contacts yet. */
  get isSearching(): boolean {
    return this.filter !== undefined && this.#view.isAnythingOpen;
  }

  /** Resolves when every list has been searched with the active filter. */
  async filtered(): Promise<void> {
    await this.#view.settled();
  }

  /** The visible contacts of a list: the matches found so far. */
  visible(list: ContactList): ContactList {
    return this.#view.of(list);
  }

  /** Notes that an action changes these contacts. Each is under way until its result is applied, or `end` is called. */
  begin({ baseUrl }: Connection, change: Change, ids: readonly number[]): void {
    this.#underWay.begin(baseUrl, change, ids);
    this.#redraw(baseUrl, ids);
  }

  /** Ends what `begin` noted of these contacts. */
  end({ baseUrl }: Connection, ids: readonly number[]): void {
    this.#redraw(baseUrl, this.#underWay.end(baseUrl, ids));
  }

  /** What a running action does to a contact. */
  changeUnderWay({ baseUrl }: Connection, id: number | string): Change | undefined {
    return this.#underWay.of(baseUrl, id);
  }

  /** Applies the results of actions without asking the server again. Results of another server are ignored. */
  apply(connection: Connection, change: Change, results: readonly EntryResult[]): void {
    if (results.length > 0) this.applied.send({ connection, change, results });
    const ended = results.flatMap(({ id }) => id ?? []);
    this.end(connection, ended);
    this.#take(connection, contactActions[change].effect, results);
  }

  /** The server has just said that it has no such contact. */
  noteAbsent({ baseUrl }: Pick<Connection, "baseUrl">, id: number): void {
    this.#take({ baseUrl }, "none", [{ id, outcome: "notFound" }]);
  }

  /** The contact of a row; undefined if it is no longer listed. */
  contact(row: ContactRow): Contact | undefined {
    return this.#isCurrent(row.connection) ? contactIn(this.#state, row.key) : undefined;
  }

  campaign(row: CampaignRow): CampaignEntry | undefined {
    return this.#isCurrent(row.connection) ? campaignIn(this.#state, row.campaignId) : undefined;
  }

  /** The campaign's name, if this server has listed its campaigns; for confirmations and hovers, also of a flat list. */
  campaignName(id: number | undefined): string | undefined {
    return campaignIn(this.#state, id)?.campaign.name ?? (id === undefined ? undefined : this.#names.get(id));
  }

  /** Whether a change of this contact may have been applied, and reading it again did not show whether it was. */
  isInDoubt(row: ContactRow): boolean {
    return this.#ownChanges.isInDoubt(row.key);
  }

  /** The rows of a list, in order. Contacts that were listed before keep their row objects. */
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

  /** The row of a contact; undefined if it is not listed. */
  rowById(id: number): ContactRow | undefined {
    const state = this.#state;
    if (state.kind === "closed" || contactIn(state, String(id)) === undefined) return undefined;
    return this.#rows.contact(state.connection, String(id));
  }

  /** The campaign row above a contact; undefined in the flat list. */
  parentOf(row: ContactRow): CampaignRow | undefined {
    const state = this.#state;
    if (state.kind !== "campaigns") return undefined;
    const entry = state.campaigns.find(({ contacts }) => shownList(contacts)?.has(row.key) === true);
    return entry && this.#rows.campaign(state.connection, entry.campaign.id);
  }

  #loaderOf(connection: Connection): ListLoader {
    const ifMine = (act: () => void): void => {
      if (this.#loader === loader) act();
    };
    const loader: ListLoader = new ListLoader(connection, this.preferences, this.#ownChanges, {
      state: () => (this.#loader === loader ? this.#state : { kind: "closed" }),
      become: (state) => ifMine(() => this.#become(state)),
      replaceLists: (lists) => ifMine(() => this.#replaceLists(lists)),
      settleDoubts: (list) => ifMine(() => this.#settleDoubts(list)),
    });
    return loader;
  }

  #settleDoubts(list: ContactList): void {
    const rows = this.#ownChanges.settleAll(list).flatMap((key) => this.#rows.known(key) ?? []);
    if (rows.length > 0) this.changed.send({ kind: "rows", rows });
  }

  #replaceLists(lists: ReadonlyMap<number, ListState>): void {
    const state = this.#state;
    if (state.kind !== "campaigns") return;
    const campaigns = withLists(state.campaigns, lists);
    this.#state = { ...state, campaigns };
    if (campaigns.length > state.campaigns.length) {
      this.changed.send({ kind: "all" });
      return;
    }
    for (const { campaign, contacts } of state.campaigns) {
      const now = lists.get(campaign.id);
      if (now === undefined) continue;
      const row = this.#rows.campaign(state.connection, campaign.id);
      this.changed.send(listLooksTheSame(contacts, now) ? { kind: "progress" } : { kind: "campaign", row });
    }
  }

  #change(changes: ContactChanges, touched: readonly ContactRow[]): void {
    const gone = touched.filter(({ key }) => changes.has(key) && changes.get(key) === undefined);
    const parents = new Set(gone.map((row) => this.parentOf(row)));
    const changed = (list: ContactList): ContactList =>
      this.#view.carryOver(list, list.with(changes), changes);
    this.#state = mapLists(this.#state, (contacts) => withList(contacts, changed));
    for (const { key } of gone) this.#rows.forget(key);
    for (const parent of parents)
      this.changed.send(parent === undefined ? { kind: "all" } : { kind: "campaign", row: parent });
    const left = touched.filter((row) => !gone.includes(row));
    if (left.length > 0) this.changed.send({ kind: "rows", rows: left });
  }

  #take(
    { baseUrl }: Pick<Connection, "baseUrl">,
    effect: ChangeEffect,
    results: readonly EntryResult[],
  ): void {
    const state = this.#state;
    if (state.kind === "closed" || state.connection.baseUrl !== baseUrl) return;
    const { changes, touched } = this.#ownChanges.take(results, effect, {
      isListed: (key) => contactIn(state, key) !== undefined,
      isAwaiting: isAnythingAwaited(state),
    });
    const rows = touched.map((key) => this.#rows.contact(state.connection, key));
    if (rows.length > 0) this.#change(changes, rows);
  }

  #redraw(baseUrl: string, ids: readonly number[]): void {
    const state = this.#state;
    if (state.kind === "closed" || state.connection.baseUrl !== baseUrl) return;
    const rows = ids.flatMap((id) => this.rowById(id) ?? []);
    if (rows.length > 0) this.changed.send({ kind: "rows", rows });
  }

  #isCurrent(connection: Connection): boolean {
    return this.#state.kind !== "closed" && this.#state.connection === connection;
  }

  #become(state: ContactsState): void {
    const before = this.#state;
    this.#state = state;
    if (state.kind === "campaigns")
      this.#names = new Map(state.campaigns.map(({ campaign }) => [campaign.id, campaign.name]));
    this.changed.send({ kind: looksTheSame(before, state) ? "progress" : "all" });
  }
}
