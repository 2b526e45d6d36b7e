import * as vscode from "vscode";
import { explain } from "../../../dialler/api/explain";
import type { Explanation } from "../../../dialler/api/http/apiError";
import type { Contact } from "../../../dialler/api/record/contact";
import type { ContactList } from "../../../dialler/list/contactList";
import type { ContactStore, StoreChange } from "../../../dialler/list/contactStore";
import { isLoading, listsOf, type ListState, shownList, totalsOf } from "../../../dialler/list/contactsState";
import { CampaignRow, ContactRow, GroupRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { filteredKey, loadingKey, rowWords, stateKey, views, type ViewState } from "../../../manifest";
import type { Listening } from "../../../signal";
import { maskedContact } from "../../shown/mask";
import { plainText } from "../../shown/plainText";
import { contactHover } from "./contactHover";
import { contactTreeItem } from "./contactTreeItem";
import { groupId, groupTreeItem, placeId } from "./groupTreeItem";
import { EmptyRow, ProblemRow, StepRow, stepsOf } from "./problemRows";
import { problemTreeItem, stepTreeItem } from "./problemTreeItems";
import { campaignLabel, countText, noteOf, ofText, shortCount } from "./treeTexts";

export type TreeRow = ContactRow | CampaignRow | GroupRow | ProblemRow | StepRow | EmptyRow;

/** What stands in the way of listing contacts, outside the list itself. */
export interface Obstacle {
  readonly state: Exclude<ViewState, "empty" | "filtered" | "listed" | "loading">;
  /** For `problem`. */
  readonly explanation?: Explanation;
  /** The endpoint's name, for the view's description. */
  readonly endpoint?: string;
}

export interface TreePorts {
  readonly store: ContactStore;
  /** Undefined once a connection is there. */
  obstacle(): Obstacle | undefined;
  /** A text as it may be shown. */
  discreet(text: string): string;
  /** Whether numbers and addresses are shown masked. */
  masked(): boolean;
  /** How many contacts a group of a long list holds. */
  pageSize(): number;
}

/** A list of up to two pages is shown flat; a longer one in at most so many groups. */
const mostGroups = 1000;

/** VS Code shows nothing new while a tree changes more often than it can paint. */
const paintEveryMs = 250;

/** The Contacts view: rows on demand from the store, never a request of its own. */
export class ContactTree implements vscode.TreeDataProvider<TreeRow> {
  readonly view: vscode.TreeView<TreeRow>;
  readonly #changed = new vscode.EventEmitter<TreeRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #groups = new Map<string, GroupRow>();
  readonly #problems = new Map<CampaignRow | undefined, ProblemRow>();
  /** The campaigns that a person has open, so that those that a filter has hidden come back as they were. */
  readonly #open = new WeakSet<TreeRow>();
  readonly #listening: Listening;
  #selected: readonly TreeRow[] = [];
  #pending = new Set<TreeRow>();
  #pendingAll = false;
  #paintedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly ports: TreePorts) {
    this.view = vscode.window.createTreeView<TreeRow>(views.contacts, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.view.onDidChangeSelection(({ selection }) => (this.#selected = selection));
    this.view.onDidExpandElement(({ element }) => this.#open.add(element));
    this.view.onDidCollapseElement(({ element }) => this.#open.delete(element));
    this.#listening = ports.store.changed.listen((change) => this.#note(change));
    this.#describe();
  }

  /** The rows that a person sees selected: VS Code knows of none while it draws the tree anew. */
  get selection(): readonly TreeRow[] {
    const { selection } = this.view;
    return selection.length > 0 ? selection : this.#selected;
  }

  /** Another endpoint, or an obstacle that has come or gone: the rows of before must not stay in sight. */
  refresh(): void {
    this.#note({ kind: "all" });
    clearTimeout(this.#timer);
    this.#paint();
  }

  /** Shows a contact in the tree, if it is listed. */
  async reveal(row: ContactRow): Promise<void> {
    if (this.ports.store.contact(row) === undefined) return;
    await this.view.reveal(row, { select: true, focus: false });
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    if (row instanceof ContactRow) return this.#contactItem(row);
    if (row instanceof CampaignRow) return this.#campaignItem(row);
    if (row instanceof GroupRow) return this.#groupItem(row);
    if (row instanceof ProblemRow) return problemTreeItem(row);
    if (row instanceof StepRow) return stepTreeItem(row);
    return new vscode.TreeItem(row.label);
  }

  resolveTreeItem(item: vscode.TreeItem, row: TreeRow): vscode.TreeItem {
    const contact = row instanceof ContactRow ? this.ports.store.contact(row) : undefined;
    if (contact !== undefined) {
      item.tooltip = contactHover(this.#asShown(contact), this.ports.store.campaignName(contact.campaignId));
    }
    return item;
  }

  getParent(row: TreeRow): TreeRow | undefined {
    if (row instanceof ContactRow) return this.#parentOf(row);
    if (row instanceof GroupRow) return this.#campaignOf(row);
    return row instanceof ProblemRow || row instanceof StepRow ? row.campaign : undefined;
  }

  getChildren(row?: TreeRow): TreeRow[] {
    if (row === undefined) return this.#roots();
    if (row instanceof CampaignRow) return this.#below(row);
    if (row instanceof GroupRow) return this.#inGroup(row);
    return row instanceof ProblemRow ? stepsOf(row) : [];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#changed.dispose();
    this.view.dispose();
  }

  #roots(): TreeRow[] {
    const obstacle = this.ports.obstacle();
    if (obstacle !== undefined) {
      return obstacle.explanation === undefined ? [] : [this.#problem(undefined, obstacle.explanation)];
    }
    const { store } = this.ports;
    // Not awaited: VS Code would keep the rows of before, those of another endpoint, until the answer is there.
    void store.load();
    const { state } = store;
    switch (state.kind) {
      case "closed":
      case "opened":
      case "loading":
        return [];
      case "failed":
        return [this.#problem(undefined, explain(state.error))];
      case "flat":
        return this.#listRows(state.contacts, undefined);
      case "campaigns": {
        const problem = state.problem === undefined ? [] : [this.#problem(undefined, explain(state.problem))];
        return [...problem, ...store.campaignRows().filter((row) => this.#mayHoldMatches(row))];
      }
    }
  }

  /** A filter hides the campaigns in which it found nothing; one that nobody has opened may hold matches. */
  #mayHoldMatches(row: CampaignRow): boolean {
    const { store } = this.ports;
    const entry = store.campaign(row);
    if (store.filter === undefined || entry?.contacts.kind !== "listed") return true;
    return store.visible(entry.contacts.list).count > 0;
  }

  /** Not awaited either: a row that changes while its children are still being fetched can end up without them. */
  #below(row: CampaignRow): TreeRow[] {
    const { store } = this.ports;
    if (store.campaign(row)?.contacts.kind === "idle") void store.loadCampaign(row);
    const entry = store.campaign(row);
    if (entry === undefined) return [];
    const rows = this.#listRows(entry.contacts, row);
    return rows.length === 0 && entry.contacts.kind === "listed" && store.filter === undefined
      ? [new EmptyRow()]
      : rows;
  }

  #listRows(contacts: ListState, campaign: CampaignRow | undefined): TreeRow[] {
    const list = shownList(contacts);
    const rows: TreeRow[] = list === undefined ? [] : this.#rowsOf(this.ports.store.visible(list), campaign);
    return contacts.kind === "failed" ? [this.#problem(campaign, explain(contacts.error)), ...rows] : rows;
  }

  #rowsOf(list: ContactList, campaign: CampaignRow | undefined): TreeRow[] {
    const { store } = this.ports;
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
    const page = this.ports.pageSize();
    return list.count <= 2 * page ? undefined : Math.max(page, Math.ceil(list.count / mostGroups));
  }

  /** The same object for the same range, so that it stays expanded. */
  #group(row: GroupRow): GroupRow {
    const id = groupId(row);
    const before = this.#groups.get(id);
    if (before?.connection === row.connection) return before;
    this.#groups.set(id, row);
    return row;
  }

  #inGroup(row: GroupRow): TreeRow[] {
    const list = this.#listOf(row);
    const size = list && this.#groupSize(list);
    if (list === undefined || size === undefined) return [];
    return this.ports.store.rows(list, row.index * size, (row.index + 1) * size);
  }

  #listOf({ campaignId }: { readonly campaignId: number | undefined }): ContactList | undefined {
    const found = listsOf(this.ports.store.state).find((candidate) => candidate.campaignId === campaignId);
    const list = found && shownList(found.contacts);
    return list && this.ports.store.visible(list);
  }

  #parentOf(row: ContactRow): TreeRow | undefined {
    const campaign = this.ports.store.parentOf(row);
    const list = this.#listOf({ campaignId: campaign?.campaignId });
    const size = list && this.#groupSize(list);
    const place = size === undefined ? undefined : list?.indexOf(row.key);
    if (size === undefined || place === undefined) return campaign;
    return this.#group(new GroupRow(row.connection, campaign?.campaignId, Math.floor(place / size)));
  }

  #campaignOf({ campaignId }: GroupRow): CampaignRow | undefined {
    return this.ports.store.campaignRows().find((row) => row.campaignId === campaignId);
  }

  #groupItem(row: GroupRow): vscode.TreeItem {
    const list = this.#listOf(row);
    const size = list && this.#groupSize(list);
    return list === undefined || size === undefined
      ? new vscode.TreeItem(l10n.t("No longer listed"))
      : groupTreeItem(row, list, size, (contact) => this.#asShown(contact));
  }

  #asShown(contact: Contact): Contact {
    return this.ports.masked() ? maskedContact(contact) : contact;
  }

  /** The same object for the same problem, so that its row stays expanded. */
  #problem(campaign: CampaignRow | undefined, { sentence, next }: Explanation): ProblemRow {
    const clean = plainText(this.ports.discreet(sentence), 500);
    const before = this.#problems.get(campaign);
    if (before?.sentence === clean && before.next === next) return before;
    const problem = new ProblemRow(clean, next, campaign);
    this.#problems.set(campaign, problem);
    return problem;
  }

  #contactItem(row: ContactRow): vscode.TreeItem {
    const { store } = this.ports;
    const contact = store.contact(row);
    if (contact === undefined) return new vscode.TreeItem(l10n.t("No longer listed"));
    const { endpoint } = row.connection;
    return contactTreeItem(this.#asShown(contact), {
      id: `${placeId(row.connection)}/${row.key}`,
      readOnly: endpoint.readOnly,
      inDoubt: store.isInDoubt(row),
    });
  }

  #campaignItem(row: CampaignRow): vscode.TreeItem {
    const entry = this.ports.store.campaign(row);
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(campaignLabel(row, entry), this.#open.has(row) ? Expanded : Collapsed);
    item.id = `${placeId(row.connection)}/campaign/${row.campaignId}`;
    item.contextValue = rowWords.campaign;
    item.iconPath = new vscode.ThemeIcon("megaphone");
    const list = entry && shownList(entry.contacts);
    const { store } = this.ports;
    const counts =
      list === undefined
        ? ""
        : store.filter === undefined
          ? shortCount(list.count, list.lockedCount)
          : ofText(store.visible(list).count, list.count);
    item.description = [counts, entry === undefined ? "" : noteOf(entry.contacts)]
      .filter((part) => part !== "")
      .join(" · ");
    return item;
  }

  /** What the filter is, how much it leaves, and of how much. */
  #filterNote(): string {
    const { store } = this.ports;
    if (store.filter === undefined) return "";
    const lists = listsOf(store.state);
    const shown = lists.flatMap(({ contacts }) => shownList(contacts) ?? []);
    const matching = shown.reduce((sum, list) => sum + store.visible(list).count, 0);
    // An empty list has a text of its own, which VS Code shows only where there is no message.
    if (matching === 0 && this.#roots().length === 0) return "";
    const note = l10n.t("Filtered: “{filter}” {counts}", {
      filter: plainText(store.filter.text, 80),
      counts: ofText(matching, totalsOf(store.state).count),
    });
    return shown.length === lists.length
      ? note
      : l10n.t("{note}, in {loaded} of {campaigns} campaigns loaded", {
          note,
          loaded: l10n.number(shown.length),
          campaigns: l10n.number(lists.length),
        });
  }

  #note(change: StoreChange): void {
    if (change.kind === "progress") {
      this.#describe();
      return;
    }
    if (change.kind === "all") this.#pendingAll = true;
    else for (const row of change.kind === "campaign" ? [change.row] : change.rows) this.#pending.add(row);
    this.#timer ??= setTimeout(() => this.#paint(), Math.max(0, this.#paintedAt + paintEveryMs - Date.now()));
  }

  #paint(): void {
    const rows = [...this.#pending];
    const all = this.#pendingAll;
    this.#timer = undefined;
    this.#pending = new Set();
    this.#pendingAll = false;
    this.#paintedAt = Date.now();
    this.#describe();
    this.#changed.fire(all ? undefined : rows);
  }

  #describe(): void {
    const { store } = this.ports;
    const obstacle = this.ports.obstacle();
    const { state } = store;
    const endpoint = obstacle?.endpoint ?? (state.kind === "closed" ? "" : state.connection.endpoint.name);
    const { count, locked } = totalsOf(state);
    const listed = obstacle === undefined && (count > 0 || isEmpty(state));
    this.view.description = [plainText(endpoint, 40), listed ? countText(count, locked) : ""]
      .filter((part) => part !== "")
      .join(" · ");
    const root = state.kind === "flat" ? state.contacts : undefined;
    this.view.message = [
      obstacle === undefined ? this.#filterNote() : "",
      root === undefined ? "" : noteOf(root),
    ]
      .filter((part) => part !== "")
      .join(" · ");
    void vscode.commands.executeCommand("setContext", filteredKey, store.filter !== undefined);
    void vscode.commands.executeCommand("setContext", stateKey, obstacle?.state ?? viewState(store));
    void vscode.commands.executeCommand("setContext", loadingKey, isLoading(state));
  }
}

function viewState(store: ContactStore): ViewState {
  const { state } = store;
  switch (state.kind) {
    case "closed":
    case "opened":
    case "loading":
      return "loading";
    case "failed":
      return "problem";
    case "flat":
      if (state.contacts.kind === "loading" || state.contacts.kind === "idle") return "loading";
      return isEmpty(state) ? "empty" : store.filter === undefined ? "listed" : "filtered";
    case "campaigns":
      return isEmpty(state) ? "empty" : store.filter === undefined ? "listed" : "filtered";
  }
}

function isEmpty(state: ContactStore["state"]): boolean {
  if (state.kind === "flat") return state.contacts.kind === "listed" && state.contacts.list.count === 0;
  return state.kind === "campaigns" && state.campaigns.length === 0;
}
