import type { Change } from "../api/changeRules";
import { contactActions } from "./contactAction";

/** What a person is asked before a change leaves, in this order. */
export interface Confirmation {
  /** Every contact is shown and can be taken out; for what can be taken back, accepting is the confirmation. */
  readonly preview: boolean;
  readonly question: "none" | "one" | "many";
  /** The endpoint's name and the count are typed. */
  readonly typed: boolean;
}

export interface ConfirmationCase {
  readonly change: Change;
  readonly count: number;
  readonly production: boolean;
  /** They come from a list and have never been seen as rows. */
  readonly fromList: boolean;
}

/** A dialog can name so many. */
const namedInModal = 10;
/** More deletions than this are never one click away. */
const deletedByClick = 50;

/** The table of confirmations as a function. Pure. */
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

/** What is typed to confirm, e.g. `production 137`. */
export function phraseOf(endpoint: string, count: number): string {
  return `${endpoint} ${count}`;
}
