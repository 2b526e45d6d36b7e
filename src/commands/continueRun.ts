import { identityDigest } from "../api/contact";
import type { ActionReport, ItemResult } from "../contacts/actionReport";
import { resolveIds } from "../contacts/resolveContacts";
import type { PlannedItem } from "../contacts/runAction";
import { reportOfStory, resultsOf, type RunStory } from "../contacts/runStory";
import * as l10n from "../l10n";
import { agree } from "./agree";
import { fateOf } from "./beginRun";
import { carryOut } from "./carryOut";
import type { Parts } from "./parts";
import type { TakenUp } from "./takenUp";
import { tellReport } from "./tellReport";

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
  const planned = numbers.flatMap((number) => {
    const item = story.items[number];
    return item?.id === undefined ? [] : [{ number, id: item.id, identity: item.identity }];
  });
  const ids = planned.map(({ id }) => id);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const settled: ItemResult[] = [];
  const contacts: PlannedItem[] = [];
  const numberOf = new Map<PlannedItem, number>();
  for (const { number, id, identity } of planned) {
    const shown = found.get(id);
    const changed = shown !== undefined && identity !== undefined && identityDigest(shown) !== identity;
    if (shown !== undefined && !changed) {
      const item: PlannedItem = { id, userData: shown.userData, shown };
      contacts.push(item);
      numberOf.set(item, number);
      continue;
    }
    const result: ItemResult = changed
      ? {
          id,
          outcome: "skipped",
          reason: l10n.t("The contact has changed since it was shown; nothing was sent."),
        }
      : { id, outcome: "notFound", reason: l10n.t("the server has no such contact") };
    recorder.outcome(number, fateOf(result));
    settled.push(result);
  }
  parts.store.apply(connection, change, settled);
  const unsaid = [...said, ...settled];
  if (contacts.length > 0) {
    const { journaled } = story;
    const proposal = { change, connection, contacts, settled, fromList: false, journaled };
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
  tellReport(parts, report, unsaid, story.plan.run);
  return report;
}

/** The results of some items of a run as they stand. */
export function resultsAmong(story: RunStory, numbers: readonly number[]): ItemResult[] {
  const results = resultsOf(story);
  return numbers.flatMap((number) => results[number] ?? []);
}
