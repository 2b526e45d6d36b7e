import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";

/** Reads everything that is listed again; reconnects first if the connection failed. */
export async function refreshContacts(parts: Parts): Promise<void> {
  if (parts.follow.state.kind === "failed") await parts.follow.follow(parts.endpoints.wanted);
  await activeConnection(parts);
  await parts.store.refresh();
}
