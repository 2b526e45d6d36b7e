import { sayResults } from "../call/sayResults";
import type { Ending, Step } from "../call/notify";
import { type ActionReport, isSuccess } from "../../../dialler/runs/actionReport";
import type { EntryResult } from "../../../dialler/runs/outcome";
import { recordedAction } from "../../../dialler/runs/recordedAction";
import { restorableItems, resultsOf, undoableItems } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import { RunRow } from "../../view/activity/runRows";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { reasonOfSeveral } from "../../shown/reasonOfSeveral";
import { actionSummary, type NamedResult, resultSentence } from "../../shown/summaries";
import { sentenceOf } from "../ask/confirmWords";
import { restoreStep, showActivityStep } from "../call/notify";
import type { ActingParts } from "../call/parts";
import { causeStep, stopText, warningsText, wholeLevel } from "../call/resultRemarks";

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
  // Without a run there is one result, which was not said.
  const results = reported.run === undefined ? unsaid : resultsOf(reported.run);
  channel.say(wholeLevel(success, results), actionSummary(report));
  channel.revealAfter(success);
  void notify(endingOf(report, results, discreet, reported));
}

/** A success shows in the status bar, unless the person may want to act on it: after a deletion there is a notification. */
function endingOf(
  report: ActionReport,
  results: readonly EntryResult[],
  discreet: ActingParts["discreet"],
  reported: ReportedRun,
): Ending {
  const { run, tried, changed, elsewhere = false } = reported;
  const sentence = resultSentence(
    recordedAction(report.action),
    plainText(report.endpoint, 40),
    namedResults(report, run, discreet),
  );
  const { counts } = report;
  const after = run === undefined ? [] : stepsAfter(run);
  const isWhole = isSuccess(report) && counts.notFound + counts.skipped + counts.notAttempted === 0;
  const shown = (text: string, most = 400): string => plainText(discreet(text), most);
  if (isWhole) {
    const warnings = shown(warningsText(results));
    if (warnings !== "") {
      const steps = after.length > 0 ? after : run === undefined ? [] : [showActivityStep()];
      return { level: "warning", sentence: `${sentence} ${warnings}`, steps };
    }
    if (after.length > 0) return { level: "information", sentence, steps: after };
    return { level: "success", sentence, ...(run === undefined || elsewhere ? {} : clickOf(run)) };
  }
  // The reason of an earlier failure may no longer apply, such as a rejected token.
  const ofNow = results.filter((_, place) => tried?.has(place) !== false);
  const failed = ofNow.find(({ outcome }) => outcome === "failed" || outcome === "unknown");
  const reason = (failed === undefined ? changed : undefined) ?? toldReason(failed, ofNow);
  const remarks = [
    shown(sentenceOf(reason)),
    shown(warningsText(ofNow)),
    shown(stopText(ofNow, reason)),
  ].filter((remark) => remark !== "");
  return {
    level: isSuccess(report) ? "warning" : "error",
    sentence: [sentence, ...remarks].join(" "),
    steps: stepsOf(counts, failed, run, after, elsewhere),
  };
}

/** Why it did not all end as planned. That a contact was not found is said by the sentence, and why the run stopped after it. */
function toldReason(failed: EntryResult | undefined, results: readonly EntryResult[]): string {
  const isTold = ({ outcome, reason, warns }: EntryResult): boolean =>
    reason !== undefined && warns !== true && outcome !== "notFound" && outcome !== "notAttempted";
  const told = failed ?? results.find(isTold);
  if (told?.reason === undefined) return "";
  const count = results.filter(
    ({ outcome, reason }) => outcome === told.outcome && reason === told.reason,
  ).length;
  return count > 1 ? reasonOfSeveral(told.reason) : told.reason;
}

/** Two steps at most, those that help most; then what is offered after contacts were removed. */
function stepsOf(
  counts: ActionReport["counts"],
  failed: EntryResult | undefined,
  run: RunSnapshot | undefined,
  after: readonly Step[],
  elsewhere: boolean,
): Step[] {
  // The step that asks for a token asks for that of the active endpoint.
  const known = causeStep(failed);
  const cause = elsewhere && known === "setToken" ? "switchEndpoint" : known;
  const steps: Step[] = cause === undefined ? [] : [cause];
  if (run !== undefined) {
    const row = new RunRow(run.plan.run);
    const step = (label: string, command: string): Step => ({ label, command, arguments: [row] });
    const canRetry = counts.unknown === 0 && failed === undefined && counts.failed > 0;
    if (counts.unknown > 0) steps.push(step(l10n.t("Verify Unknown Contacts"), commands.activityVerify));
    if (counts.notAttempted > 0) steps.push(step(l10n.t("Resume"), commands.activityResume));
    if (canRetry) steps.push(step(l10n.t("Retry Failed Contacts"), commands.activityRetryFailed));
  }
  if (steps.length >= mostSteps) return [...steps.slice(0, mostSteps), ...after.slice(-1)];
  const isFailure = counts.failed > 0 && counts.unknown === 0 && cause === undefined && failed !== undefined;
  return [...steps, ...(steps.length === 0 || isFailure ? (["showLog"] as const) : []), ...after];
}

const mostSteps = 2;

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
