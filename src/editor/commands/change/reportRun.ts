import { sayResults } from "../call/sayResults";
import type { Ending, Step } from "../call/notify";
import { type ActionReport, isSuccess } from "../../../dialler/runs/actionReport";
import type { EntryResult } from "../../../dialler/runs/outcome";
import { recordedAction } from "../../../dialler/runs/recordedAction";
import { restorableItems, undoableItems } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import { RunRow } from "../../view/activity/runRows";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { actionSummary, type NamedResult, resultSentence } from "../../shown/summaries";
import { sentenceOf } from "../ask/confirmWords";
import { restoreStep, showActivityStep } from "../call/notify";
import type { ActingParts } from "../call/parts";

/** The run that a report is about, if it is in the Activity view. */
export interface ReportedRun {
  readonly run?: RunSnapshot;
  /** The indices of the items that were tried now; left out, all of them. */
  readonly tried?: ReadonlySet<number>;
  /** For a person, why a contact that has changed was skipped. It has personal data and is not logged. */
  readonly changed?: string | undefined;
  /** On an endpoint that is not the active one, to which what the buttons offer would be refused. */
  readonly elsewhere?: boolean;
}

/**
 * Logs the results that were not logged during the run and the summary, with IDs and counts only; tells the person the
 * names, and offers the next step.
 */
export function reportRun(
  { channel, discreet, notify }: Pick<ActingParts, "channel" | "discreet" | "notify">,
  report: ActionReport,
  unsaid: readonly EntryResult[],
  reported: ReportedRun = {},
): void {
  sayResults({ channel }, report.action, report.endpoint, unsaid);
  const success = isSuccess(report);
  channel.say(success ? "info" : "error", actionSummary(report));
  channel.revealAfter(success);
  void notify(endingOf(report, discreet, reported));
}

/** A success shows in the status bar, unless the person may want to act on it: after a deletion there is a notification. */
function endingOf(report: ActionReport, discreet: ActingParts["discreet"], reported: ReportedRun): Ending {
  const { run, tried, changed, elsewhere = false } = reported;
  const sentence = resultSentence(
    recordedAction(report.action),
    plainText(report.endpoint, 40),
    namedResults(report, run, discreet),
  );
  const { counts, items } = report;
  const after = run === undefined ? [] : stepsAfter(run);
  if (isSuccess(report) && counts.notFound + counts.skipped + counts.notAttempted === 0) {
    if (after.length > 0) return { level: "information", sentence, steps: after };
    return { level: "success", sentence, ...(run === undefined || elsewhere ? {} : clickOf(run)) };
  }
  // The reason of an earlier failure may no longer apply, such as a rejected token.
  const ofNow = items.filter((_, place) => tried?.has(place) !== false);
  const failed = ofNow.find(({ outcome }) => outcome === "failed" || outcome === "unknown");
  // That a contact was not found is said by the sentence.
  const told = failed ?? ofNow.find((item) => item.reason !== undefined && item.outcome !== "notFound");
  const reason = (failed === undefined ? changed : undefined) ?? told?.reason ?? "";
  return {
    level: isSuccess(report) ? "warning" : "error",
    sentence: `${sentence} ${plainText(discreet(sentenceOf(reason)), 400)}`.trim(),
    steps: [nextStep(report, failed, run, elsewhere), ...after],
  };
}

function nextStep(
  { counts }: ActionReport,
  failed: { readonly status?: number } | undefined,
  run: RunSnapshot | undefined,
  elsewhere: boolean,
): Step {
  // The step that asks for a token asks for that of the active endpoint.
  if (failed?.status === 401 || failed?.status === 403) return elsewhere ? "switchEndpoint" : "setToken";
  if (run === undefined) return "showLog";
  const row = new RunRow(run.plan.run);
  if (counts.unknown === 0 && failed === undefined && counts.failed > 0) {
    return {
      label: l10n.t("Retry Failed Contacts"),
      command: commands.activityRetryFailed,
      arguments: [row],
    };
  }
  if (counts.unknown === 0) return "showLog";
  return {
    label: l10n.t("Verify Unknown Contacts"),
    command: commands.activityVerify,
    arguments: [row],
  };
}

/** What is offered after contacts were removed; nothing after other actions. */
function stepsAfter(run: RunSnapshot): Step[] {
  const { effect } = recordedAction(run.plan.action);
  if (effect !== "removes" || run.items.every(({ result }) => !isAchieved(result))) return [];
  const restore = restorableItems(run).length > 0 ? [restoreStep(new RunRow(run.plan.run))] : [];
  return [...restore, showActivityStep()];
}

/** A click on the result in the status bar takes the run back. */
function clickOf(run: RunSnapshot): Pick<Ending, "undo"> {
  if (run.plan.undoes !== undefined || undoableItems(run).length === 0) return {};
  return { undo: { command: commands.activityUndo, arguments: [new RunRow(run.plan.run)] } };
}

function isAchieved(result: Pick<EntryResult, "outcome"> | undefined): boolean {
  return result?.outcome === "done" || result?.outcome === "gone";
}

/** The items of the report, which are those of the run in the same order, with their names. */
function namedResults(
  { items }: ActionReport,
  run: RunSnapshot | undefined,
  discreet: ActingParts["discreet"],
): NamedResult[] {
  return items.map(({ id, userData, outcome }, place) => {
    const name = run?.items[place]?.name;
    return { id: id ?? undefined, userData, outcome, name: name === undefined ? undefined : discreet(name) };
  });
}
