import type { Change } from "../api/changeRules";
import { contactActions } from "./contactAction";

/** The questions before a change is sent, in this order. */
export interface Confirmation {
  /**
   * Every contact is shown and can be left out. For a change that can be undone, accepting the preview is the
   * confirmation.
   */
  readonly preview: boolean;
  readonly question: "none" | "one" | "many";
  /** The endpoint's name and the count must be typed. */
  readonly typed: boolean;
}

export interface ConfirmationCase {
  readonly change: Change;
  readonly count: number;
  readonly production: boolean;
  /** The contacts come from a list and were never shown as rows. */
  readonly fromList: boolean;
}

/** The most contacts that a dialog names. */
const namedInModal = 10;
/** More deletions than this always have to be typed. */
const deletedByClick = 50;

/** The questions for a change. */
export function confirmationFor({ change, count, production, fromList }: ConfirmationCase): Confirmation {
  const removes = contactActions[change].effect === "removes";
  const preview = fromList || count > namedInModal;
  if (!removes) {
    return { preview, question: count > 1 && !preview ? "many" : "none", typed: false };
  }
  if (count === 1) return { preview, question: "one", typed: false };
  const typed = production || count > deletedByClick;
  return { preview, question: typed && preview ? "none" : "many", typed };
}

/** The phrase to type, for example `production 137`. */
export function phraseOf(endpoint: string, count: number): string {
  return `${endpoint} ${count}`;
}
