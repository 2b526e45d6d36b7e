import type { CampaignEntry } from "../../../dialler/list/contactsState";
import { noCampaignId } from "../../../dialler/list/readList";
import type { CampaignRow } from "../../../dialler/list/rows";
import { rowWords } from "../../../manifest";

/** What the menus of a campaign's row ask for. */
export function campaignWords({ campaignId }: CampaignRow, entry: CampaignEntry | undefined): string[] {
  return [
    rowWords.campaign,
    ...(campaignId === noCampaignId ? [] : [rowWords.numbered]),
    ...(entry?.contacts.kind === "idle" ? [rowWords.unloaded] : []),
  ];
}
