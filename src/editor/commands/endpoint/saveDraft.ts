import { tokenFromInput } from "../../../dialler/endpoint/endpoint";
import type { Parts } from "../call/parts";
import { canonicalUrl, type EndpointDraft, settingOf } from "./endpointDraft";

/**
 * Saves an endpoint and its token. `oldName`: the endpoint that it replaces; members that are not asked about stay.
 * @throws SettingsUnwritable; then the token is as it was before
 */
export async function saveDraft(
  { endpoints, vault }: Pick<Parts, "endpoints" | "vault">,
  draft: EndpointDraft,
  oldName?: string,
): Promise<void> {
  const baseUrl = canonicalUrl(draft.baseUrl);
  const token = tokenFromInput(draft.token);
  const before = await vault.tokenOf(baseUrl);
  // The token first: connecting to the endpoint needs it.
  if (token !== undefined) await vault.set(baseUrl, token);
  try {
    const written = oldName === undefined ? undefined : endpoints.written(oldName);
    await endpoints.save(draft.name, settingOf(draft, written), oldName);
  } catch (error) {
    if (token !== undefined)
      await (before === undefined ? vault.forget(baseUrl) : vault.set(baseUrl, before));
    throw error;
  }
}
