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

/** A step that may help, as a row. */
export class StepRow {
  constructor(
    readonly step: NextStep,
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

/** The steps for a problem, as rows below it. */
export function stepsOf(problem: ProblemRow): StepRow[] {
  const steps: NextStep[] = problem.next === "retry" ? ["retry", "showLog"] : ["retry", problem.next];
  return [...new Set(steps)].map((step) => new StepRow(step, problem.campaign));
}
