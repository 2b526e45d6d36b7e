import { outcomes } from "../../../dialler/runs/outcome";
import { outlineOf } from "../../../dialler/runs/runOutline";
import { reportOfRun, resultsOf } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { markdownTable, markdownText } from "../../shown/markdownText";
import { outcomeWord } from "../../shown/outcomeWords";
import { actionSummary } from "../../shown/summaries";
import { reasonText, restoredText, type Speech, timeOf } from "./activityTexts";

/** A run as Markdown: the summary, the counts, and every item that is not simply `done`. */
export function runMarkdown(snapshot: RunSnapshot, speech: Speech): string {
  const { plan } = snapshot;
  const report = reportOfRun(snapshot);
  const counted = outcomes.filter((outcome) => report.counts[outcome] > 0);
  const rest = itemRows(snapshot, speech);
  return [
    markdownText(actionSummary(report)),
    "",
    `- ${l10n.t("Endpoint")}: ${markdownText(plan.endpoint)}`,
    `- ${l10n.t("Base URL")}: ${markdownText(plan.baseUrl)}`,
    `- ${l10n.t("Started")}: ${markdownText(timeOf(snapshot, speech))}`,
    "",
    ...markdownTable(
      [l10n.t("Outcome"), l10n.t("Contacts")],
      counted.map((outcome) => [outcomeWord(outcome), String(report.counts[outcome])]),
    ),
    ...(rest.length === 0 ? [] : ["", ...markdownTable(itemHead(), rest)]),
    "",
  ].join("\n");
}

function itemHead(): string[] {
  return [l10n.t("ID"), "UserData", l10n.t("Outcome"), l10n.t("Reason"), l10n.t("Since then")];
}

function itemRows(snapshot: RunSnapshot, speech: Speech): string[][] {
  const results = resultsOf(snapshot);
  return outlineOf(snapshot).order.flatMap((place) => {
    const result = results[place];
    const restored = snapshot.items[place]?.restored;
    if (result === undefined) return [];
    if (result.outcome === "done" && result.warns !== true && restored === undefined) return [];
    const { id, userData, outcome, reason } = result;
    const since = restored === undefined ? "" : restoredText(restored, speech);
    return [[String(id ?? ""), userData ?? "", outcomeWord(outcome), reasonText(reason, speech), since]];
  });
}

/** IDs and outcomes, untranslated. No cell can be read as a formula. */
export function runCsv(snapshot: RunSnapshot): string {
  const lines = resultsOf(snapshot).map(({ id, outcome }, place) => {
    return [id ?? "", outcome, snapshot.items[place]?.restored?.newId ?? ""].join(",");
  });
  return `${["id,outcome,newId", ...lines].join("\r\n")}\r\n`;
}
