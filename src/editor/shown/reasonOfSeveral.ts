import * as l10n from "../../l10n";

/** The reason of one contact, said of several that share it. A reason that names no contact is the same for several. */
export function reasonOfSeveral(reason: string): string {
  const pairs: readonly (readonly [one: string, several: string])[] = [
    [
      l10n.t("Reading the contact again showed that it is gone."),
      l10n.t("Reading the contacts again showed that they are gone."),
    ],
    [
      l10n.t("Reading the contact again showed its new state."),
      l10n.t("Reading the contacts again showed their new state."),
    ],
    [
      l10n.t("The answer was lost; reading the contact again showed that it is gone."),
      l10n.t("The answers were lost; reading the contacts again showed that they are gone."),
    ],
    [
      l10n.t("The answer was lost; reading the contact again showed its new state."),
      l10n.t("The answers were lost; reading the contacts again showed their new state."),
    ],
    [
      l10n.t("Restoring the contact showed that it was gone."),
      l10n.t("Restoring the contacts showed that they were gone."),
    ],
  ];
  return pairs.find(([one]) => one === reason)?.[1] ?? reason;
}
