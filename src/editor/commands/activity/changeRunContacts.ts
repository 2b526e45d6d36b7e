import type { Change } from "../../../dialler/api/changeRules";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import { presentId } from "../../../dialler/runs/presentId";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { changeByIds } from "../change/changeByIds";
import { chosenRun } from "./chosenRun";
import { changingConnectionOfRun } from "./reopenRun";

/** Changes the contacts of a row in the Activity view, such as those that an import made. */
export async function changeRunContacts(
  parts: Parts,
  change: Change,
  args: readonly unknown[],
): Promise<ActionReport | undefined> {
  const otherwise = l10n.t("This entry has no contact.");
  const chosen = await chosenRun(parts, args, { title: "", applies: () => true, otherwise, none: otherwise });
  if (chosen === undefined) return undefined;
  const { snapshot, items = [] } = chosen;
  const ids = items.flatMap((item) => presentId(snapshot, item) ?? []);
  if (ids.length === 0) throw new Refusal(otherwise);
  return changeByIds(parts, change, await changingConnectionOfRun(parts, snapshot), [...new Set(ids)]);
}
