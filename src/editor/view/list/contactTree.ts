import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import type { ContactStore } from "../../../dialler/list/contactStore";
import { isLoading, isUserDataShared, shownList } from "../../../dialler/list/contactsState";
import { CampaignRow, ContactRow, GroupRow, type StoreChange } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { type RowField, filteredKey, loadingKey, stateKey, views } from "../../../manifest";
import type { Listening } from "../../../signal";
import { maskedContact } from "../../shown/mask";
import { campaignWords } from "./campaignWords";
import { contactHover } from "./contactHover";
import { contactTreeItem } from "./contactTreeItem";
import { groupTreeItem } from "./groupTreeItem";
import { isListed, neighbours } from "./neighbours";
import { activeTab, isOwnPreview } from "./tabInFront";
import type { KeptView } from "./keptView";
import { LoneRows } from "./loneRows";
import { LoadRow, ProblemRow, StepRow } from "./problemRows";
import { loadTreeItem, problemTreeItem, stepTreeItem } from "./problemTreeItem";
import { campaignRowId, contactRowId } from "./rowIds";
import { type TreeRow, type TreeSources, TreeState } from "./treeState";
import { campaignLabel } from "./treeTexts";

export interface TreePorts extends TreeSources {
  readonly store: ContactStore;
  readonly kept: Pick<KeptView, "isOpen" | "noteOpen">;
  /** Whether numbers and addresses are shown masked. */
  masked(): boolean;
  /** What the result codes of a server mean, as far as it is known. */
  readonly results: { resultWords(baseUrl: string, id: number): string | undefined };
  /** What stands beside a contact's name. */
  rowFields(): readonly RowField[];
}

/** VS Code shows no updates while a tree changes faster than it can paint. */
const paintEveryMs = 250;

/** The Contacts view in VS Code: loads what a person opens, and paints the state of the tree. */
export class ContactTree implements vscode.TreeDataProvider<TreeRow> {
  readonly view: vscode.TreeView<TreeRow>;
  readonly #changed = new vscode.EventEmitter<TreeRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shown: TreeState;
  /** The rows that a person has expanded, so that campaigns hidden by a filter come back expanded. */
  readonly #open = new WeakSet<TreeRow>();
  readonly #lone = new LoneRows();
  readonly #listening: Listening;
  #selected: readonly TreeRow[] = [];
  #pending = new Set<TreeRow>();
  #pendingAll = false;
  #paintedAt = 0;
  #redrawnAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly ports: TreePorts) {
    this.#shown = new TreeState(ports);
    this.view = vscode.window.createTreeView<TreeRow>(views.contacts, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.view.onDidChangeSelection(({ selection }) => (this.#selected = selection));
    this.view.onDidExpandElement(({ element }) => this.#noteOpen(element, true));
    this.view.onDidCollapseElement(({ element }) => this.#noteOpen(element, false));
    this.#listening = ports.store.changed.listen((change) => this.#note(change));
    this.#describe();
  }

  /** The rows that are selected on screen: VS Code reports none while it redraws the tree. */
  get selection(): readonly TreeRow[] {
    const { selection } = this.view;
    return selection.length > 0 ? selection : this.#selected;
  }

  /** When VS Code was last told to draw the whole tree again. Until it has done so, it knows no row. */
  get redrawnAt(): number {
    return this.#redrawnAt;
  }

  /** Repaints at once after the endpoint or an obstacle has changed: the old rows must not stay visible. */
  refresh(): void {
    this.#note({ kind: "all" });
    this.#paintNow();
  }

  /**
   * Selects a contact in the tree and moves the focus to it: the next key acts on what was found. False if it is not
   * listed, or the filter hides it: VS Code's own `reveal` only logs that it cannot find the row.
   */
  async reveal(row: ContactRow): Promise<boolean> {
    if (!isListed(this.ports.store, row)) return false;
    await this.view.reveal(row, { select: true, focus: true });
    return true;
  }

  /**
   * For a change that may remove rows: selects the next row as soon as the first of `rows` leaves the list. `focus`: it
   * is focused as well. If a person has selected another row or opened another editor in the meantime, neither their
   * selection nor their focus changes. The function returned is called after the change.
   */
  goOnAfter(rows: readonly ContactRow[], focus: boolean): () => Promise<void> {
    const { store } = this.ports;
    const [first] = rows;
    const nearest = neighbours(store, rows);
    const before = { selection: this.selection, tab: activeTab() };
    const isGone = (): boolean => first !== undefined && store.contact(first) === undefined;
    let going: Promise<void> | undefined;
    const goOn = (): void => {
      if (isGone()) going ??= this.#goOnTo(nearest, before, focus);
      // The caller hears of a failure when it waits.
      going?.catch(() => undefined);
    };
    const listening = store.changed.listen(goOn);
    return async () => {
      listening.dispose();
      goOn();
      await going;
    };
  }

  async #goOnTo(
    nearest: readonly (ContactRow | CampaignRow)[],
    before: { readonly selection: readonly TreeRow[]; readonly tab: vscode.Tab | undefined },
    focus: boolean,
  ): Promise<void> {
    const next = nearest.find((row) => isListed(this.ports.store, row));
    const isSelectionSame = this.selection.every((row) => before.selection.includes(row));
    if (next === undefined || !isSelectionSame || !this.view.visible) return;
    const isTabSame = activeTab() === before.tab || isOwnPreview(activeTab());
    // The rows that are gone must have left the screen before another one is looked for on it.
    this.#paintNow();
    await this.view.reveal(next, { select: true, focus: focus && isTabSame });
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    if (row instanceof ContactRow) return this.#contactItem(row);
    if (row instanceof CampaignRow) return this.#campaignItem(row);
    if (row instanceof GroupRow) return this.#groupItem(row);
    if (row instanceof ProblemRow) return problemTreeItem(row);
    if (row instanceof StepRow) return stepTreeItem(row);
    if (row instanceof LoadRow) return loadTreeItem(row);
    return new vscode.TreeItem(row.label);
  }

  resolveTreeItem(item: vscode.TreeItem, row: TreeRow): vscode.TreeItem {
    const contact = row instanceof ContactRow ? this.ports.store.contact(row) : undefined;
    if (row instanceof ContactRow && contact !== undefined) {
      const { endpoint, baseUrl } = row.connection;
      const { resultCodeId } = contact;
      item.tooltip = contactHover(this.#asShown(contact), {
        campaign: this.ports.store.campaignName(contact.campaignId),
        result:
          resultCodeId === undefined ? undefined : this.ports.results.resultWords(baseUrl, resultCodeId),
        endpoint,
      });
    }
    return item;
  }

  getParent(row: TreeRow): TreeRow | undefined {
    return this.#shown.parent(row);
  }

  getChildren(row?: TreeRow): TreeRow[] {
    this.#load(row);
    return this.#shown.children(row);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#changed.dispose();
    this.view.dispose();
  }

  /**
   * Requests the contacts below a row that is opened for the first time. Not awaited: VS Code would keep showing the
   * old rows, those of another endpoint, and a row that changes while its children are awaited can end up without them.
   */
  #load(row: TreeRow | undefined): void {
    const { store } = this.ports;
    if (row === undefined && this.ports.obstacle() === undefined) void store.load();
    if (row instanceof CampaignRow && store.campaign(row)?.contacts.kind === "idle")
      void store.loadCampaign(row);
  }

  #asShown(contact: Contact): Contact {
    return this.ports.masked() ? maskedContact(contact) : contact;
  }

  #contactItem(row: ContactRow): vscode.TreeItem {
    const { store } = this.ports;
    const contact = store.contact(row);
    if (contact === undefined) return new vscode.TreeItem(l10n.t("No longer listed"));
    const { userData } = contact;
    const sharesUserData = userData !== undefined && isUserDataShared(store.state, userData);
    this.#lone.note(row, userData, sharesUserData);
    return contactTreeItem(this.#asShown(contact), {
      id: contactRowId(row),
      readOnly: row.connection.endpoint.readOnly,
      underWay: store.changeUnderWay(row.connection, row.key),
      inDoubt: store.isInDoubt(row),
      sharesUserData,
      rowFields: this.ports.rowFields(),
    });
  }

  #groupItem(row: GroupRow): vscode.TreeItem {
    const grouping = this.#shown.grouping(row);
    return grouping === undefined
      ? new vscode.TreeItem(l10n.t("No longer listed"))
      : groupTreeItem(row, grouping.list, {
          size: grouping.size,
          byName: this.ports.store.preferences().sortBy === "name",
          asShown: (contact) => this.#asShown(contact),
        });
  }

  #campaignItem(row: CampaignRow): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const entry = this.ports.store.campaign(row);
    const label = campaignLabel(row, entry);
    const expands = this.#shown.expandsMatches(row);
    const isOpen = expands || this.#open.has(row) || this.ports.kept.isOpen(row);
    const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
    // VS Code expands a row that it has shown before only if the row has another ID.
    item.id = expands ? `${campaignRowId(row)}/matches` : campaignRowId(row);
    item.contextValue = campaignWords(row, entry).join(" ");
    item.iconPath = new vscode.ThemeIcon("megaphone");
    item.description = this.#shown.campaignDescription(row);
    return item;
  }

  #noteOpen(row: TreeRow, isOpen: boolean): void {
    if (isOpen) this.#open.add(row);
    else this.#open.delete(row);
    if (row instanceof CampaignRow) this.ports.kept.noteOpen(row, isOpen);
  }

  #note(change: StoreChange): void {
    if (change.kind === "progress") {
      this.#describe();
      return;
    }
    if (change.kind === "all") this.#pendingAll = true;
    else if (change.kind === "rows") for (const row of change.rows) this.#noteContact(row);
    else for (const row of [change.row, ...this.#joinedBy(change.row)]) this.#pending.add(row);
    this.#timer ??= setTimeout(() => this.#paint(), Math.max(0, this.#paintedAt + paintEveryMs - Date.now()));
  }

  /** The row of the campaign tells how many of its contacts are locked. */
  #noteContact(row: ContactRow): void {
    this.#pending.add(row);
    const campaign = this.ports.store.parentOf(row);
    if (campaign !== undefined) this.#pending.add(campaign);
  }

  /** The rows of other campaigns that share a UserData with a contact of this one. */
  #joinedBy(row: CampaignRow): ContactRow[] {
    const entry = this.ports.store.campaign(row);
    // Not of each part of a list that is still arriving.
    const list = entry?.contacts.kind === "listed" ? shownList(entry.contacts) : undefined;
    return list === undefined ? [] : this.#lone.joinedBy(list);
  }

  #paintNow(): void {
    clearTimeout(this.#timer);
    this.#paint();
  }

  #paint(): void {
    const rows = [...this.#pending];
    const all = this.#pendingAll;
    this.#timer = undefined;
    this.#pending = new Set();
    this.#pendingAll = false;
    this.#paintedAt = Date.now();
    if (all) this.#lone.clear();
    if (all) this.#redrawnAt = this.#paintedAt;
    this.#describe();
    this.#changed.fire(all ? undefined : rows);
  }

  #describe(): void {
    const { store } = this.ports;
    this.view.description = this.#shown.description();
    this.view.message = this.#shown.message();
    const setContext = (key: string, value: unknown): void =>
      void vscode.commands.executeCommand("setContext", key, value);
    setContext(filteredKey, store.filter !== undefined);
    setContext(stateKey, this.#shown.viewState());
    setContext(loadingKey, isLoading(store.state));
  }
}
