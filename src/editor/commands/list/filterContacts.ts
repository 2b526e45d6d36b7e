import * as vscode from "vscode";
import { readFilter } from "../../../dialler/list/contactFilter";
import { answered } from "../ask/quickInput";
import * as l10n from "../../../l10n";
import { activeConnection } from "../call/activeConnection";
import { loadAllCampaigns, unloadedCampaigns } from "./loadAllCampaigns";
import type { Parts } from "../call/parts";

/** The filter is applied after typing has paused for this long. */
const restMs = 120;

/** Filters the tree while the person types. Enter keeps the filter, Esc restores the previous one. */
export async function filterContacts(parts: Parts): Promise<void> {
  await activeConnection(parts);
  const { store } = parts;
  const before = store.filter;
  const box = vscode.window.createInputBox();
  box.title = l10n.t("Filter Contacts");
  box.value = before?.text ?? "";
  box.placeholder = l10n.t(
    'Brandt Kiel, +49 30, locked:yes, campaign:spring, tries:>3, -tag:done, "exact words"',
  );
  box.prompt = l10n.t(
    "Words and fields that a contact must match, among all loaded contacts. A minus excludes.",
  );
  const loadAll: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("cloud-download"),
    tooltip: l10n.t("Load All Campaigns"),
  };
  if (unloadedCampaigns(parts) > 0) box.buttons = [loadAll];
  let timer: NodeJS.Timeout | undefined;
  const apply = (): boolean => {
    clearTimeout(timer);
    const reading = readFilter(box.value);
    box.validationMessage = reading.ok ? undefined : reading.why;
    if (reading.ok) store.setFilter(reading.filter);
    return reading.ok;
  };
  const kept = await answered<true>(box, (finish) => {
    box.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(apply, restMs);
    });
    box.onDidTriggerButton(() => void loadAllCampaigns(parts));
    box.onDidAccept(() => {
      if (apply()) finish(true);
    });
  });
  clearTimeout(timer);
  if (kept === undefined) store.setFilter(before);
}

/** Shows all contacts again. */
export function clearFilter({ store }: Parts): Promise<void> {
  store.setFilter(undefined);
  return Promise.resolve();
}
