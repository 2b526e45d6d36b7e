import type { ActionReport, ItemResult } from "../../../dialler/runs/actionReport";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import { restOfRun } from "../../../dialler/runs/restOfRun";
import { reportOfStory, type RunStory } from "../../../dialler/runs/runStory";
import { agree } from "../change/confirmChange";
import { fateOf } from "../change/recordRun";
import { carryOut } from "../change/sendChanges";
import type { Parts } from "../call/parts";
import type { TakenUp } from "./reopenRun";
import { tellReport } from "../change/reportRun";

/**
 * Does the items of a run that have not been done, on the contacts as they were shown: one that has changed since is
 * skipped. What is confirmed before a run is confirmed again. The report is that of the whole run, brought up to date.
 */
export async function continueRun(
  parts: Parts,
  { connection, recorder }: TakenUp,
  story: RunStory,
  numbers: readonly number[],
  said: readonly ItemResult[] = [],
): Promise<ActionReport> {
  const change = story.plan.action;
  const ids = numbers.flatMap((number) => story.items[number]?.id ?? []);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const rest = restOfRun(story.items, numbers, found);
  for (const { number, of } of rest.settled) recorder.outcome(number, fateOf(of));
  const settled = rest.settled.map(({ of }) => of);
  parts.store.apply(connection, change, settled);
  const unsaid = [...said, ...settled];
  if (rest.contacts.length > 0) {
    const contacts = rest.contacts.map(({ of }) => of);
    const numberOf = new Map(rest.contacts.map(({ of, number }) => [of, number]));
    const { journaled } = story;
    const proposal = { change, connection, contacts, settled, offered: [], fromList: false, journaled };
    const agreement = await agree(parts, proposal);
    // A lock instead of a delete would be another run.
    if (agreement.kind === "act" && agreement.change === change) {
      const items = agreement.contacts;
      const own = items.map((item) => numberOf.get(item) ?? 0);
      const run = { change, connection, items, recorder, numbers: own };
      const results = await carryOut(parts, run);
      unsaid.push(...results.filter(({ outcome }) => outcome === "notAttempted"));
    }
  }
  const report = reportOfStory(recorder.story());
  tellReport(parts, report, unsaid, story.plan.run, new Set(numbers));
  return report;
}
