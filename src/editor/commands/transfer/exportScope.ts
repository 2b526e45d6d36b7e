import * as vscode from "vscode";
import { contactIdOf } from "../../../dialler/api/record/key";
import type { ContactKey, ContactList } from "../../../dialler/list/contactList";
import { listsOf, shownList } from "../../../dialler/list/contactsState";
import { noCampaignId } from "../../../dialler/list/readList";
import { type CampaignRow, ContactRow } from "../../../dialler/list/rows";
import type { Wanted } from "../../../dialler/transfer/exportRecords";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { campaignLabel, noteOf } from "../../view/list/treeTexts";
import { activeConnection, refuseSwitched } from "../call/activeConnection";
import { withChosen, selectedRows } from "../call/chosen";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { clickedCampaigns, loadClicked } from "../list/clickedCampaigns";

interface ScopeItem extends vscode.QuickPickItem {
  readonly wanted: Wanted;
}

/** The contacts to export and where they come from. */
export interface ExportScope {
  readonly connection: Connection;
  readonly wanted: Wanted;
}

/**
 * The contacts to export: those of the rows or campaigns that the command was run on, else the selected, the filtered or
 * all loaded ones, as the person picks; undefined when the person gave up.
 * @throws Refusal when there are none; ApiError when a campaign cannot be loaded
 */
export async function exportScope(parts: Parts, args: readonly unknown[]): Promise<ExportScope | undefined> {
  const campaigns = clickedCampaigns(args);
  if (campaigns !== undefined) return ofCampaigns(parts, campaigns);
  if (args[0] instanceof ContactRow) return ofRows(parts, args);
  const connection = await activeConnection(parts);
  await parts.store.filtered();
  const all = wantedOf(parts, connection, (list) => list);
  if (all.size === 0) throw new Refusal(l10n.t("No contacts are loaded yet. Nothing was written."));
  const items: ScopeItem[] = [
    ...selectedItems(parts, connection, all),
    ...filteredItems(parts, connection),
    { ...itemOf("list-flat", l10n.t("All Loaded Contacts"), all), ...unloadedText(parts) },
  ];
  const wanted = await pick(items);
  return wanted && { connection, wanted };
}

/** Exactly the rows chosen. */
async function ofRows(parts: Parts, args: readonly unknown[]): Promise<ExportScope | undefined> {
  const chosen = await withChosen(parts, l10n.t("Export Contacts"), args, (rows) => Promise.resolve(rows));
  if (chosen === undefined) return undefined;
  const wanted = new Map<number, number | undefined>();
  for (const { id, campaignId } of chosen.contacts) if (id !== undefined) wanted.set(id, campaignId);
  if (wanted.size === 0) {
    throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  }
  return { connection: chosen.connection, wanted };
}

/** The campaigns are loaded first, if they are not. A question is asked only if not all of their contacts may be meant. */
async function ofCampaigns(parts: Parts, rows: readonly CampaignRow[]): Promise<ExportScope | undefined> {
  const { store } = parts;
  const connection = await loadClicked(parts, rows, false);
  if (connection === undefined) return undefined;
  refuseSwitched(parts, connection);
  await store.filtered();
  const ids = new Set(rows.map(({ campaignId }) => campaignId));
  const all = wantedOf(parts, connection, (list) => list, ids);
  const entries = rows.map((row) => store.campaign(row));
  if (all.size === 0) {
    for (const entry of entries) if (entry?.contacts.kind === "failed") throw entry.contacts.error;
    throw new Refusal(l10n.t("There is no contact to export. Nothing was written."));
  }
  const notes = entries.map((entry) => (entry === undefined ? "" : noteOf(entry.contacts)));
  const detail = [...new Set(notes)].filter((note) => note !== "").join(" · ");
  const items = [
    ...filteredItems(parts, connection, ids),
    { ...itemOf("megaphone", campaignsText(parts, rows), all), ...(detail === "" ? {} : { detail }) },
  ];
  const wanted = items.length === 1 && detail === "" ? all : await pick(items);
  return wanted && { connection, wanted };
}

function campaignsText({ store }: Parts, rows: readonly CampaignRow[]): string {
  const [row] = rows;
  if (row === undefined || rows.length > 1)
    return l10n.t("All contacts of {count} campaigns", { count: l10n.number(rows.length) });
  const campaign = plainText(campaignLabel(row, store.campaign(row)), 60);
  return l10n.t("All contacts of {campaign}", { campaign });
}

async function pick(items: readonly ScopeItem[]): Promise<Wanted | undefined> {
  const picked = await vscode.window.showQuickPick(
    items.filter(({ wanted }) => wanted.size > 0),
    {
      title: l10n.t("Export Contacts"),
      placeHolder: l10n.t("Which contacts? Their whole records are read again."),
      ignoreFocusOut: true,
    },
  );
  return picked?.wanted;
}

function itemOf(icon: string, label: string, wanted: Wanted): ScopeItem {
  return { label: `$(${icon}) ${label}`, description: l10n.number(wanted.size), wanted };
}

function selectedItems({ tree }: Parts, connection: Connection, all: Wanted): ScopeItem[] {
  const selected = selectedRows(tree).filter((row) => row.connection.baseUrl === connection.baseUrl);
  if (selected.length < 2) return [];
  const chosen = new Map<number, number | undefined>();
  for (const { key } of selected) {
    const id = contactIdOf(key);
    if (id !== undefined) chosen.set(id, all.get(id));
  }
  return [itemOf("list-selection", l10n.t("Selected Contacts"), chosen)];
}

function filteredItems(
  parts: Parts,
  connection: Connection,
  campaigns?: ReadonlySet<number>,
): readonly ScopeItem[] {
  const { store } = parts;
  if (store.filter === undefined) return [];
  const shown = wantedOf(parts, connection, (list) => store.visible(list), campaigns);
  return [{ ...itemOf("filter", l10n.t("Filtered Contacts"), shown), detail: store.filter.text }];
}

function unloadedText({ store }: Parts): { readonly detail?: string } {
  const rows = store.campaignRows();
  const count = rows.filter((row) => store.campaign(row)?.contacts.kind === "idle").length;
  if (count === 0) return {};
  return {
    detail:
      count === 1
        ? l10n.t("1 campaign is not loaded")
        : l10n.t("{count} campaigns are not loaded", { count: l10n.number(count) }),
  };
}

/** The contacts of the lists whose IDs can be sent; only those of `campaigns`, if given. */
function wantedOf(
  { store }: Parts,
  connection: Connection,
  part: (list: ContactList) => ContactList,
  campaigns?: ReadonlySet<number>,
): Map<number, number | undefined> {
  const wanted = new Map<number, number | undefined>();
  const { state } = store;
  if (state.kind === "closed" || state.connection !== connection) return wanted;
  for (const { campaignId, contacts } of listsOf(state)) {
    if (campaigns !== undefined && (campaignId === undefined || !campaigns.has(campaignId))) continue;
    const list = shownList(contacts);
    const keys: readonly ContactKey[] = list === undefined ? [] : part(list).keys();
    for (const key of keys) {
      const id = contactIdOf(key);
      // Contacts without a campaign are grouped under an ID that is no campaign of the server.
      if (id !== undefined) wanted.set(id, campaignId === noCampaignId ? undefined : campaignId);
    }
  }
  return wanted;
}
