import * as l10n from "../../../l10n";
import { commands, views } from "../../../manifest";
import type { RunRow } from "../../view/activity/runRows";
import type { RefusalStep } from "./refusal";

/** What a button of a notification does: a step that the tree offers too, a command with arguments, or a function. */
export type Step = RefusalStep | CommandStep | { readonly label: string; act(): Promise<void> };

export interface CommandStep extends Call {
  readonly label: string;
}

interface Call {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** The end of a command as a person sees it: a success goes to the status bar, anything else is a notification. */
export interface Ending {
  readonly level: "success" | "information" | "warning" | "error";
  /** Already cleaned: no secrets, no links, no icons. */
  readonly sentence: string;
  readonly steps?: readonly Step[];
  /** Of a success: what a click on it in the status bar takes back. */
  readonly undo?: Call;
}

/**
 * Shows how a command ended; a port, so that tests need no window. Resolves once the notification is closed and its
 * button has finished; rejects with what the button throws.
 */
export type Notify = (ending: Ending) => Promise<void>;

export function restoreStep(run: RunRow): CommandStep {
  return { label: l10n.t("Restore…"), command: commands.activityRestore, arguments: [run] };
}

export function showActivityStep(): CommandStep {
  return { label: l10n.t("Show Activity"), command: `${views.activity}.focus`, arguments: [] };
}
