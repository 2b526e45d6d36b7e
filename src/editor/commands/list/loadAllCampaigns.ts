import type * as vscode from "vscode";
import { LoadRow } from "../../view/list/problemRows";
import { activeTab } from "../../view/list/tabInFront";
import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { mayLoad } from "./mayLoad";

/**
 * Reads the contacts of every campaign that is not loaded yet; asks first if there are many. Run from the row that offers
 * it, which then goes away, it moves the focus to the first row.
 */
export async function loadAllCampaigns(parts: Parts, args: readonly unknown[] = []): Promise<void> {
  await activeConnection(parts);
  const { store } = parts;
  await store.load();
  const tab = activeTab();
  if (!(await mayLoad(parts, unloadedCampaigns(parts)))) return;
  await store.loadAll();
  if (args[0] instanceof LoadRow) await focusFirstRow(parts, tab);
}

/** Unless the person has selected another row or gone to another editor in the meantime. */
async function focusFirstRow({ store, tree }: Parts, tabBefore: vscode.Tab | undefined): Promise<void> {
  await store.filtered();
  const isLeft = activeTab() !== tabBefore || tree.selection.some((row) => !(row instanceof LoadRow));
  if (isLeft || !tree.view.visible) return;
  // The rows must be on the screen before one of them is looked for on it.
  tree.refresh();
  const [first] = tree.getChildren();
  if (first !== undefined) await tree.view.reveal(first, { select: true, focus: true });
}

/** The number of campaigns whose contacts were not requested yet. */
export function unloadedCampaigns({ store }: Pick<Parts, "store">): number {
  return store.campaignRows().filter((row) => store.campaign(row)?.contacts.kind === "idle").length;
}
