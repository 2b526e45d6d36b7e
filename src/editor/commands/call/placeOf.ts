import type { Connection } from "../../../dialler/endpoint/connect";
import type { Place } from "../ask/confirmWords";
import type { ActingParts } from "./parts";

interface PlaceParts {
  readonly store: ActingParts["store"];
  readonly preferences: { readonly now: Pick<ActingParts["preferences"]["now"], "mask"> };
}

export function placeOf(parts: PlaceParts, connection: Connection): Place {
  return {
    endpoint: connection.endpoint.name,
    production: connection.endpoint.environment === "production",
    masked: parts.preferences.now.mask,
    // The store may list another endpoint, where the same campaign ID has another name.
    campaignName: (id) => (isListed(parts, connection) ? parts.store.campaignName(id) : undefined),
  };
}

/** Whether the connection is to the server of the active endpoint, whose contacts the view lists. */
export function isListed({ store }: Pick<PlaceParts, "store">, { baseUrl }: Connection): boolean {
  return store.state.kind !== "closed" && store.state.connection.baseUrl === baseUrl;
}
