import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { mayLoad } from "./mayLoad";

/** Reads the contacts of every campaign that is not loaded yet; asks first if there are many. */
export async function loadAllCampaigns(parts: Parts): Promise<void> {
  await activeConnection(parts);
  const { store } = parts;
  await store.load();
  if (await mayLoad(parts, unloadedCampaigns(parts))) await store.loadAll();
}

/** The number of campaigns whose contacts were not requested yet. */
export function unloadedCampaigns({ store }: Pick<Parts, "store">): number {
  return store.campaignRows().filter((row) => store.campaign(row)?.contacts.kind === "idle").length;
}
