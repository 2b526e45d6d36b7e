import { type Change, lockLeftBy } from "../api/changeRules";
import type { Contact } from "../api/record/contact";
import { whyNotImportable } from "../api/record/importable";
import * as l10n from "../../l10n";
import { contactActions } from "./contactAction";

/** Remarks for the preview of a change: that nothing will change, or that the contact cannot be re-created. */
export function remarksOf(change: Change, contact: Contact): string[] {
  const { effect } = contactActions[change];
  if (effect === "removes") {
    const why = whyNotImportable(contact);
    return why === undefined ? [] : [l10n.t("cannot be re-created: {why}", { why })];
  }
  const lock = lockLeftBy(effect);
  if (lock === undefined || contact.lock !== lock) return [];
  return [lock === "locked" ? l10n.t("already locked") : l10n.t("already unlocked")];
}
