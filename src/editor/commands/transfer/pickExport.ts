import * as vscode from "vscode";
import { contactIdOf } from "../../../dialler/api/record/key";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { ContactKey, ContactList } from "../../../dialler/list/contactList";
import { listsOf, shownList } from "../../../dialler/list/contactsState";
import type { Wanted } from "../../../dialler/transfer/exportRecords";
import type { ExportChoice } from "../../../dialler/transfer/exportRows";
import * as l10n from "../../../l10n";
import { selectedRows } from "../call/chosen";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

interface ScopeItem extends vscode.QuickPickItem {
  readonly wanted?: Wanted;
}

/**
 * The contacts to export: the selected, the filtered or all loaded ones; undefined when the person gave up.
 * @throws Refusal when none is loaded
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
  return { label: `$(${icon}) ${label}`, description: l10n.number(wanted.size), wanted };
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

/** The contacts of the lists whose IDs can be sent. */
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
      // Contacts without a campaign are grouped under 0, which is no campaign of the server.
      if (id !== undefined) wanted.set(id, campaignId === 0 ? undefined : campaignId);
    }
  }
  return wanted;
}

interface FormatItem extends vscode.QuickPickItem {
  readonly choice?: Pick<ExportChoice, "format" | "bankToo">;
}

/** `masked`: a table for spreadsheets shows numbers and addresses masked. Undefined when the person gave up. */
export async function pickFormat(
  count: number,
  masked: boolean,
): Promise<Pick<ExportChoice, "format" | "bankToo"> | undefined> {
  const separator = (label: string): FormatItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const spreadsheet = (bankToo: boolean): FormatItem => ({
    label: l10n.t("CSV for Spreadsheets"),
    description: masked
      ? l10n.t("numbers and addresses masked; no cell is read as a formula")
      : l10n.t("no cell is read as a formula"),
    choice: { format: "spreadsheet", bankToo },
  });
  const whole = (bankToo: boolean): FormatItem[] => [
    {
      label: l10n.t("Raw CSV"),
      description: masked
        ? l10n.t("not masked, nothing is altered; can be imported again")
        : l10n.t("nothing is altered; can be imported again"),
      choice: { format: "raw", bankToo },
    },
    {
      label: l10n.t("JSON"),
      description: masked
        ? l10n.t("not masked, the records as the server sends them")
        : l10n.t("the records as the server sends them"),
      choice: { format: "json", bankToo },
    },
  ];
  const picked = await vscode.window.showQuickPick(
    [
      separator(l10n.t("without bank data")),
      spreadsheet(false),
      ...whole(false),
      separator(l10n.t("with bank data: owner, bank, IBAN, amount")),
      // The mask would leave nothing of the bank data.
      ...(masked ? [] : [spreadsheet(true)]),
      ...whole(true),
    ],
    {
      title:
        count === 1
          ? l10n.t("Export 1 Contact")
          : l10n.t("Export {count} Contacts", { count: l10n.number(count) }),
      placeHolder: l10n.t("The file will hold personal data."),
      ignoreFocusOut: true,
    },
  );
  return picked?.choice;
}
