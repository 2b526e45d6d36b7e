import type { Connection } from "../../../dialler/endpoint/connect";
import type { CampaignRow, ContactRow, GroupRow } from "../../../dialler/list/rows";

/** The IDs by which VS Code keeps the state of a row: what is selected and what is expanded. */
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

/** An edit can give a name to another server; a selection there must not become one here. */
function placeId({ endpoint, baseUrl }: Connection): string {
  return `${endpoint.name} ${baseUrl}`;
}
