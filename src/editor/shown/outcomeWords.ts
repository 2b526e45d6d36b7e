import type { Outcome } from "../../dialler/runs/outcome";
import * as l10n from "../../l10n";

export function outcomeWord(outcome: Outcome): string {
  switch (outcome) {
    case "done":
      return l10n.t("done");
    case "gone":
      return l10n.t("gone");
    case "notFound":
      return l10n.t("not found");
    case "failed":
      return l10n.t("failed");
    case "unknown":
      return l10n.t("unknown");
    case "skipped":
      return l10n.t("skipped");
    case "notAttempted":
      return l10n.t("not attempted");
  }
}

/** The outcome in a count for a person: the action's own participle instead of "done", and what `gone` means. */
export function outcomeMeaning(outcome: Outcome, participle: string): string {
  if (outcome === "done") return participle;
  return outcome === "gone"
    ? l10n.t("gone (not confirmed by the server; no longer there)")
    : outcomeWord(outcome);
}
