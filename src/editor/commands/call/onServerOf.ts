import { explain } from "../../../dialler/api/explain";
import { ApiError } from "../../../dialler/api/http/apiError";
import { type Connection, UnusableEndpoint } from "../../../dialler/endpoint/connect";
import { demoEndpoint, type Endpoint, type EndpointReading } from "../../../dialler/endpoint/endpoint";
import type { Connects, FollowEndpoint, Tokens } from "../../../dialler/endpoint/followEndpoint";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { type DocumentKey, endpointInPath } from "../../view/document/documentKey";
import { refuseUntrusted } from "./activeConnection";
import { Refusal } from "./refusal";

/** What reaching the server of a document needs of `Parts`. */
export interface ReachParts {
  readonly isTrusted: () => boolean;
  readonly follow: Pick<FollowEndpoint, "settled">;
  readonly endpoints: { readonly all: readonly EndpointReading[] };
  readonly vault: Tokens;
  readonly connector: Connects;
}

/**
 * Runs an action on the very server that a document came from: on the active connection if it is that server's, else on
 * a connection of its own, which is released afterwards. @throws Refusal when the server cannot be reached as the
 * settings are now
 */
export async function onServerOf<T>(
  parts: ReachParts,
  key: DocumentKey,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  refuseUntrusted(parts.isTrusted());
  const state = await parts.follow.settled();
  if (state.kind === "connected" && state.connection.baseUrl === key.baseUrl) return act(state.connection);
  const connection = await connectionElsewhere(parts, key);
  try {
    return await act(connection);
  } catch (error) {
    // The step that asks for a token asks for that of the active endpoint.
    if (!(error instanceof ApiError) || explain(error).next !== "setToken") throw error;
    throw new Refusal(explain(error).sentence, "switchEndpoint");
  } finally {
    connection.dispose();
  }
}

/** Whether the connection is the active one, and not one that was opened for an action. */
export function isActive(
  { follow }: { readonly follow: Pick<FollowEndpoint, "state"> },
  connection: Connection,
): boolean {
  const { state } = follow;
  return state.kind === "connected" && state.connection === connection;
}

/**
 * Called after a person has answered a question about a contact of an endpoint that is not active. @throws Refusal when
 * that endpoint has changed in the settings while the question was open
 */
export function refuseChanged(
  { endpoints }: Pick<ReachParts, "endpoints">,
  key: DocumentKey,
  { endpoint }: Connection,
): void {
  if (JSON.stringify(endpointOf(endpoints.all, key)) === JSON.stringify(endpoint)) return;
  throw new Refusal(
    l10n.t("The endpoint {endpoint} has changed in the settings meanwhile. Nothing was sent.", {
      endpoint: plainText(endpoint.name, 40),
    }),
  );
}

/** The endpoint of a document as it is in the settings now. @throws Refusal when it is not there, or is another server */
export function endpointOf(all: readonly EndpointReading[], key: DocumentKey): Endpoint {
  if (key.endpoint === demoEndpoint.name) return demoEndpoint;
  // Two names can look alike in a path.
  const named = all.filter((one) => endpointInPath(one.ok ? one.endpoint.name : one.name) === key.endpoint);
  const same = named.find((one) => one.ok && one.endpoint.baseUrl === key.baseUrl);
  if (same?.ok === true) return same.endpoint;
  const [other] = named;
  const values = { endpoint: plainText(key.endpoint, 40) };
  if (other === undefined) {
    throw new Refusal(
      l10n.t("The endpoint {endpoint} is no longer in the settings. Nothing was sent.", values),
      "openSettings",
    );
  }
  if (other.ok) throw otherServer(values.endpoint);
  throw new Refusal(
    l10n.t("The endpoint {name} cannot be used: {why}", { name: values.endpoint, why: other.why }),
    "openSettings",
  );
}

async function connectionElsewhere(
  { endpoints, vault, connector }: ReachParts,
  key: DocumentKey,
): Promise<Connection> {
  const endpoint = endpointOf(endpoints.all, key);
  const values = { endpoint: plainText(endpoint.name, 40) };
  const token = endpoint.kind === "demo" ? "" : await vault.tokenOf(endpoint.baseUrl);
  if (token === undefined) {
    throw new Refusal(l10n.t("There is no token for the endpoint {endpoint} yet.", values), "switchEndpoint");
  }
  const connection = await connector.connect(endpoint, token).catch((error: unknown) => {
    throw error instanceof UnusableEndpoint ? new Refusal(error.message, "openSettings") : error;
  });
  if (connection.baseUrl === key.baseUrl) return connection;
  connection.dispose();
  throw endpoint.kind === "demo"
    ? new Refusal(
        l10n.t("This contact was on the demo dialler of an earlier session, which no longer exists."),
      )
    : otherServer(values.endpoint);
}

function otherServer(endpoint: string): Refusal {
  return new Refusal(
    l10n.t("The endpoint {endpoint} has another base URL now. Nothing was sent.", { endpoint }),
    "openSettings",
  );
}
