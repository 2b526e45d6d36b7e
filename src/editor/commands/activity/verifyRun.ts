import type { ActionReport } from "../../../dialler/runs/actionReport";
import { type EntryResult, outcomeDetails } from "../../../dialler/runs/outcome";
import { isAction } from "../../../dialler/runs/contactAction";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { itemsThatEnded, reportOfRun } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import { verifyEntries } from "../../../dialler/runs/verifyEntries";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Parts } from "../call/parts";
import { redacted } from "../call/redacted";
import { Refusal } from "../call/refusal";
import { reportRun } from "../change/reportRun";
import { chosenRun, isChosen } from "./chosenRun";
import { connectionOfRun, type ReopenedRun, withReopenedRun } from "./reopenRun";

/** Reads the contacts whose outcome is unknown, and records what it finds. */
export async function verifyRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const nothing = l10n.t("This run has no unknown results.");
  const chosen = await chosenRun(parts, args, {
    title: l10n.t("Verify Unknown Contacts"),
    applies: (snapshot) => remediesOf(snapshot).verifyUnknown.length > 0,
    otherwise: nothing,
    none: l10n.t("There is no run with unknown results."),
  });
  if (chosen === undefined) return undefined;
  const connection = await connectionOfRun(parts, chosen.snapshot);
  return withReopenedRun(parts, chosen.snapshot.plan.run, connection, async (reopened) => {
    const snapshot = reopened.recorder.snapshot();
    const numbers = unknownOf(snapshot).filter((number) => isChosen(chosen, number));
    if (numbers.length === 0) throw new Refusal(nothing);
    const { results } = await verifyWithProgress(parts, reopened, numbers);
    const run = parts.history.completed(reopened.recorder.snapshot());
    const report = reportOfRun(run);
    reportRun(parts, report, results, { run });
    return report;
  });
}

export function unknownOf(snapshot: RunSnapshot): number[] {
  return itemsThatEnded(snapshot, "unknown");
}

/** The results up to the end, or up to Cancel. */
export interface Verified {
  readonly results: readonly EntryResult[];
  /** The items that were read and are unchanged, so far. */
  readonly pending: ReadonlySet<number>;
  readonly cancelled: boolean;
}

export const nothingVerified: Verified = { results: [], pending: new Set(), cancelled: false };

/** Verifies with progress; each result is recorded at once. */
export async function verifyWithProgress(
  parts: Parts,
  { connection, recorder }: ReopenedRun,
  numbers: readonly number[],
): Promise<Verified> {
  const { plan, items } = recorder.snapshot();
  const { action } = plan;
  // Only changes can be verified.
  if (!isAction(action)) return nothingVerified;
  const asked = numbers.flatMap((item) => {
    const id = items[item]?.id;
    return id === undefined ? [] : [{ item, id }];
  });
  const idOf = new Map(asked.map(({ item, id }) => [item, id]));
  const results: EntryResult[] = [];
  const pending = new Set<number>();
  const title = l10n.t("Verifying contacts on {endpoint}", { endpoint: plainText(plan.endpoint, 40) });
  const isCancelled = await parts.progress.cancellable(title, async (_tell, cancelled) => {
    await verifyEntries(action, asked, connection.client, {
      lockField: parts.preferences.now.lockField,
      cancelled,
      onResult: (item, seen, isPending) => {
        if (isPending) pending.add(item);
        const result = redacted(parts, { id: idOf.get(item), ...seen });
        recorder.outcome(item, outcomeDetails(result));
        results.push(result);
      },
    });
    return cancelled.aborted;
  });
  parts.store.apply(connection, action, results);
  return { results, pending, cancelled: isCancelled };
}
