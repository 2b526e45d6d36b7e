import * as vscode from "vscode";
import { contactLabel } from "../api/contact";
import { explain, type Explanation, type NextStep } from "../api/apiError";
import { noCampaignId, type ContactStore, type StoreChange } from "../contacts/contactStore";
import type { ContactList } from "../contacts/contactList";
import { CampaignRow, ContactRow, GroupRow } from "../contacts/contactRow";
import {
  type CampaignEntry,
  isLoading,
  listsOf,
  type ListState,
  shownList,
  totalsOf,
} from "../contacts/contactsState";
import type { Connection } from "../endpoint/connect";
import * as l10n from "../l10n";
import { commands, filteredKey, loadingKey, rowWords, stateKey, views, type ViewState } from "../manifest";
import type { Listening } from "../signal";
import { contactHover, contactItem } from "./contactRow";
import { plainText } from "./plainText";

/** A failure in the tree, in the words of a person. Its children are what can be done about it. */
export class ProblemRow {
  constructor(
    readonly sentence: string,
    readonly next: NextStep,
    /** The campaign it happened to; undefined for the whole list. */
    readonly campaign: CampaignRow | undefined,
  ) {}
}

/** Something a person can do, as a row. */
export class StepRow {
  constructor(
    readonly step: NextStep,
    readonly campaign: CampaignRow | undefined,
  ) {}
}

/** A campaign without contacts says so. */
export class EmptyRow {
  readonly label = l10n.t("No contacts");
}

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
  redact(text: string): string;
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
  readonly #listening: Listening;
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
    this.#listening = ports.store.changed.listen((change) => this.#note(change));
    this.#describe();
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
    if (row instanceof ProblemRow) return problemItem(row);
    if (row instanceof StepRow) return stepItem(row);
    return new vscode.TreeItem(row.label);
  }

  resolveTreeItem(item: vscode.TreeItem, row: TreeRow): vscode.TreeItem {
    const contact = row instanceof ContactRow ? this.ports.store.contact(row) : undefined;
    if (contact !== undefined) {
      item.tooltip = contactHover(contact, this.ports.store.campaignName(contact.campaignId));
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
    if (list === undefined || size === undefined) return new vscode.TreeItem(l10n.t("No longer listed"));
    const start = row.index * size;
    const end = Math.min(start + size, list.count);
    const [first, last] = [list.at(start), list.at(end - 1)].map((contact) =>
      contact === undefined ? "" : plainText(contactLabel(contact), 30),
    );
    const item = new vscode.TreeItem(
      `${first ?? ""} – ${last ?? ""}`,
      vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = groupId(row);
    item.description = numberText(end - start);
    item.contextValue = rowWords.group;
    item.accessibilityInformation = {
      label: l10n.t("{first} to {last}, {count} contacts", {
        first: first ?? "",
        last: last ?? "",
        count: end - start,
      }),
    };
    return item;
  }

  /** The same object for the same problem, so that its row stays expanded. */
  #problem(campaign: CampaignRow | undefined, { sentence, next }: Explanation): ProblemRow {
    const clean = plainText(this.ports.redact(sentence), 500);
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
    return contactItem(contact, {
      id: `${placeId(row.connection)}/${row.key}`,
      readOnly: endpoint.readOnly,
      inDoubt: store.isInDoubt(row),
    });
  }

  #campaignItem(row: CampaignRow): vscode.TreeItem {
    const entry = this.ports.store.campaign(row);
    const item = new vscode.TreeItem(campaignLabel(row, entry), vscode.TreeItemCollapsibleState.Collapsed);
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
    if (matching === 0 && store.state.kind === "flat") return "";
    const note = l10n.t("Filtered: “{filter}” {counts}", {
      filter: plainText(store.filter.text, 80),
      counts: ofText(matching, totalsOf(store.state).count),
    });
    return shown.length === lists.length
      ? note
      : l10n.t("{note}, in {loaded} of {campaigns} campaigns loaded", {
          note,
          loaded: shown.length,
          campaigns: lists.length,
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

function groupId({ connection, campaignId, index }: GroupRow): string {
  return `${placeId(connection)}/group/${campaignId ?? ""}/${index}`;
}

/** A name alone may stand for another server after an edit: nothing selected there may be taken for something here. */
function placeId({ endpoint, baseUrl }: Connection): string {
  return `${endpoint.name} ${baseUrl}`;
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

/** For the narrow column behind a campaign's name. */
function shortCount(count: number, locked: number): string {
  const contacts = numberText(count);
  return locked === 0
    ? contacts
    : l10n.t("{count}, {locked} locked", { count: contacts, locked: numberText(locked) });
}

function countText(count: number, locked: number): string {
  const contacts =
    count === 1 ? l10n.t("1 contact") : l10n.t("{count} contacts", { count: numberText(count) });
  return locked === 0
    ? contacts
    : l10n.t("{contacts}, {locked} locked", { contacts, locked: numberText(locked) });
}

/** What a person should know of a list beside its contacts. */
function noteOf(contacts: ListState): string {
  switch (contacts.kind) {
    case "idle":
      return "";
    case "loading":
      if (contacts.stale !== undefined) return l10n.t("refreshing");
      return contacts.arriving === undefined ? "" : arrivingText(contacts.arriving.count, contacts.startedAt);
    case "failed":
      if (contacts.stale === undefined) return "";
      return contacts.partial ? l10n.t("incomplete") : l10n.t("from before, not refreshed");
    case "listed":
      if (contacts.stopped) return l10n.t("stopped, there are more");
      return contacts.announced === undefined || contacts.announced === contacts.received
        ? ""
        : l10n.t("the server announced {announced} and sent {received}", {
            announced: contacts.announced,
            received: contacts.received,
          });
  }
}

function arrivingText(count: number, startedAt: number): string {
  const seconds = Math.max(0.25, (Date.now() - startedAt) / 1000);
  return l10n.t("loading, {count} so far, {rate} per second", {
    count: numberText(count),
    rate: numberText(Math.round(count / seconds)),
  });
}

/** With the separators of the user's language. */
function numberText(count: number): string {
  return count.toLocaleString(vscode.env.language);
}

function ofText(matching: number, all: number): string {
  return l10n.t("{matching} of {all}", { matching: numberText(matching), all: numberText(all) });
}

function campaignLabel(row: CampaignRow, entry: CampaignEntry | undefined): string {
  if (row.campaignId === noCampaignId) return l10n.t("Without a campaign");
  const name = plainText(entry?.campaign.name ?? "", 120);
  return name === "" ? l10n.t("Campaign {id}", { id: row.campaignId }) : name;
}

function stepsOf(problem: ProblemRow): StepRow[] {
  const steps: NextStep[] = problem.next === "retry" ? ["retry", "showLog"] : ["retry", problem.next];
  return [...new Set(steps)].map((step) => new StepRow(step, problem.campaign));
}

function problemItem(row: ProblemRow): vscode.TreeItem {
  const item = new vscode.TreeItem(row.sentence, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `problem/${row.campaign?.campaignId ?? ""}`;
  item.tooltip = new vscode.MarkdownString().appendText(row.sentence);
  item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  return item;
}

function stepItem({ step, campaign }: StepRow): vscode.TreeItem {
  const [label, icon, command] = stepLook(step);
  const item = new vscode.TreeItem(label);
  item.id = `step/${campaign?.campaignId ?? ""}/${step}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command =
    step === "openSettings"
      ? { command, title: label, arguments: ["@ext:dialler.dialler-contacts"] }
      : { command, title: label };
  return item;
}

/** Label, icon and command of a step. */
export function stepLook(step: NextStep): readonly [label: string, icon: string, command: string] {
  switch (step) {
    case "retry":
      return [l10n.t("Retry"), "refresh", commands.contactsRefresh];
    case "setToken":
      return [l10n.t("Set Token…"), "key", commands.endpointSetToken];
    case "checkEndpoint":
      return [l10n.t("Check Endpoint"), "pulse", commands.endpointCheck];
    case "openSettings":
      return [l10n.t("Open Settings"), "gear", "workbench.action.openSettings"];
    case "showLog":
      return [l10n.t("Show Log"), "output", commands.outputShow];
  }
}
