import * as l10n from "../../l10n";
import type { Change } from "../api/changeRules";
import { type ContactAction, contactActions, isAction } from "./contactAction";

/** What a run did: a change of contacts, or a transfer of their records. Transfers are kept in memory only. */
export type RecordedAction = Change | Transfer;
type Transfer = "import" | "export";

/** What the Activity view and the results of a run need to know about its action. */
export type ActionRow = Pick<
  ContactAction,
  "effect" | "keepsRecord" | "opposite" | "icon" | "participle" | "headline"
>;

const transfers: Readonly<Record<Transfer, ActionRow>> = {
  import: {
    effect: "none",
    keepsRecord: false,
    opposite: undefined,
    icon: "cloud-upload",
    participle: () => l10n.t("imported"),
    headline: (achieved, planned, endpoint) =>
      l10n.t("Imported {achieved} of {planned} on {endpoint}", {
        achieved: l10n.number(achieved),
        planned: l10n.number(planned),
        endpoint,
      }),
  },
  export: {
    effect: "none",
    keepsRecord: false,
    opposite: undefined,
    icon: "export",
    participle: () => l10n.t("exported"),
    headline: (achieved, planned, endpoint) =>
      l10n.t("Exported {achieved} of {planned} on {endpoint}", {
        achieved: l10n.number(achieved),
        planned: l10n.number(planned),
        endpoint,
      }),
  },
};

export function recordedAction(action: RecordedAction): ActionRow {
  return isAction(action) ? contactActions[action] : transfers[action];
}
