import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { clickedCampaigns, loadClicked } from "./clickedCampaigns";

/**
 * Reads everything that is listed again, or only the campaigns that it was run on; reconnects first if the connection
 * failed.
 */
export async function refreshContacts(parts: Parts, args: readonly unknown[]): Promise<void> {
  const campaigns = clickedCampaigns(args);
  if (campaigns !== undefined) {
    await loadClicked(parts, campaigns, true);
    return;
  }
  if (parts.follow.state.kind === "failed") await parts.follow.follow(parts.endpoints.wanted);
  await activeConnection(parts);
  await parts.store.refresh();
}
