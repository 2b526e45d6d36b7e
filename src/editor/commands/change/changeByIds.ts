import type { Change } from "../../../dialler/api/changeRules";
import type { Connection } from "../../../dialler/endpoint/connect";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import { confirmationFor, type Source } from "../../../dialler/runs/confirmationRule";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import { usableIds } from "../call/argument";
import type { ActingParts } from "../call/parts";
import { refuseReadOnly } from "../call/refusal";
import { confirmAndRun } from "./confirmAndRun";

/** Who named the contacts, and how. */
interface Named {
  readonly source?: Source;
  readonly afterPicker?: boolean;
}

/** Acts on IDs without rows: reads the contacts first where a question has to show them. @throws InvalidKey, Refusal before any request */
export async function changeByIds(
  parts: ActingParts,
  change: Change,
  connection: Connection,
  given: readonly unknown[],
  { source = "passed", afterPicker = false }: Named = {},
): Promise<ActionReport> {
  const { ids, repeated } = usableIds(given);
  refuseReadOnly(connection);
  const settled: EntryResult[] = repeated.map((id) => ({
    id,
    outcome: "skipped",
    reason: l10n.t("named more than once"),
  }));
  const production = connection.endpoint.environment === "production";
  const { question, preview } = confirmationFor({ change, count: ids.length, production, source });
  // Without a question there is nothing to show first.
  if (question === "none" && !preview) {
    return confirmAndRun(parts, {
      change,
      connection,
      entries: ids.map((id) => ({ id })),
      settled,
      source,
      afterPicker,
    });
  }
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const entries: PlannedEntry[] = [];
  for (const id of ids) {
    const shown = found.get(id);
    if (shown === undefined)
      settled.push({ id, outcome: "notFound", reason: l10n.t("the server has no such contact") });
    else entries.push({ id, userData: shown.userData, shown });
  }
  return confirmAndRun(parts, { change, connection, entries, settled, source, afterPicker });
}
