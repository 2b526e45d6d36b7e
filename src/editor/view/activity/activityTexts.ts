import { outcomes, outcomeWord } from "../../../dialler/runs/actionReport";
import { contactActions } from "../../../dialler/runs/contactAction";
import { type ItemStanding, outlineOf, type RunStanding } from "../../../dialler/runs/runOutline";
import { isLive } from "../../../dialler/runs/runRemedies";
import type { Restored, RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { plainLine, plainText } from "../../shown/plainText";

/** How texts of the Activity view are said. */
export interface Speech {
  /** Of the user's interface, such as "de". */
  readonly language: string;
  redact(text: string): string;
}

/** "Deleted 42 of 100 on production". */
export function runLabel(story: RunStory): string {
  const { counts } = outlineOf(story);
  const { action, endpoint } = story.plan;
  const achieved = counts.done + counts.gone;
  return contactActions[action].headline(achieved, story.items.length, plainText(endpoint, 40));
}

/** How the run stands, what did not end as planned, and when it began. */
export function runDescription(story: RunStory, speech: Speech): string {
  const parts = [standingNote(story, speech), ...runNotes(story, speech), timeOf(story, speech)];
  return parts.filter((part) => part !== "").join(" · ");
}

/** For a screen reader: how it stands comes first. */
export function runSpoken(story: RunStory, speech: Speech): string {
  const { standing } = outlineOf(story);
  const parts = [standingWord(standing), runLabel(story), ...runNotes(story, speech), timeOf(story, speech)];
  return parts.filter((part) => part !== "").join(". ");
}

/** Nothing where the counts say it. */
function standingNote(story: RunStory, { language }: Speech): string {
  const { standing, settled } = outlineOf(story);
  const planned = story.items.length;
  switch (standing) {
    case "running":
      if (settled === planned) return l10n.t("running");
      return l10n.t("running {settled} of {planned}", {
        settled: settled.toLocaleString(language),
        planned: planned.toLocaleString(language),
      });
    case "elsewhere":
      return l10n.t("running in another window");
    case "interrupted":
      return l10n.t("interrupted");
    case "undone":
      return l10n.t("undone");
    case "problem":
    case "incomplete":
    case "done":
      return "";
  }
}

export function standingWord(standing: RunStanding): string {
  switch (standing) {
    case "running":
      return l10n.t("Running");
    case "elsewhere":
      return l10n.t("Running in another window");
    case "interrupted":
      return l10n.t("Interrupted");
    case "undone":
      return l10n.t("Undone");
    case "problem":
      return l10n.t("With failures");
    case "incomplete":
      return l10n.t("Incomplete");
    case "done":
      return l10n.t("Done");
  }
}

/** The counts other than `done`, and what has become of deleted contacts since. */
function runNotes(story: RunStory, speech: Speech): string[] {
  const { counts, restored } = outlineOf(story);
  const inNumbers = (count: number): string => count.toLocaleString(speech.language);
  const others = outcomes.filter((outcome) => outcome !== "done" && counts[outcome] > 0);
  const notes = [countsText(others, counts, speech)];
  if (restored.done > 0) notes.push(l10n.t("{count} restored", { count: inNumbers(restored.done) }));
  if (restored.failed > 0)
    notes.push(l10n.t("{count} could not be restored", { count: inNumbers(restored.failed) }));
  if (restored.unknown > 0)
    notes.push(l10n.t("{count} may have been restored", { count: inNumbers(restored.unknown) }));
  return notes.filter((note) => note !== "");
}

/** "1 gone, 2 failed". */
export function countsText<S extends ItemStanding>(
  standings: readonly S[],
  counts: Readonly<Record<S, number>>,
  { language }: Speech,
): string {
  return standings
    .filter((standing) => counts[standing] > 0)
    .map((standing) => `${counts[standing].toLocaleString(language)} ${itemWord(standing)}`)
    .join(", ");
}

export function itemWord(standing: ItemStanding): string {
  if (standing === "underWay") return l10n.t("under way");
  return standing === "waiting" ? l10n.t("waiting") : outcomeWord(standing);
}

export function timeOf({ plan }: RunStory, speech: Speech): string {
  return momentText(Date.parse(plan.startedAt), speech) ?? plainText(plan.startedAt, 30);
}

/** Local time, short; undefined when it is none. */
export function momentText(at: number, { language }: Speech): string | undefined {
  return Number.isFinite(at)
    ? new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(at)
    : undefined;
}

/** "#40101 CRM-000417": a journal's plan knows no names. */
export function itemLabel(story: RunStory, index: number): string {
  const { id, userData } = story.items[index] ?? {};
  const parts = [id === undefined ? "" : `#${id}`, plainText(userData ?? "", 80)];
  return parts.filter((part) => part !== "").join(" ") || l10n.t("No contact");
}

/** The outcome, its reason, and what has become of the contact since. */
export function itemDescription(story: RunStory, index: number, speech: Speech): string {
  const standing = outlineOf(story).standings[index];
  const item = story.items[index];
  if (standing === undefined || item === undefined) return "";
  const reason = item.pending ? "" : reasonText(item.fate?.reason, speech);
  const word = itemWord(standing);
  const since = item.restored === undefined ? "" : sinceText(story, item.restored, speech);
  return [reason === "" ? word : `${word}: ${reason}`, since].filter((part) => part !== "").join(" · ");
}

/** Of a run under way, what may have happened is still happening. */
function sinceText(story: RunStory, restored: Restored, speech: Speech): string {
  return isLive(story) && restored.outcome === "unknown"
    ? l10n.t("being restored")
    : restoredText(restored, speech);
}

export function restoredText({ outcome, newId, reason }: Restored, speech: Speech): string {
  const why = reasonText(reason, speech);
  const said = restoredWord(outcome, newId);
  return why === "" ? said : `${said}: ${why}`;
}

function restoredWord(outcome: Restored["outcome"], newId: number | undefined): string {
  switch (outcome) {
    case "done":
      return newId === undefined ? l10n.t("restored") : l10n.t("restored as #{id}", { id: newId });
    case "skipped":
      return l10n.t("restoring it was skipped");
    case "failed":
      return l10n.t("could not be restored");
    case "unknown":
      return l10n.t("may have been restored");
  }
}

/** A reason may be the server's, and a server may say the token. */
export function reasonText(reason: string | undefined, speech: Speech): string {
  return reason === undefined ? "" : plainText(speech.redact(plainLine(reason)), 200);
}

/** Every outcome that occurs, the planned one included. */
export function allCounts(story: RunStory, speech: Speech): string {
  const standings: readonly ItemStanding[] = [...outcomes, "underWay", "waiting"];
  return countsText(standings, outlineOf(story).counts, speech);
}
