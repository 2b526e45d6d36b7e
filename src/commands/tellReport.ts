import * as vscode from "vscode";
import { type ActionReport, isSuccess, type ItemResult, summaryOf } from "../contacts/actionReport";
import { RunRow } from "../contacts/runRow";
import * as l10n from "../l10n";
import { commands } from "../manifest";
import { plainText } from "../view/plainText";
import { sentenceOf } from "./confirmTexts";
import { offer, type Step } from "./offer";
import type { Parts } from "./parts";

/** A reason may hold what the server says, and a server may say the token. */
export function redacted({ secrets }: Pick<Parts, "secrets">, result: ItemResult): ItemResult {
  return result.reason === undefined ? result : { ...result, reason: secrets.redact(result.reason) };
}

/**
 * The lines that were not written while the run went on, the summary, and a toast where one is due. `run`: the one in
 * the Activity view, whose unknown items can be verified.
 */
export function tellReport(
  { channel, discreet }: Pick<Parts, "channel" | "discreet">,
  report: ActionReport,
  unsaid: readonly ItemResult[],
  run: string | undefined,
): void {
  channel.result(report.action, report.endpoint, unsaid);
  channel.summary(report);
  tell(report, discreet, run);
}

/** A toast only for what needs a person; success shows in the tree and in the log. */
function tell(report: ActionReport, discreet: Parts["discreet"], run: string | undefined): void {
  const summary = plainText(summaryOf(report), 500);
  const { counts, items } = report;
  if (isSuccess(report) && counts.notFound + counts.skipped + counts.notAttempted === 0) {
    vscode.window.setStatusBarMessage(`$(check) ${summary}`, 5000);
    return;
  }
  const failed = items.find(({ outcome }) => outcome === "failed" || outcome === "unknown");
  const reason = (failed ?? items.find((item) => item.reason !== undefined))?.reason ?? "";
  void offer(
    isSuccess(report) ? "warning" : "error",
    `${summary} ${plainText(discreet(sentenceOf(reason)), 300)}`,
    stepAfter(),
  );

  function stepAfter(): Step {
    if (failed?.status === 401 || failed?.status === 403) return "setToken";
    if (counts.unknown === 0 || run === undefined) return "showLog";
    return {
      label: l10n.t("Verify Unknown"),
      command: commands.activityVerify,
      arguments: [new RunRow(run)],
    };
  }
}
