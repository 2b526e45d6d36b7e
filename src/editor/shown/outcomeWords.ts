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
