import * as vscode from "vscode";
import { contactIdOf } from "../api/key";
import type { ContactKey, ContactList } from "../contacts/contactList";
import { listsOf, shownList } from "../contacts/contactsState";
import type { Wanted } from "../contacts/exportRecords";
import type { ExportChoice } from "../contacts/exportRows";
import type { Connection } from "../endpoint/connect";
import * as l10n from "../l10n";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";
import { selectedRows } from "./selectedRows";

interface ScopeItem extends vscode.QuickPickItem {
  readonly wanted?: Wanted;
}

/**
 * The contacts meant: what is selected, what the filter leaves, or all that is loaded; undefined when the person gave
 * up. @throws Refusal when none is loaded
 */
export async function pickScope(parts: Parts, connection: Connection): Promise<Wanted | undefined> {
  const { store, tree } = parts;
  await store.filtered();
  const all = wantedOf(parts, connection, (list) => list);
  if (all.size === 0) throw new Refusal(l10n.t("No contacts are loaded yet. Nothing was written."));
  const selected = selectedRows(tree).filter((row) => row.connection.baseUrl === connection.baseUrl);
  const items: ScopeItem[] = [];
  if (selected.length > 1) {
    const chosen = new Map<number, number | undefined>();
    for (const { key } of selected) {
      const id = contactIdOf(key);
      if (id !== undefined) chosen.set(id, all.get(id));
    }
    items.push(itemOf("list-selection", l10n.t("Selected Contacts"), chosen));
  }
  if (store.filter !== undefined) {
    const shown = wantedOf(parts, connection, (list) => store.visible(list));
    items.push({ ...itemOf("filter", l10n.t("Filtered Contacts"), shown), detail: store.filter.text });
  }
  items.push({ ...itemOf("list-flat", l10n.t("All Loaded Contacts"), all), ...unloadedText(parts) });
  const picked = await vscode.window.showQuickPick(
    items.filter(({ wanted }) => wanted === undefined || wanted.size > 0),
    {
      title: l10n.t("Export Contacts"),
      placeHolder: l10n.t("Which contacts? Their whole records are read again."),
      ignoreFocusOut: true,
    },
  );
  return picked?.wanted;
}

function itemOf(icon: string, label: string, wanted: Wanted): ScopeItem {
  const count = wanted.size.toLocaleString(vscode.env.language);
  return { label: `$(${icon}) ${label}`, description: count, wanted };
}

function unloadedText({ store }: Parts): { readonly detail?: string } {
  const rows = store.campaignRows();
  const count = rows.filter((row) => store.campaign(row)?.contacts.kind === "idle").length;
  return count === 0 ? {} : { detail: l10n.t("{count} campaigns are not loaded", { count }) };
}

/** The contacts of the lists, as far as their IDs can be asked for. */
function wantedOf(
  { store }: Parts,
  connection: Connection,
  part: (list: ContactList) => ContactList,
): Map<number, number | undefined> {
  const wanted = new Map<number, number | undefined>();
  const { state } = store;
  if (state.kind === "closed" || state.connection !== connection) return wanted;
  for (const { campaignId, contacts } of listsOf(state)) {
    const list = shownList(contacts);
    const keys: readonly ContactKey[] = list === undefined ? [] : part(list).keys();
    for (const key of keys) {
      const id = contactIdOf(key);
      // Contacts of no campaign are gathered under 0; only the list of all contacts holds them.
      if (id !== undefined) wanted.set(id, campaignId === 0 ? undefined : campaignId);
    }
  }
  return wanted;
}

interface FormatItem extends vscode.QuickPickItem {
  readonly choice?: Pick<ExportChoice, "format" | "bankToo">;
}

/** Undefined when the person gave up. */
export async function pickFormat(
  count: number,
): Promise<Pick<ExportChoice, "format" | "bankToo"> | undefined> {
  const separator = (label: string): FormatItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const formats = (bankToo: boolean): FormatItem[] => [
    {
      label: l10n.t("CSV for Spreadsheets"),
      description: l10n.t("no cell is taken for a formula"),
      choice: { format: "spreadsheet", bankToo },
    },
    {
      label: l10n.t("Raw CSV"),
      description: l10n.t("nothing is altered; can be imported again"),
      choice: { format: "raw", bankToo },
    },
    {
      label: l10n.t("JSON"),
      description: l10n.t("the records as the server sends them"),
      choice: { format: "json", bankToo },
    },
  ];
  const picked = await vscode.window.showQuickPick(
    [
      separator(l10n.t("without bank data")),
      ...formats(false),
      separator(l10n.t("with bank data: owner, bank, IBAN, amount")),
      ...formats(true),
    ],
    {
      title: l10n.t("Export {count} Contacts", { count: count.toLocaleString(vscode.env.language) }),
      placeHolder: l10n.t("The file will hold personal data."),
      ignoreFocusOut: true,
    },
  );
  return picked?.choice;
}
