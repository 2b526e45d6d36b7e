import * as l10n from "../../l10n";

/** The telephone network's answer to the last try, by its ISDN cause code. */
export function causeText(cause: number): string {
  const words: Readonly<Record<number, string>> = {
    1: l10n.t("unallocated number"),
    16: l10n.t("normal clearing"),
    17: l10n.t("busy"),
    18: l10n.t("no response"),
    21: l10n.t("rejected"),
    22: l10n.t("number changed"),
    28: l10n.t("bad number format"),
    38: l10n.t("network out of order"),
    41: l10n.t("temporary failure"),
    102: l10n.t("timeout"),
    127: l10n.t("interworking"),
  };
  return words[cause] ?? l10n.t("cause {cause}", { cause });
}
