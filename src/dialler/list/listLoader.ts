import { NoSuchPath } from "../api/http/replyErrors";
import { type Campaign, campaignFromRecord } from "../api/record/campaign";
import type { Connection } from "../endpoint/connect";
import { tablesByCampaign, withoutMoved } from "./campaignTables";
import { ContactList } from "./contactList";
import { sortList, type SortOrder } from "./contactOrder";
import {
  type Awaited,
  awaitedOf,
  type CampaignEntry,
  type ContactsState,
  failedState,
  isAnythingAwaited,
  listsOf,
  type ListState,
  mapLists,
  shownList,
  withList,
} from "./contactsState";
import type { ContactTable } from "./contactTable";
import type { OwnChanges } from "./ownChanges";
import { type Arrived, type Loaded, readList } from "./readList";

export type GroupBy = "campaign" | "none";

/** The user's preferences for the list, read each time they are needed. */
export interface ListPreferences extends SortOrder {
  readonly groupBy: GroupBy;
  readonly lockField: string;
}

/** The state that a loader fills. */
export interface LoadTarget {
  /** `closed` once the state belongs to another loader. */
  state(): ContactsState;
  become(state: ContactsState): void;
  /** Replaces the lists of these campaigns. Campaigns that the state lacks are added. */
  replaceLists(lists: ReadonlyMap<number, ListState>): void;
  /** The server has just sent the state of these contacts, so no change of them is in doubt any longer. */
  settleDoubts(list: ContactList): void;
}

/**
 * Reads the lists of one connection, sorts them and reports what arrives. Only the last request for a list counts;
 * answers to earlier ones are dropped. No method throws: a failure is a state.
 */
export class ListLoader {
  /** The last refresh of the campaigns. An earlier one that is still in progress does nothing more. */
  #refresh = Symbol("none");
  /** The campaigns whose contacts have arrived since the last refresh began. */
  #refreshed = new Set<number>();
  /** The lists that are being read. */
  readonly #reading = new Set<AbortController>();

  constructor(
    readonly connection: Connection,
    readonly preferences: () => ListPreferences,
    readonly known: OwnChanges,
    readonly target: LoadTarget,
  ) {}

  /** Requests all listed contacts again, in the selected grouping. They stay until the answers arrive. */
  async refresh(): Promise<void> {
    const { connection, target } = this;
    const state = target.state();
    if (state.kind === "closed") return;
    if (this.preferences().groupBy === "none") {
      await this.#loadFlat();
      return;
    }
    if (state.kind === "campaigns") target.become({ ...state, refreshing: true });
    else if (state.kind === "flat") target.become({ ...state, contacts: this.#awaiting(state.contacts) });
    else target.become({ kind: "loading", connection });
    await this.#loadCampaigns();
  }

  /** Requests the contacts of one campaign, unless they are loading or, without `again`, listed. */
  async loadCampaign(campaignId: number, again = false): Promise<void> {
    const before = this.#listNow(campaignId);
    if (before === undefined || before.kind === "loading" || (before.kind === "listed" && !again)) return;
    await this.#loadList(campaignId, before);
  }

  /** Requests the contacts of all campaigns that were not opened yet, one campaign at a time. */
  async loadAll(): Promise<void> {
    for (const { campaignId } of listsOf(this.target.state())) {
      if (campaignId === undefined || this.#listNow(campaignId)?.kind !== "idle") continue;
      await this.loadCampaign(campaignId);
    }
  }

  /** Stops reading lists. Contacts that have arrived stay. */
  stop(): void {
    for (const reading of this.#reading) reading.abort();
  }

  /** Sorts every list, and shows each as soon as it is sorted. */
  async sort(): Promise<void> {
    const { target } = this;
    // A list that is still arriving keeps the server's order until it is complete.
    const lists = listsOf(target.state()).flatMap(({ contacts }) => {
      if (contacts.kind === "idle") return [];
      return (contacts.kind === "listed" ? contacts.list : contacts.stale) ?? [];
    });
    for (const list of lists) {
      const sorted = await sortList(list, this.preferences());
      // If the list has changed since, it was replaced, and the sorted one is out of date.
      target.become(
        mapLists(target.state(), (contacts) => withList(contacts, (now) => (now === list ? sorted : now))),
      );
    }
  }

  async #loadFlat(): Promise<void> {
    this.#refresh = Symbol("flat");
    await this.#loadList(undefined, this.#listNow(undefined) ?? { kind: "idle" });
  }

  async #loadCampaigns(): Promise<void> {
    const { connection, target } = this;
    const mine = (this.#refresh = Symbol("refresh"));
    const isOvertaken = (): boolean => this.#refresh !== mine || target.state().kind === "closed";
    this.#refreshed = new Set();
    let campaigns: readonly Campaign[];
    try {
      const records = await connection.client.listCampaigns({ signal: connection.ended });
      campaigns = records.map(campaignFromRecord).filter((campaign) => campaign !== undefined);
    } catch (error) {
      if (!isOvertaken()) await this.#campaignsFailed(error);
      return;
    }
    if (isOvertaken()) return;
    const entries = campaigns.map((campaign): CampaignEntry => {
      return { campaign, contacts: this.#listNow(campaign.id) ?? { kind: "idle" } };
    });
    target.become({
      kind: "campaigns",
      connection,
      campaigns: entries,
      refreshing: false,
      problem: undefined,
    });
    const wereListed = entries.filter(({ contacts }) => contacts.kind !== "idle");
    for (const { campaign } of wereListed) {
      // The answer for one campaign may have contained the contacts of all campaigns.
      if (!isOvertaken() && !this.#refreshed.has(campaign.id)) await this.loadCampaign(campaign.id, true);
    }
  }

  async #campaignsFailed(error: unknown): Promise<void> {
    const { connection, target } = this;
    const state = target.state();
    if (state.kind === "campaigns") target.become({ ...state, refreshing: false, problem: error });
    // Older servers have no path for campaigns, but their contacts can still be listed.
    else if (error instanceof NoSuchPath) await this.#loadFlat();
    else if (state.kind === "flat") {
      const stale = shownList(state.contacts);
      target.become({ ...state, contacts: { kind: "failed", error, stale, partial: false } });
    } else target.become({ kind: "failed", connection, error });
  }

  /** Requests the list of a campaign or the flat list (`undefined`), and follows it until it has arrived. */
  async #loadList(campaignId: number | undefined, before: ListState): Promise<void> {
    const mine = this.#awaiting(before);
    const scope = String(campaignId ?? "");
    this.#replace(campaignId, mine);
    const awaited = (): Awaited | undefined => awaitedOf(this.#listNow(campaignId), mine.turn);
    const loaded = await this.#read(campaignId, (table, others) => {
      const now = awaited();
      // A list that also contains contacts of other campaigns is divided at the end.
      if (now === undefined || others) return;
      this.#replace(campaignId, { ...now, arriving: this.known.over(ContactList.of(table, scope)) });
    });
    const now = awaited();
    if (now === undefined) return;
    if (loaded.error !== undefined) {
      this.#replace(campaignId, failedState(now, loaded.error));
    } else if (campaignId === undefined) {
      const listed = await this.#listed(loaded, loaded.table, scope);
      if (awaited() !== undefined) this.#replace(campaignId, listed);
    } else {
      const lists = await this.#campaignLists(campaignId, loaded);
      if (awaited() === undefined) return;
      for (const id of lists.keys()) this.#refreshed.add(id);
      this.target.replaceLists(lists);
    }
  }

  async #read(campaignId: number | undefined, arrived: Arrived): Promise<Loaded> {
    const stop = new AbortController();
    this.#reading.add(stop);
    const loaded = await readList(this.connection, campaignId, stop.signal, arrived);
    this.#reading.delete(stop);
    return loaded;
  }

  /** The lists that an answer fills: the requested one, and others whose contacts it also contains. */
  async #campaignLists(campaignId: number, loaded: Loaded): Promise<ReadonlyMap<number, ListState>> {
    const lists = new Map<number, ListState>();
    for (const [id, table] of tablesByCampaign(campaignId, loaded, this.target.state()))
      lists.set(id, await this.#listed(loaded, table, String(id)));
    return withoutMoved(lists, () => this.target.state());
  }

  async #listed(loaded: Loaded, table: ContactTable, scope: string): Promise<ListState> {
    await table.indexUserData();
    const sorted = await sortList(ContactList.of(table, scope), this.preferences());
    this.target.settleDoubts(sorted);
    const { announced, stopped, others } = loaded;
    return {
      kind: "listed",
      list: this.known.over(sorted),
      announced: others ? undefined : announced,
      received: table.count,
      stopped,
    };
  }

  /** The state of a list that is being requested. */
  #awaiting(before: ListState): Awaited {
    if (!isAnythingAwaited(this.target.state())) this.known.beginAwaiting();
    const stale = shownList(before);
    return { kind: "loading", turn: Symbol("turn"), stale, arriving: undefined, startedAt: Date.now() };
  }

  /** The current list of a campaign, or the flat list (`undefined`); undefined if the state has no such list. */
  #listNow(campaignId: number | undefined): ListState | undefined {
    return listsOf(this.target.state()).find((one) => one.campaignId === campaignId)?.contacts;
  }

  #replace(campaignId: number | undefined, contacts: ListState): void {
    if (campaignId === undefined) {
      this.target.become({ kind: "flat", connection: this.connection, contacts });
    } else this.target.replaceLists(new Map([[campaignId, contacts]]));
  }
}
