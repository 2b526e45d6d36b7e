import { nameOf } from "../../settings/endpointSettings";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { pickEndpoint } from "./pickEndpoint";

/** Removes an endpoint from the user's settings, and its token unless another endpoint has the same base URL. */
export async function removeEndpoint(parts: Parts): Promise<void> {
  const reading = await pickEndpoint(parts, l10n.t("Remove Endpoint"));
  if (reading === undefined) return;
  const name = nameOf(reading);
  const baseUrl = reading.ok ? reading.endpoint.baseUrl : undefined;
  const shared = parts.endpoints.servers.some((other) => other.name !== name && other.baseUrl === baseUrl);
  if (!(await parts.ask.removeEndpoint(name, !shared && baseUrl !== undefined))) return;
  const { wanted } = parts.endpoints;
  const wasActive =
    wanted.kind === "endpoint"
      ? wanted.endpoint.name === name
      : wanted.kind === "unusable" && wanted.name === name;
  if (wasActive) await parts.endpoints.activate("");
  await parts.endpoints.remove(name);
  if (baseUrl !== undefined && !shared) await parts.vault.forget(baseUrl);
  parts.channel.say("info", l10n.t("Endpoint {endpoint} removed.", { endpoint: name }));
}
