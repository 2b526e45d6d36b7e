import type { Connection } from "../../../dialler/endpoint/connect";
import { CampaignRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { mayLoad } from "./mayLoad";

/**
 * The campaigns that a command was run on: a click on a selected row chooses the whole selection. Undefined if it was not
 * run on a campaign.
 */
export function clickedCampaigns([clicked, selected]: readonly unknown[]):
  readonly CampaignRow[] | undefined {
  if (!(clicked instanceof CampaignRow)) return undefined;
  const rows = Array.isArray(selected) ? selected.filter((row) => row instanceof CampaignRow) : [];
  return rows.includes(clicked) ? rows : [clicked];
}

/**
 * Reads the contacts of these campaigns, one campaign at a time; without `again` only of those that are not loaded. Asks
 * first if there are many. Undefined when the person declined.
 * @throws Refusal when they are not listed any more
 */
export async function loadClicked(
  parts: Pick<Parts, "isTrusted" | "follow" | "endpoints" | "store" | "ask">,
  rows: readonly CampaignRow[],
  again: boolean,
): Promise<Connection | undefined> {
  const connection = await activeConnection(parts);
  const { store } = parts;
  if (rows.some((row) => store.campaign(row) === undefined)) {
    throw new Refusal(l10n.t("The list was refreshing. Try again."));
  }
  const unread = rows.filter((row) => again || store.campaign(row)?.contacts.kind === "idle");
  if (!(await mayLoad(parts, unread.length))) return undefined;
  for (const row of unread) await store.loadCampaign(row, again);
  return connection;
}

/** Reads the contacts of the campaigns clicked that are not loaded. @throws Refusal when none was clicked */
export async function loadCampaigns(parts: Parts, args: readonly unknown[]): Promise<void> {
  const rows = clickedCampaigns(args);
  // For a row that is being refreshed a menu passes undefined.
  if (rows === undefined) throw new Refusal(l10n.t("The list was refreshing. Try again."));
  await loadClicked(parts, rows, false);
}
