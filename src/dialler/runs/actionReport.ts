import type { Change } from "../api/change";
import * as l10n from "../../l10n";
import { contactActions } from "./contactAction";

/** The seven ways in which an item of a run can end; their counts always add up to the planned items. */
export const outcomes = ["done", "gone", "notFound", "failed", "unknown", "skipped", "notAttempted"] as const;
export type Outcome = (typeof outcomes)[number];

/** How one planned item ended. Text in it may be the server's and is raw. */
export interface EntryResult {
  /** Undefined for the direct call by UserData, where the server chose the contact. */
  readonly id: number | undefined;
  readonly userData?: string | undefined;
  readonly outcome: Outcome;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly reason?: string | undefined;
}

/** What a command returns to whoever called it. */
export interface ActionReport {
  readonly action: Change;
  readonly endpoint: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly items: readonly {
    readonly id: number | null;
    readonly userData?: string;
    readonly outcome: Outcome;
    readonly status?: number;
    readonly reason?: string;
  }[];
}

export function reportOf(action: Change, endpoint: string, results: readonly EntryResult[]): ActionReport {
  return {
    action,
    endpoint,
    counts: countsOf(results),
    items: results.map(({ id, userData, outcome, status, reason }) => ({
      id: id ?? null,
      ...(userData === undefined ? {} : { userData }),
      outcome,
      ...(status === undefined ? {} : { status }),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}

export function countsOf(results: readonly EntryResult[]): Record<Outcome, number> {
  const counts = { done: 0, gone: 0, notFound: 0, failed: 0, unknown: 0, skipped: 0, notAttempted: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}

/** "Deleted 42 of 100 on production: 41 done, 1 gone, 2 failed, …": zero counts are left out. */
export function summaryOf({ action, endpoint, counts, items }: ActionReport): string {
  return withCounts(
    contactActions[action].headline(counts.done + counts.gone, items.length, endpoint),
    counts,
  );
}

/** The sentence at the end of a run: a headline and the counts that are not zero. */
export function withCounts(headline: string, counts: Readonly<Record<Outcome, number>>): string {
  const parts = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${l10n.inNumbers(counts[outcome])} ${outcomeWord(outcome)}`);
  return parts.length === 0 ? `${headline}.` : `${headline}: ${parts.join(", ")}.`;
}

export function outcomeWord(outcome: Outcome): string {
  switch (outcome) {
    case "done":
      return l10n.t("done");
    case "gone":
      return l10n.t("gone");
    case "notFound":
      return l10n.t("not found");
    case "failed":
      return l10n.t("failed");
    case "unknown":
      return l10n.t("unknown");
    case "skipped":
      return l10n.t("skipped");
    case "notAttempted":
      return l10n.t("not attempted");
  }
}

/** Whether the run may be shown as a success: nothing failed and nothing is in doubt. */
export function isSuccess(report: ActionReport): boolean {
  return report.counts.failed === 0 && report.counts.unknown === 0;
}

export type Level = "info" | "warning" | "error";

export function levelOf(outcome: Outcome): Level {
  switch (outcome) {
    case "done":
    case "gone":
    case "notAttempted":
      return "info";
    case "notFound":
    case "skipped":
      return "warning";
    case "failed":
    case "unknown":
      return "error";
  }
}

/** `<endpoint> <action> #<id> <outcome> HTTP <status|-> <ms> ms[ : reason]`. The outcome is the word of the contract, in no language. */
export function lineOf(action: Change | "import", endpoint: string, result: EntryResult): string {
  return lineAbout(`#${result.id ?? "-"}`, action, endpoint, result);
}

function lineAbout(
  whom: string,
  action: Change | "import",
  endpoint: string,
  { outcome, status, ms, reason }: EntryResult,
): string {
  const line = `${endpoint} ${action} ${whom} ${outcome} HTTP ${status ?? "-"} ${ms ?? 0} ms`;
  return reason === undefined ? line : `${line} : ${reason}`;
}

/**
 * The lines of a run in the order of its items. Neighbours that were not attempted for the same reason are one line,
 * so that a stopped run of thousands does not drown what happened before.
 */
export function linesOf(
  action: Change,
  endpoint: string,
  results: readonly EntryResult[],
): { readonly level: Level; readonly line: string }[] {
  return foldedResults(results).map(({ first, last, count }) => ({
    level: levelOf(first.outcome),
    line:
      count === 1
        ? lineOf(action, endpoint, first)
        : lineAbout(`#${first.id ?? "-"}…#${last.id ?? "-"} (${count})`, action, endpoint, first),
  }));
}

/** Results one by one, but neighbours that were not attempted for the same reason as one. */
export function foldedResults<T extends Pick<EntryResult, "outcome" | "reason">>(
  results: readonly T[],
): { readonly first: T; readonly last: T; readonly count: number }[] {
  const runs: { first: T; last: T; count: number }[] = [];
  for (const result of results) {
    const run = runs.at(-1);
    const { outcome, reason } = result;
    const joins = outcome === "notAttempted" && run?.first.outcome === outcome && run.first.reason === reason;
    if (joins) {
      run.last = result;
      run.count++;
    } else runs.push({ first: result, last: result, count: 1 });
  }
  return runs;
}
