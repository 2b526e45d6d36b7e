import { outcomes, outcomeWord, summaryOf } from "../../../dialler/runs/actionReport";
import { outlineOf } from "../../../dialler/runs/runOutline";
import { reportOfStory, resultsOf, type RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { reasonText, restoredText, type Speech, timeOf } from "./activityTexts";
import { markdownTable, markdownText } from "../../shown/markdownText";

/** A run as Markdown: the sentence, the counts, and every item that did not simply end done. */
export function runMarkdown(story: RunStory, speech: Speech): string {
  const { plan } = story;
  const report = reportOfStory(story);
  const counted = outcomes.filter((outcome) => report.counts[outcome] > 0);
  const rest = itemRows(story, speech);
  return [
    markdownText(summaryOf(report)),
    "",
    `- ${l10n.t("Endpoint")}: ${markdownText(plan.endpoint)}`,
    `- ${l10n.t("Base URL")}: ${markdownText(plan.baseUrl)}`,
    `- ${l10n.t("Started")}: ${markdownText(timeOf(story, speech))}`,
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

function itemRows(story: RunStory, speech: Speech): string[][] {
  const results = resultsOf(story);
  return outlineOf(story).order.flatMap((place) => {
    const result = results[place];
    const restored = story.items[place]?.restored;
    if (result === undefined || (result.outcome === "done" && restored === undefined)) return [];
    const { id, userData, outcome, reason } = result;
    const since = restored === undefined ? "" : restoredText(restored, speech);
    return [[String(id ?? ""), userData ?? "", outcomeWord(outcome), reasonText(reason, speech), since]];
  });
}

/** IDs and the outcomes of the contract, in no language: nothing in it can be taken for a formula. */
export function runCsv(story: RunStory): string {
  const lines = resultsOf(story).map(({ id, outcome }, place) => {
    return [id ?? "", outcome, story.items[place]?.restored?.newId ?? ""].join(",");
  });
  return `${["id,outcome,newId", ...lines].join("\r\n")}\r\n`;
}
