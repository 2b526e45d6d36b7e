import type { RefusalStep } from "./refusal";

/** What a button of a notification does: a step that the tree offers too, a command with what it is about, or more. */
export type Step = RefusalStep | CommandStep | { readonly label: string; act(): Promise<void> };

export interface CommandStep {
  readonly label: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** How something ended, for a person: a success is quiet, everything else is a notification with a button. */
export interface Ending {
  readonly level: "success" | "information" | "warning" | "error";
  /** Already harmless. */
  readonly sentence: string;
  readonly steps?: readonly Step[];
}

/**
 * Says how something ended; a port, so that the road can be driven without a window. Resolves once the notification is
 * closed and its button has done its work; rejects with what that throws.
 */
export type Notify = (ending: Ending) => Promise<void>;
