import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";

/** Asks the server again for everything that is listed; also connects again where that had failed. */
export async function refreshContacts(parts: Parts): Promise<void> {
  if (parts.follow.state.kind === "failed") await parts.follow.follow(parts.endpoints.wanted);
  await activeConnection(parts);
  await parts.store.refresh();
}
