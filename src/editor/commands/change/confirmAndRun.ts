import { contactActions } from "../../../dialler/runs/contactAction";
import type { Change } from "../../../dialler/api/changeRules";
import type { Connection } from "../../../dialler/endpoint/connect";
import { type ActionReport, reportOf } from "../../../dialler/runs/actionReport";
import type { Source } from "../../../dialler/runs/confirmationRule";
import { type EntryResult, type Outcome, outcomeDetails } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import type { ActingParts } from "../call/parts";
import { refuseReadOnly } from "../call/refusal";
import { isListed, placeOf } from "../call/placeOf";
import { changedSinceText } from "./changedSince";
import { confirmChange } from "./confirmChange";
import { endRun, recordRun } from "./recordRun";
import { refuseUnderWay } from "./refuseUnderWay";
import { reportRun } from "./reportRun";
import { runWithProgress } from "./runWithProgress";

/** An action to run: only these contacts, only on the connection they came from. */
export interface ActionRequest {
  readonly change: Change;
  readonly connection: Connection;
  /** Each as it was shown. */
  readonly entries: readonly PlannedEntry[];
  /** Entries with a result before anything is sent: duplicates, contacts that do not exist. */
  readonly settled?: readonly EntryResult[];
  /** Contacts with the same or a similar UserData; a person may choose them in the preview. */
  readonly offered?: readonly PlannedEntry[];
  /** Left out: a person pointed at the contacts, or picked them by name. */
  readonly source?: Source;
  /** The contacts were picked from a list, or their key was typed, which ends with Enter. */
  readonly afterPicker?: boolean;
  /** It began on an endpoint that was not the active one. */
  readonly elsewhere?: boolean;
  /** Called once a person has agreed. @throws Refusal when nothing may be sent after all */
  readonly beforeSending?: () => void;
}

/** Asks, runs, and reports the results to tree, log, Activity view and caller. @throws Refusal before anything is sent */
export async function confirmAndRun(parts: ActingParts, request: ActionRequest): Promise<ActionReport> {
  const {
    connection,
    entries: chosen,
    settled = [],
    offered = [],
    source = "pointed",
    afterPicker,
    elsewhere,
  } = request;
  const { endpoint } = connection;
  refuseReadOnly(connection);
  refuseUnderWay(parts, connection, [...chosen, ...offered]);
  let { change } = request;
  let entries = chosen;
  let journaled = false;
  let before = settled;
  if (chosen.length + offered.length > 0) {
    const agreement = await confirmChange(parts, {
      change,
      connection,
      contacts: chosen,
      settled,
      offered,
      source,
      afterPicker,
      elsewhere,
    });
    if (agreement.kind === "nothing") {
      const declined = [...chosen, ...offered].map((entry) =>
        endedBefore(entry, "notAttempted", agreement.reason),
      );
      return reportOf(change, endpoint.name, [...settled, ...declined]);
    }
    request.beforeSending?.();
    ({ change, contacts: entries } = agreement);
    journaled = agreement.journaled && contactActions[change].keepsRecord;
    const cleared = l10n.t("cleared in the preview");
    const notChosen = l10n.t("not chosen among the contacts with this UserData");
    before = [
      ...settled,
      ...agreement.cleared.map((entry) =>
        endedBefore(entry, "skipped", offered.includes(entry) ? notChosen : cleared),
      ),
    ];
  }
  return runConfirmed(parts, { change, connection, entries, before, journaled });
}

/** A run to which a person has agreed. */
export interface ConfirmedChange {
  readonly change: Change;
  readonly connection: Connection;
  readonly entries: readonly PlannedEntry[];
  /** Entries that nothing is sent for. */
  readonly before: readonly EntryResult[];
  readonly journaled: boolean;
  /** The run that this one takes back. */
  readonly undoes?: string;
}

/** Runs without a question, and reports the results. @throws Refusal before anything is sent */
export async function runConfirmed(parts: ActingParts, agreed: ConfirmedChange): Promise<ActionReport> {
  const { change, connection, entries, before, journaled, undoes } = agreed;
  const { endpoint } = connection;
  refuseUnderWay(parts, connection, entries);
  const recorder = await recordRun(parts, connection, change, [...before, ...entries], { journaled, undoes });
  try {
    before.forEach((result, number) => recorder.outcome(number, outcomeDetails(result)));
    const numbers = entries.map((_entry, index) => before.length + index);
    const results =
      entries.length === 0
        ? []
        : await runWithProgress(parts, { change, connection, entries, recorder, numbers });
    const report = reportOf(change, endpoint.name, [...before, ...results]);
    parts.store.apply(connection, change, before);
    const unsaid = results.filter(({ outcome }) => outcome === "notAttempted");
    const run = parts.history.completed(recorder.snapshot());
    const changed = changedSinceText(entries, results, placeOf(parts, connection));
    const elsewhere = !isListed(parts, connection);
    reportRun(parts, report, [...before, ...unsaid], { run, changed, elsewhere });
    return report;
  } finally {
    await endRun(parts, recorder);
  }
}

function endedBefore({ id, userData }: PlannedEntry, outcome: Outcome, reason: string): EntryResult {
  return { id, ...(userData === undefined ? {} : { userData }), outcome, reason };
}
