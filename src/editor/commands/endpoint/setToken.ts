import * as l10n from "../../../l10n";
import { enterToken } from "./enterToken";
import type { Parts } from "../call/parts";
import { chosenServer } from "./pickEndpoint";

/** Asks for the token of an endpoint and stores it; a view that waits for it then lists contacts at once. */
export async function setToken(parts: Parts): Promise<void> {
  const title = l10n.t("Set Token");
  const endpoint = await chosenServer(parts, title);
  if (endpoint === undefined) return;
  const token = await enterToken(title, endpoint.name);
  if (token !== undefined) await parts.vault.set(endpoint.baseUrl, token);
}

export async function forgetToken(parts: Parts): Promise<void> {
  const endpoint = await chosenServer(parts, l10n.t("Forget Token"));
  if (endpoint === undefined) return;
  await parts.vault.forget(endpoint.baseUrl);
  parts.channel.say("info", l10n.t("The token for {endpoint} is forgotten.", { endpoint: endpoint.name }));
}
