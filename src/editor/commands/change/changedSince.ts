import {
  type Contact,
  contactLabel,
  identityChanges,
  type IdentityPart,
} from "../../../dialler/api/record/contact";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { asShown, campaignName, type Place, quoted } from "../ask/confirmWords";

/**
 * For a person, why the first contact that has changed since it was shown was skipped, with its values as they are now.
 * The logged reason has no values. Undefined if there is no such contact.
 */
export function changedSinceText(
  entries: readonly PlannedEntry[],
  results: readonly EntryResult[],
  place: Place,
): string | undefined {
  const index = results.findIndex(({ now }) => now !== undefined);
  const [shown, now] = [entries[index]?.shown, results[index]?.now?.contact];
  if (shown === undefined || now === undefined) return undefined;
  const sentences = identityChanges(shown, now).map((part) => sentenceOf(part, asShown(now, place), place));
  return [...sentences, l10n.t("Nothing was sent; the new values are shown now.")].join(" ");
}

function sentenceOf(part: IdentityPart, now: Contact, place: Place): string {
  switch (part) {
    case "name":
      return l10n.t("The name has changed since it was shown (now {value}).", {
        value: plainText(contactLabel(now), 80),
      });
    case "userData":
      return l10n.t("The UserData has changed since it was shown (now {value}).", {
        value: now.userData === undefined ? "–" : quoted(now.userData),
      });
    case "campaign":
      return l10n.t("The campaign has changed since it was shown (now {value}).", {
        value: campaignName(now, place),
      });
    case "numbers":
      return l10n.t("The phone numbers have changed since they were shown (now {value}).", {
        value: now.phoneNumbers.map(({ number }) => plainText(number, 32)).join(", ") || "–",
      });
  }
}
