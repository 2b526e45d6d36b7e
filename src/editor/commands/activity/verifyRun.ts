import * as vscode from "vscode";
import type { ActionReport, ItemResult } from "../../../dialler/runs/actionReport";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { itemsThatEnded, reportOfStory, type RunStory } from "../../../dialler/runs/runStory";
import { verifyItems } from "../../../dialler/runs/verifyItems";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { isMeant, runMeant } from "./chosenRun";
import { connectionOfRun, type TakenUp, takingUp } from "./reopenRun";
import { redacted, tellReport } from "../change/reportRun";

/** Reads the contacts of which nobody knows whether they were changed, and takes down what is seen. */
export async function verifyRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const nothing = l10n.t("No item of this run is unknown.");
  const meant = await runMeant(parts, args, {
    title: l10n.t("Verify Unknown"),
    applies: (story) => remediesOf(story).verifyUnknown.length > 0,
    otherwise: nothing,
  });
  if (meant === undefined) return undefined;
  const connection = await connectionOfRun(parts, meant.story);
  return takingUp(parts, meant.story.plan.run, connection, async (taken) => {
    const story = taken.recorder.story();
    const numbers = unknownOf(story).filter((number) => isMeant(meant, number));
    if (numbers.length === 0) throw new Refusal(nothing);
    const { results } = await verifying(parts, taken, numbers);
    const report = reportOfStory(taken.recorder.story());
    tellReport(parts, report, results, story.plan.run);
    return report;
  });
}

export function unknownOf(story: RunStory): number[] {
  return itemsThatEnded(story, "unknown");
}

/** What was seen, as far as a person let it go on. */
export interface Verified {
  readonly results: readonly ItemResult[];
  readonly cancelled: boolean;
}

/** Verifies with progress; each result is taken down at once. */
export async function verifying(
  parts: Parts,
  { connection, recorder }: TakenUp,
  numbers: readonly number[],
): Promise<Verified> {
  const { plan, items } = recorder.story();
  const asked = numbers.flatMap((item) => {
    const id = items[item]?.id;
    return id === undefined ? [] : [{ item, id }];
  });
  const idOf = new Map(asked.map(({ item, id }) => [item, id]));
  const results: ItemResult[] = [];
  const cancelled = new AbortController();
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t("Verifying contacts on {endpoint}", { endpoint: plainText(plan.endpoint, 40) }),
      cancellable: true,
    },
    async (_progress, token) => {
      token.onCancellationRequested(() => cancelled.abort());
      await verifyItems(plan.action, asked, connection.client, {
        lockField: parts.preferences.now.lockField,
        cancelled: cancelled.signal,
        onResult: (item, fate) => {
          const result = redacted(parts, { id: idOf.get(item), ...fate });
          recorder.outcome(item, {
            ...fate,
            ...(result.reason === undefined ? {} : { reason: result.reason }),
          });
          results.push(result);
        },
      });
    },
  );
  parts.store.apply(connection, plan.action, results);
  return { results, cancelled: cancelled.signal.aborted };
}
