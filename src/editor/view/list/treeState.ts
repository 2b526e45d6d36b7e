import { explain } from "../../../dialler/api/explain";
import type { Explanation } from "../../../dialler/api/http/apiError";
import type { ContactList } from "../../../dialler/list/contactList";
import type { ContactStore } from "../../../dialler/list/contactStore";
import {
  type CampaignEntry,
  isEmpty,
  isWaiting,
  listsOf,
  type ListState,
  shownList,
  totalsOf,
} from "../../../dialler/list/contactsState";
import { CampaignRow, ContactRow, GroupRow } from "../../../dialler/list/rows";
import type { ViewState } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { mayHoldMatches, visibleList } from "./neighbours";
import { EmptyRow, LoadRow, ProblemRow, StepRow, stepsOf } from "./problemRows";
import { groupRowId } from "./rowIds";
import { countText, filterText, joined, noteOf, ofText, shortCount } from "./treeTexts";

export type TreeRow = ContactRow | CampaignRow | GroupRow | ProblemRow | StepRow | LoadRow | EmptyRow;

/** What prevents contacts from being listed, outside the list itself. */
export interface Obstacle {
  readonly state: Exclude<ViewState, "empty" | "filtered" | "listed" | "loading">;
  /** For `problem`. */
  readonly explanation?: Explanation;
  /** The endpoint's name, for the view's description. */
  readonly endpoint?: string;
}

/** The sources of what the tree shows. */
export interface TreeSources {
  readonly store: Pick<
    ContactStore,
    "state" | "filter" | "isSearching" | "visible" | "rows" | "campaign" | "campaignRows" | "parentOf"
  >;
  /** Undefined while connected or connecting. */
  obstacle(): Obstacle | undefined;
  /** A text as it may be shown. */
  discreet(text: string): string;
  /** How many contacts a group of a long list holds. */
  pageSize(): number;
}

/** A list of up to two pages is shown flat; a longer one in at most this many groups. */
const mostGroups = 1000;

/** Campaigns with matches are expanded while there are at most this many: then all of them can be read at a glance. */
const mostExpanded = 200;

/** What the Contacts view currently shows of the store. Requests nothing and changes nothing. */
export class TreeState {
  readonly #groups = new Map<string, GroupRow>();
  readonly #problems = new Map<CampaignRow | undefined, ProblemRow>();
  #load = new LoadRow(0);

  constructor(readonly sources: TreeSources) {}

  /** The children of a row, or the rows at the top. A row is the same object as long as it is shown. */
  children(row?: TreeRow): TreeRow[] {
    if (row === undefined) return this.#roots();
    if (row instanceof CampaignRow) return this.#below(row);
    if (row instanceof GroupRow) return this.#inGroup(row);
    return row instanceof ProblemRow ? stepsOf(row) : [];
  }

  parent(row: TreeRow): TreeRow | undefined {
    if (row instanceof ContactRow) return this.#parentOf(row);
    if (row instanceof GroupRow) return this.#campaignOf(row);
    return row instanceof ProblemRow || row instanceof StepRow ? row.campaign : undefined;
  }

  /** The list of a group and the size of its groups; undefined if the list has no groups now. */
  grouping(row: GroupRow): { readonly list: ContactList; readonly size: number } | undefined {
    return this.#groupingOf(row.campaignId);
  }

  /** Whether a campaign is to be expanded because it holds some of the few matches of the filter. */
  expandsMatches(row: CampaignRow): boolean {
    const { store } = this.sources;
    if (store.filter === undefined || store.isSearching) return false;
    const entry = store.campaign(row);
    const list = entry && shownList(entry.contacts);
    if (list === undefined || store.visible(list).count === 0) return false;
    return this.#matching() <= mostExpanded;
  }

  /** The description of a campaign's row: its counts and a note. */
  campaignDescription(row: CampaignRow): string {
    const { store } = this.sources;
    const entry = store.campaign(row);
    if (entry === undefined) return "";
    const list = shownList(entry.contacts);
    return joined(list === undefined ? "" : this.#countsOf(list), noteOf(entry.contacts));
  }

  /** The description of the view: the endpoint and the number of contacts. */
  description(): string {
    const { state } = this.sources.store;
    const obstacle = this.sources.obstacle();
    const endpoint = obstacle?.endpoint ?? (state.kind === "closed" ? "" : state.connection.endpoint.name);
    const { count, locked } = totalsOf(state);
    const isListed = obstacle === undefined && (count > 0 || isEmpty(state));
    return joined(plainText(endpoint, 40), isListed ? countText(count, locked) : "");
  }

  /** The message above the rows: why there is no list, or the filter and a note on a flat list. */
  message(): string {
    const problem = this.#onlyProblem();
    if (problem !== undefined) return problem.sentence;
    const { state } = this.sources.store;
    const filter = this.sources.obstacle() === undefined ? this.#filterNote() : "";
    return joined(filter, state.kind === "flat" ? noteOf(state.contacts) : "");
  }

  /** The context word that selects the welcome text and buttons of the view in the manifest. */
  viewState(): ViewState {
    const obstacle = this.sources.obstacle();
    if (obstacle !== undefined) return obstacle.state;
    const { state, filter } = this.sources.store;
    switch (state.kind) {
      case "closed":
      case "opened":
      case "loading":
        return "loading";
      case "failed":
        return "problem";
      case "flat":
      case "campaigns":
        if (state.kind === "flat" && isWaiting(state.contacts)) return "loading";
        if (isEmpty(state)) return "empty";
        return filter === undefined ? "listed" : "filtered";
    }
  }

  #roots(): TreeRow[] {
    const only = this.#onlyProblem();
    if (only !== undefined) return stepsOf(only);
    if (this.sources.obstacle() !== undefined) return [];
    const { store } = this.sources;
    const { state } = store;
    switch (state.kind) {
      case "closed":
      case "opened":
      case "loading":
      case "failed":
        return [];
      case "flat":
        return this.#listRows(state.contacts, undefined);
      case "campaigns": {
        const problem = state.problem === undefined ? [] : [this.#problem(undefined, explain(state.problem))];
        const rows = store.campaignRows().filter((row) => mayHoldMatches(store, row));
        return [...problem, ...this.#loadRows(state.campaigns), ...rows];
      }
    }
  }

  /** The failure that leaves the view without a list. A message shows the whole sentence, where a row would cut it. */
  #onlyProblem(): ProblemRow | undefined {
    const obstacle = this.sources.obstacle();
    if (obstacle !== undefined) {
      return obstacle.explanation && this.#problem(undefined, obstacle.explanation);
    }
    const { state } = this.sources.store;
    if (state.kind === "failed") return this.#problem(undefined, explain(state.error));
    if (state.kind !== "flat" || state.contacts.kind !== "failed") return undefined;
    return shownList(state.contacts) === undefined
      ? this.#problem(undefined, explain(state.contacts.error))
      : undefined;
  }

  /** While a filter cannot search all campaigns: the row that loads the others, the same one while it says the same. */
  #loadRows(campaigns: readonly CampaignEntry[]): LoadRow[] {
    const unloaded = campaigns.filter(({ contacts }) => contacts.kind === "idle").length;
    if (this.sources.store.filter === undefined || unloaded === 0) return [];
    if (this.#load.campaigns !== unloaded) this.#load = new LoadRow(unloaded);
    return [this.#load];
  }

  #below(row: CampaignRow): TreeRow[] {
    const { store } = this.sources;
    const entry = store.campaign(row);
    if (entry === undefined) return [];
    const rows = this.#listRows(entry.contacts, row);
    return rows.length === 0 && entry.contacts.kind === "listed" && store.filter === undefined
      ? [new EmptyRow()]
      : rows;
  }

  #listRows(contacts: ListState, campaign: CampaignRow | undefined): TreeRow[] {
    const list = shownList(contacts);
    const rows: TreeRow[] =
      list === undefined ? [] : this.#rowsOf(this.sources.store.visible(list), campaign);
    return contacts.kind === "failed" ? [this.#problem(campaign, explain(contacts.error)), ...rows] : rows;
  }

  #rowsOf(list: ContactList, campaign: CampaignRow | undefined): TreeRow[] {
    const { store } = this.sources;
    const size = this.#groupSize(list);
    if (size === undefined) return store.rows(list);
    const { state } = store;
    if (state.kind === "closed") return [];
    return Array.from({ length: Math.ceil(list.count / size) }, (_, index) =>
      this.#group(new GroupRow(state.connection, campaign?.campaignId, index)),
    );
  }

  /** How many contacts a group of this list holds; undefined when the list is short enough to be shown flat. */
  #groupSize(list: ContactList): number | undefined {
    const page = this.sources.pageSize();
    return list.count <= 2 * page ? undefined : Math.max(page, Math.ceil(list.count / mostGroups));
  }

  /** The same object for the same range, so that it stays expanded. */
  #group(row: GroupRow): GroupRow {
    const id = groupRowId(row);
    const before = this.#groups.get(id);
    if (before?.connection === row.connection) return before;
    this.#groups.set(id, row);
    return row;
  }

  #inGroup(row: GroupRow): TreeRow[] {
    const grouping = this.grouping(row);
    if (grouping === undefined) return [];
    const { list, size } = grouping;
    return this.sources.store.rows(list, row.index * size, (row.index + 1) * size);
  }

  #groupingOf(campaignId: number | undefined): ReturnType<TreeState["grouping"]> {
    const list = visibleList(this.sources.store, campaignId);
    const size = list && this.#groupSize(list);
    return list === undefined || size === undefined ? undefined : { list, size };
  }

  #parentOf(row: ContactRow): TreeRow | undefined {
    const campaign = this.sources.store.parentOf(row);
    const grouping = this.#groupingOf(campaign?.campaignId);
    const place = grouping?.list.indexOf(row.key);
    if (grouping === undefined || place === undefined) return campaign;
    return this.#group(new GroupRow(row.connection, campaign?.campaignId, Math.floor(place / grouping.size)));
  }

  #campaignOf({ campaignId }: GroupRow): CampaignRow | undefined {
    return this.sources.store.campaignRows().find((row) => row.campaignId === campaignId);
  }

  /** The same object for the same problem, so that its row stays expanded. */
  #problem(campaign: CampaignRow | undefined, { sentence, next }: Explanation): ProblemRow {
    const clean = plainText(this.sources.discreet(sentence), 500);
    const before = this.#problems.get(campaign);
    if (before?.sentence === clean && before.next === next) return before;
    const problem = new ProblemRow(clean, next, campaign);
    this.#problems.set(campaign, problem);
    return problem;
  }

  #countsOf(list: ContactList): string {
    const { store } = this.sources;
    return store.filter === undefined
      ? shortCount(list.count, list.lockedCount)
      : ofText(store.visible(list).count, list.count);
  }

  /** The filter, how many contacts match, and of how many. */
  #filterNote(): string {
    const { store } = this.sources;
    if (store.filter === undefined) return "";
    const lists = listsOf(store.state);
    const loaded = lists.filter(({ contacts }) => shownList(contacts) !== undefined).length;
    const matching = this.#matching();
    // VS Code shows the welcome text of an empty list only if there is no message.
    if (matching === 0 && this.#roots().length === 0) return "";
    // Of nothing that was searched, no number of matches is true.
    const counts = loaded === 0 ? "" : ofText(matching, totalsOf(store.state).count);
    return filterText(store.filter.text, counts, { loaded, all: lists.length });
  }

  /** How many contacts match the filter, as far as they were searched. */
  #matching(): number {
    const { store } = this.sources;
    const shown = listsOf(store.state).flatMap(({ contacts }) => shownList(contacts) ?? []);
    return shown.reduce((sum, list) => sum + store.visible(list).count, 0);
  }
}
