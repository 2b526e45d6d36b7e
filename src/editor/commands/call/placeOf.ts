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
    campaignName: (id) => {
      const { state } = parts.store;
      // The store may list another endpoint, where the same campaign ID has another name.
      return state.kind !== "closed" && state.connection.baseUrl === connection.baseUrl
        ? parts.store.campaignName(id)
        : undefined;
    },
  };
}
