import { explain } from "../../../dialler/api/explain";
import { type Connection, UnusableEndpoint } from "../../../dialler/endpoint/connect";
import type { EndpointState } from "../../../dialler/endpoint/followEndpoint";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Obstacle } from "../../view/list/treeState";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";

/** The connection of the active endpoint. @throws Refusal with the reason when there is none */
export async function activeConnection({
  isTrusted,
  follow,
  endpoints,
}: Pick<Parts, "isTrusted" | "follow" | "endpoints">): Promise<Connection> {
  refuseUntrusted(isTrusted());
  const state = await follow.settled();
  if (state.kind === "connected") return state.connection;
  const obstacle = obstacleOf(state);
  switch (obstacle.state) {
    case "noToken":
      throw new Refusal(
        l10n.t("There is no token for the endpoint {endpoint} yet.", { endpoint: obstacle.endpoint ?? "" }),
        "setToken",
      );
    case "problem":
      throw new Refusal(obstacle.explanation?.sentence ?? "", obstacle.explanation?.next);
    case "none":
    case "restricted":
    case "notChosen":
      throw new Refusal(
        l10n.t("No dialler endpoint is chosen."),
        endpoints.all.length > 0 ? "switchEndpoint" : "addEndpoint",
      );
  }
}

/**
 * Called after a person has answered a question that was asked before the first request: the active endpoint may have
 * changed while the question was open. @throws Refusal when it was switched, here or in another window
 */
export function refuseSwitched({ follow }: Pick<Parts, "follow">, { baseUrl, endpoint }: Connection): void {
  const { state } = follow;
  if (state.kind === "connected" && state.connection.baseUrl === baseUrl) return;
  const values = { endpoint: plainText(endpoint.name, 40) };
  throw new Refusal(
    l10n.t("The endpoint {endpoint} is no longer active. Nothing was sent.", values),
    "switchEndpoint",
  );
}

/** @throws Refusal in Restricted Mode */
export function refuseUntrusted(trusted: boolean): void {
  if (trusted) return;
  throw new Refusal(
    l10n.t("This window is in Restricted Mode. Nothing is requested until the workspace is trusted."),
    "manageTrust",
  );
}

/** Why contacts cannot be listed in this state; `connected` and `connecting` give `none`. */
export function obstacleOf(state: EndpointState): Obstacle {
  switch (state.kind) {
    case "none":
    case "connecting":
    case "connected":
      return { state: "none" };
    case "noToken":
      return { state: "noToken", endpoint: state.endpoint.name };
    case "unusable": {
      const values = { name: state.name, why: state.why };
      const sentence = l10n.t("The endpoint {name} cannot be used: {why}", values);
      return { state: "problem", endpoint: state.name, explanation: { sentence, next: "openSettings" } };
    }
    case "failed": {
      const explanation =
        state.error instanceof UnusableEndpoint
          ? { sentence: state.error.message, next: "openSettings" as const }
          : explain(state.error);
      return { state: "problem", endpoint: state.endpoint.name, explanation };
    }
  }
}

/** The active connection, if it is the one that was named. @throws Refusal */
export async function namedConnection(parts: Parts, name: string | undefined): Promise<Connection> {
  const connection = await activeConnection(parts);
  if (name === undefined || name === connection.endpoint.name) return connection;
  const values = { named: plainText(name, 40), active: plainText(connection.endpoint.name, 40) };
  throw new Refusal(
    l10n.t("The active endpoint is {active}, not {named}. Nothing was sent.", values),
    "switchEndpoint",
  );
}
