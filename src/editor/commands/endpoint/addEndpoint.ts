import * as l10n from "../../../l10n";
import { refuseUntrusted } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { checkDraft } from "./checkDraft";
import { emptyDraft, type EndpointDraft } from "./endpointDraft";
import { endpointSteps, placeOfStep } from "./endpointSteps";
import { saveDraft } from "./saveDraft";
import { walkSteps } from "./walkSteps";

/** A draft that could not be saved, because the settings could not be written; the next attempt begins with it. */
const unsaved = new WeakMap<Parts, EndpointDraft>();

/** Asks for a new endpoint, tests it, saves it and makes it active. Nothing is saved before the end. */
export async function addEndpoint(parts: Parts): Promise<void> {
  refuseUntrusted(parts.isTrusted());
  const draft = unsaved.get(parts) ?? emptyDraft();
  if (!(await completed(parts, l10n.t("Add Endpoint"), draft))) return;
  unsaved.set(parts, draft);
  await saveDraft(parts, draft);
  unsaved.delete(parts);
  await parts.endpoints.activate(draft.name);
  parts.channel.say("info", l10n.t("Endpoint {endpoint} added.", { endpoint: draft.name }));
}

/** Walks through the steps until the endpoint works or is to be saved anyway. False: the person gave up. */
export async function completed(
  parts: Parts,
  title: string,
  draft: EndpointDraft,
  oldName?: string,
): Promise<boolean> {
  const steps = endpointSteps(parts, title, draft, oldName);
  for (let start = 0; ;) {
    if (!(await walkSteps(steps, start))) return false;
    const end = await checkDraft(parts, draft);
    if (end === "usable") return true;
    start = placeOfStep[end];
  }
}
