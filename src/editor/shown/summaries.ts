import type { RestoreReport } from "../../dialler/journal/restoreRun";
import type { ActionReport } from "../../dialler/runs/actionReport";
import { contactActions } from "../../dialler/runs/contactAction";
import { type Outcome, outcomes } from "../../dialler/runs/outcome";
import type { ImportReport } from "../../dialler/transfer/importReport";
import * as l10n from "../../l10n";
import { outcomeWord } from "./outcomeWords";

type Counts = Readonly<Record<Outcome, number>>;

/** "Deleted 42 of 100 on production: 41 done, 1 gone, 2 failed, …": zero counts are left out. */
export function actionSummary({ action, endpoint, counts, items }: ActionReport): string {
  const achieved = counts.done + counts.gone;
  return withCounts(contactActions[action].headline(achieved, items.length, endpoint), counts);
}

/** "Imported 42 of 100 on test: 42 done, 58 skipped." */
export function importSummary({ endpoint, counts }: ImportReport): string {
  const values = { achieved: l10n.number(counts.done), planned: l10n.number(total(counts)), endpoint };
  return withCounts(l10n.t("Imported {achieved} of {planned} on {endpoint}", values), counts);
}

/** "Restored 58 of 60 on production: 58 done, 1 failed, 1 skipped." */
export function restoreSummary({ endpoint, counts }: RestoreReport): string {
  const values = { achieved: l10n.number(counts.done), planned: l10n.number(total(counts)), endpoint };
  return withCounts(l10n.t("Restored {achieved} of {planned} on {endpoint}", values), counts);
}

/** The headline and the counts that are not zero. */
function withCounts(headline: string, counts: Counts): string {
  const parts = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${l10n.number(counts[outcome])} ${outcomeWord(outcome)}`);
  return parts.length === 0 ? `${headline}.` : `${headline}: ${parts.join(", ")}.`;
}

function total(counts: Counts): number {
  return outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
}
