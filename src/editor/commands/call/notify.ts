import type { RefusalStep } from "./refusal";

/** What a button of a notification does: a step that the tree offers too, a command with arguments, or a function. */
export type Step = RefusalStep | CommandStep | { readonly label: string; act(): Promise<void> };

export interface CommandStep {
  readonly label: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** The end of a command as a person sees it: a success goes to the status bar, anything else is a notification. */
export interface Ending {
  readonly level: "success" | "information" | "warning" | "error";
  /** Already cleaned: no secrets, no links, no icons. */
  readonly sentence: string;
  readonly steps?: readonly Step[];
}

/**
 * Shows how a command ended; a port, so that tests need no window. Resolves once the notification is closed and its
 * button has finished; rejects with what the button throws.
 */
export type Notify = (ending: Ending) => Promise<void>;
