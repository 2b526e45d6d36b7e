import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import { type EntryResult, outcomeDetails } from "../../../dialler/runs/outcome";
import { restOfRun } from "../../../dialler/runs/restOfRun";
import { reportOfRun } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import type { Parts } from "../call/parts";
import { confirmChange } from "../change/confirmChange";
import { reportRun } from "../change/reportRun";
import { sendChanges } from "../change/sendChanges";
import type { ReopenedRun } from "./reopenRun";

/**
 * Does the items of a run that have not been done, on the contacts as they were shown: one that has changed since is
 * skipped. What is confirmed before a run is confirmed again. The report is that of the whole run, brought up to date.
 */
export async function continueRun(
  parts: Parts,
  { connection, recorder }: ReopenedRun,
  snapshot: RunSnapshot,
  numbers: readonly number[],
  said: readonly EntryResult[] = [],
): Promise<ActionReport> {
  const change = snapshot.plan.action;
  const ids = numbers.flatMap((number) => snapshot.items[number]?.id ?? []);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const rest = restOfRun(snapshot.items, numbers, found);
  for (const { number, of } of rest.settled) recorder.outcome(number, outcomeDetails(of));
  const settled = rest.settled.map(({ of }) => of);
  parts.store.apply(connection, change, settled);
  const unsaid = [...said, ...settled];
  if (rest.contacts.length > 0) {
    const contacts = rest.contacts.map(({ of }) => of);
    const numberOf = new Map(rest.contacts.map(({ of, number }) => [of, number]));
    const { journaled } = snapshot;
    const proposal = { change, connection, contacts, settled, offered: [], fromList: false, journaled };
    const agreement = await confirmChange(parts, proposal);
    // A lock instead of a delete would be another run.
    if (agreement.kind === "act" && agreement.change === change) {
      const items = agreement.contacts;
      const own = items.map((item) => numberOf.get(item) ?? 0);
      const run = { change, connection, items, recorder, numbers: own };
      const results = await sendChanges(parts, run);
      unsaid.push(...results.filter(({ outcome }) => outcome === "notAttempted"));
    }
  }
  const report = reportOfRun(recorder.snapshot());
  reportRun(parts, report, unsaid, snapshot.plan.run, new Set(numbers));
  return report;
}
