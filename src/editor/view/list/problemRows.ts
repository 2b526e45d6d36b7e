import type { NextStep } from "../../../dialler/api/http/apiError";
import type { CampaignRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";

/** A failure, as a row with one sentence. Its children are the steps that may help. */
export class ProblemRow {
  constructor(
    readonly sentence: string,
    readonly next: NextStep,
    /** The campaign it happened to; undefined for the whole list. */
    readonly campaign: CampaignRow | undefined,
  ) {}
}

/** What a person can do about a failure. */
export type ProblemStep = NextStep | "editEndpoint";

/** A step that may help, as a row. */
export class StepRow {
  constructor(
    readonly step: ProblemStep,
    readonly campaign: CampaignRow | undefined,
  ) {}
}

/** The row that loads the campaigns which a filter cannot search yet. */
export class LoadRow {
  constructor(readonly campaigns: number) {}
}

/** The row of a campaign without contacts. */
export class EmptyRow {
  readonly label = l10n.t("No contacts");
}

/** The steps for a problem, as rows. */
export function stepsOf({ next, campaign }: ProblemRow): StepRow[] {
  // A rejected token may be a wrong client number at the end of the base URL.
  const isOfEndpoint = next === "checkEndpoint" || next === "openSettings" || next === "setToken";
  const steps: ProblemStep[] = ["retry", next, ...(isOfEndpoint ? ["editEndpoint" as const] : []), "showLog"];
  return [...new Set(steps)].map((step) => new StepRow(step, campaign));
}
