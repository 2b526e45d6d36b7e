import type { NextStep } from "../../../dialler/api/http/apiError";
import type { CampaignRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";

/** A failure in the tree, in the words of a person. Its children are what can be done about it. */
export class ProblemRow {
  constructor(
    readonly sentence: string,
    readonly next: NextStep,
    /** The campaign it happened to; undefined for the whole list. */
    readonly campaign: CampaignRow | undefined,
  ) {}
}

/** Something a person can do, as a row. */
export class StepRow {
  constructor(
    readonly step: NextStep,
    readonly campaign: CampaignRow | undefined,
  ) {}
}

/** A campaign without contacts says so. */
export class EmptyRow {
  readonly label = l10n.t("No contacts");
}

/** What can be done about a problem, as rows below it. */
export function stepsOf(problem: ProblemRow): StepRow[] {
  const steps: NextStep[] = problem.next === "retry" ? ["retry", "showLog"] : ["retry", problem.next];
  return [...new Set(steps)].map((step) => new StepRow(step, problem.campaign));
}
