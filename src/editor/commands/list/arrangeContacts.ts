import * as vscode from "vscode";
import { type SortBy, sortOrders } from "../../../dialler/list/contactOrder";
import * as l10n from "../../../l10n";
import { settings } from "../../../manifest";
import { writeSetting } from "../../settings/preferences";
import { mayLoad } from "./mayLoad";
import type { Parts } from "../call/parts";

interface OrderItem extends vscode.QuickPickItem {
  /** Undefined: the direction is reversed. */
  readonly order?: SortBy;
  readonly picked: boolean;
}

/** Picks the order of the lists, or reverses it. */
export async function sortContactsBy(parts: Parts): Promise<void> {
  const { sortBy } = parts.preferences.now;
  const { reversed } = parts.kept;
  const items: OrderItem[] = [
    ...sortOrders.map((order) => ({ label: orderWord(order), picked: order === sortBy, order })),
    { label: "", kind: vscode.QuickPickItemKind.Separator, picked: false },
    { label: l10n.t("Reversed"), picked: reversed },
  ];
  const picked = await vscode.window.showQuickPick(marked(items), { title: l10n.t("Sort Contacts By") });
  if (picked === undefined) return;
  if (picked.order !== undefined) {
    await writeSetting(settings.sortBy, picked.order);
    return;
  }
  parts.kept.reverse();
  await parts.store.sort();
}

/** Picks whether the contacts are grouped by campaign. */
export async function groupContactsBy(parts: Parts): Promise<void> {
  const { groupBy } = parts.preferences.now;
  const items = [
    { label: l10n.t("Campaign"), group: "campaign" as const },
    { label: l10n.t("No groups, one flat list"), group: "none" as const },
  ].map((item) => ({ ...item, picked: item.group === groupBy }));
  const picked = await vscode.window.showQuickPick(marked(items), { title: l10n.t("Group Contacts By") });
  if (picked === undefined) return;
  // A flat list reads the contacts of every campaign at once.
  const flattens = picked.group === "none" && groupBy !== "none";
  if (flattens && !(await mayLoad(parts, parts.store.campaignRows().length))) return;
  await writeSetting(settings.groupBy, picked.group);
}

function marked<T extends { readonly label: string; readonly picked: boolean }>(items: readonly T[]): T[] {
  return items.map((item) => (item.picked ? { ...item, label: `$(check) ${item.label}` } : item));
}

function orderWord(order: SortBy): string {
  switch (order) {
    case "name":
      return l10n.t("Name");
    case "id":
      return l10n.t("ID");
    case "newest":
      return l10n.t("Newest first");
    case "nextTry":
      return l10n.t("Next try");
    case "company":
      return l10n.t("Company");
    case "userData":
      return "UserData";
    case "lock":
      return l10n.t("Lock, locked first");
  }
}
