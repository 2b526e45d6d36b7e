import type { Connection } from "../../../dialler/endpoint/connect";
import type { CampaignRow, ContactRow, GroupRow } from "../../../dialler/list/rows";

/** The IDs by which VS Code remembers whether a row is selected or expanded. */
export function contactRowId({ connection, key }: ContactRow): string {
  return `${placeId(connection)}/${key}`;
}

export function campaignRowId({ connection, campaignId }: CampaignRow): string {
  return `${placeId(connection)}/campaign/${campaignId}`;
}

/** By index, so that a group stays expanded whichever contacts it holds. */
export function groupRowId({ connection, campaignId, index }: GroupRow): string {
  return `${placeId(connection)}/group/${campaignId ?? ""}/${index}`;
}

/** Includes the base URL: after an edit the same name may belong to another server. */
function placeId({ endpoint, baseUrl }: Connection): string {
  return `${endpoint.name} ${baseUrl}`;
}
