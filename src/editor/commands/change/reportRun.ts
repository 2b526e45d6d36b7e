import { sayResults } from "../call/sayResults";
import type { Ending, Step } from "../call/notify";
import { type ActionReport, isSuccess } from "../../../dialler/runs/actionReport";
import type { EntryResult } from "../../../dialler/runs/outcome";
import { RunRow } from "../../view/activity/runRows";
import * as l10n from "../../../l10n";
import { commands } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { actionSummary } from "../../shown/summaries";
import { sentenceOf } from "../ask/confirmWords";
import type { ActingParts } from "../call/parts";

/**
 * Logs the results that were not logged during the run and the summary, and notifies the person. `run`: the run in the
 * Activity view, whose unknown items can be verified. `tried`: the indices of the items that were tried now; left out,
 * all of them.
 */
export function reportRun(
  { channel, discreet, notify }: Pick<ActingParts, "channel" | "discreet" | "notify">,
  report: ActionReport,
  unsaid: readonly EntryResult[],
  run: string | undefined,
  tried?: ReadonlySet<number>,
): void {
  sayResults({ channel }, report.action, report.endpoint, unsaid);
  const success = isSuccess(report);
  channel.say(success ? "info" : "error", actionSummary(report));
  channel.revealAfter(success);
  void notify(endingOf(report, discreet, run, tried));
}

/** A notification only when something needs attention; a success shows in the tree and in the log. */
function endingOf(
  report: ActionReport,
  discreet: ActingParts["discreet"],
  run: string | undefined,
  tried: ReadonlySet<number> | undefined,
): Ending {
  const summary = plainText(actionSummary(report), 500);
  const { counts, items } = report;
  if (isSuccess(report) && counts.notFound + counts.skipped + counts.notAttempted === 0) {
    return { level: "success", sentence: summary };
  }
  // The reason of an earlier failure may no longer apply, such as a rejected token.
  const ofNow = items.filter((_, place) => tried?.has(place) !== false);
  const failed = ofNow.find(({ outcome }) => outcome === "failed" || outcome === "unknown");
  const reason = (failed ?? ofNow.find((item) => item.reason !== undefined))?.reason ?? "";
  return {
    level: isSuccess(report) ? "warning" : "error",
    sentence: `${summary} ${plainText(discreet(sentenceOf(reason)), 300)}`,
    steps: [stepAfter()],
  };

  function stepAfter(): Step {
    if (failed?.status === 401 || failed?.status === 403) return "setToken";
    if (run === undefined) return "showLog";
    if (counts.unknown === 0 && failed === undefined && counts.failed > 0) {
      return {
        label: l10n.t("Retry Failed Contacts"),
        command: commands.activityRetryFailed,
        arguments: [new RunRow(run)],
      };
    }
    if (counts.unknown === 0) return "showLog";
    return {
      label: l10n.t("Verify Unknown Contacts"),
      command: commands.activityVerify,
      arguments: [new RunRow(run)],
    };
  }
}
