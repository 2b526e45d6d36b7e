import * as l10n from "../../../l10n";
import { nameOf } from "../../settings/endpointSettings";
import type { Parts } from "../call/parts";
import { completed } from "./addEndpoint";
import { canonicalUrl, draftOf } from "./endpointDraft";
import { pickEndpoint } from "./pickEndpoint";
import { saveDraft } from "./saveDraft";

/**
 * Changes an endpoint in the user's settings, also one that cannot be used as it is written. A token belongs to its base
 * URL: it is not taken along to another one, and is forgotten when no endpoint has its base URL any more.
 */
export async function editEndpoint(parts: Parts): Promise<void> {
  const { endpoints, vault } = parts;
  const reading = await pickEndpoint(parts, l10n.t("Edit Endpoint"));
  if (reading === undefined) return;
  const oldName = nameOf(reading);
  const draft = draftOf(oldName, endpoints.written(oldName));
  const oldUrl = canonicalUrl(draft.baseUrl);
  if (!(await completed(parts, l10n.t("Edit Endpoint"), draft, oldName))) return;
  const { wanted } = endpoints;
  const active =
    wanted.kind === "endpoint" ? wanted.endpoint.name : wanted.kind === "none" ? "" : wanted.name;
  await saveDraft(parts, draft, oldName);
  if (active === oldName && draft.name !== oldName) await endpoints.activate(draft.name);
  const isUsed = endpoints.servers.some(({ baseUrl }) => baseUrl === oldUrl);
  if (oldUrl !== "" && oldUrl !== canonicalUrl(draft.baseUrl) && !isUsed) await vault.forget(oldUrl);
  parts.channel.say("info", l10n.t("Endpoint {endpoint} changed.", { endpoint: draft.name }));
}
