import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import type { ContactStore, StoreChange } from "../../../dialler/list/contactStore";
import { isLoading } from "../../../dialler/list/contactsState";
import { CampaignRow, ContactRow, GroupRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import {
  type RowField,
  filteredKey,
  loadingKey,
  rowWords,
  stateKey,
  views,
  documentScheme,
} from "../../../manifest";
import type { Listening } from "../../../signal";
import { maskedContact } from "../../shown/mask";
import { contactHover } from "./contactHover";
import { contactTreeItem } from "./contactTreeItem";
import { groupTreeItem } from "./groupTreeItem";
import { neighbours, visibleList } from "./neighbours";
import type { KeptView } from "./keptView";
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
  readonly #listening: Listening;
  #selected: readonly TreeRow[] = [];
  #pending = new Set<TreeRow>();
  #pendingAll = false;
  #paintedAt = 0;
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

  /** Repaints at once after the endpoint or an obstacle has changed: the old rows must not stay visible. */
  refresh(): void {
    this.#note({ kind: "all" });
    this.#paintNow();
  }

  /** Selects a contact in the tree and moves the focus to it, if it is listed: the next key acts on what was found. */
  async reveal(row: ContactRow): Promise<void> {
    if (this.ports.store.contact(row) === undefined) return;
    await this.view.reveal(row, { select: true, focus: true });
  }

  /**
   * For a change that may remove rows. The function returned is called after it, and selects the next row if the first
   * of `rows` was removed. `focus`: it is focused as well. If a person has selected another row or opened another editor
   * in the meantime, neither their selection nor their focus changes.
   */
  goOnAfter(rows: readonly ContactRow[], focus: boolean): () => Promise<void> {
    const { store } = this.ports;
    const nearest = neighbours(store, rows);
    const selectedBefore = this.selection;
    const tabBefore = activeTab();
    return async () => {
      const [first] = rows;
      if (first === undefined || store.contact(first) !== undefined || !this.view.visible) return;
      if (this.selection.some((row) => !selectedBefore.includes(row))) return;
      const next = nearest.find((row) => this.#isListed(row));
      if (next === undefined) return;
      const isTabSame = activeTab() === tabBefore || isOwnPreview(activeTab());
      // The rows that are gone must have left the screen before another one is looked for on it.
      this.#paintNow();
      await this.view.reveal(next, { select: true, focus: focus && isTabSame });
    };
  }

  #isListed(row: ContactRow | CampaignRow): boolean {
    const { store } = this.ports;
    if (row instanceof CampaignRow) return store.campaign(row) !== undefined;
    const list = visibleList(store, store.parentOf(row)?.campaignId);
    return list?.has(row.key) === true;
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
    if (contact !== undefined) {
      item.tooltip = contactHover(this.#asShown(contact), this.ports.store.campaignName(contact.campaignId));
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
    return contactTreeItem(this.#asShown(contact), {
      id: contactRowId(row),
      readOnly: row.connection.endpoint.readOnly,
      inDoubt: store.isInDoubt(row),
      rowFields: this.ports.rowFields(),
    });
  }

  #groupItem(row: GroupRow): vscode.TreeItem {
    const grouping = this.#shown.grouping(row);
    return grouping === undefined
      ? new vscode.TreeItem(l10n.t("No longer listed"))
      : groupTreeItem(row, grouping.list, grouping.size, (contact) => this.#asShown(contact));
  }

  #campaignItem(row: CampaignRow): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const label = campaignLabel(row, this.ports.store.campaign(row));
    const expands = this.#shown.expandsMatches(row);
    const isOpen = expands || this.#open.has(row) || this.ports.kept.isOpen(row);
    const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
    // VS Code expands a row that it has shown before only if the row has another ID.
    item.id = expands ? `${campaignRowId(row)}/matches` : campaignRowId(row);
    item.contextValue = rowWords.campaign;
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
    else
      for (const row of change.kind === "campaign" ? [change.row] : this.#withCounts(change.rows))
        this.#pending.add(row);
    this.#timer ??= setTimeout(() => this.#paint(), Math.max(0, this.#paintedAt + paintEveryMs - Date.now()));
  }

  /** A campaign counts its locked contacts: it changes with them. */
  #withCounts(rows: readonly ContactRow[]): readonly TreeRow[] {
    const campaigns = rows.flatMap((row) => this.ports.store.parentOf(row) ?? []);
    return [...rows, ...new Set(campaigns)];
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

function activeTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.activeTabGroup.activeTab;
}

/** The record of a row that was clicked opens without taking the focus, maybe late. */
function isOwnPreview(tab: vscode.Tab | undefined): boolean {
  return (
    tab?.isPreview === true &&
    tab.input instanceof vscode.TabInputText &&
    tab.input.uri.scheme === documentScheme
  );
}
