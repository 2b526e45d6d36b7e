import type { ChangeOutcome } from "../api/change";
import type { NextStep } from "../api/http/apiError";
import type { Contact } from "../api/record/contact";
import type { WireRecord } from "../api/record/wire";

/** The seven outcomes of an entry of a run. Their counts always add up to the number of planned entries. */
export const outcomes = ["done", "gone", "notFound", "failed", "unknown", "skipped", "notAttempted"] as const;

/** The outcomes of a change, plus two for changes that were never sent: `skipped` on purpose, or `notAttempted`. */
export type Outcome = ChangeOutcome | "skipped" | "notAttempted";

/** How an entry ended. Text in it may be the server's and is raw. */
export interface OutcomeDetails {
  readonly outcome: Outcome;
  /** The HTTP status, if the server sent one. */
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly reason?: string | undefined;
  /** The change was applied, but something about it was not as it should be, which the reason says. */
  readonly warns?: boolean | undefined;
  /** What a person can do about the failure. */
  readonly next?: NextStep | undefined;
}

/** A contact as the run has just read it. Personal data: it goes to lists and documents, never to log or journal. */
export interface ReadNow {
  readonly record: WireRecord;
  readonly contact: Contact;
}

/** The contact of a planned entry, and how the entry ended. */
export interface EntryResult extends OutcomeDetails {
  /** Undefined for the direct call by UserData, for which the server chose the contact. */
  readonly id: number | undefined;
  readonly userData?: string | undefined;
  /** The reason with the value of a list or file that is at fault, for the person only: it goes to no log and journal. */
  readonly reasonShown?: string;
  /** Of a contact that was skipped, because it has changed since it was shown. */
  readonly now?: ReadNow;
}

export function countsOf(results: readonly OutcomeDetails[]): Record<Outcome, number> {
  const counts = { done: 0, gone: 0, notFound: 0, failed: 0, unknown: 0, skipped: 0, notAttempted: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}

/** The outcome alone, without the contact and without undefined members. */
export function outcomeDetails({ outcome, status, ms, reason, warns, next }: OutcomeDetails): OutcomeDetails {
  return {
    outcome,
    ...(status === undefined ? {} : { status }),
    ...(ms === undefined ? {} : { ms }),
    ...(reason === undefined ? {} : { reason }),
    ...(warns === true ? { warns } : {}),
    ...(next === undefined ? {} : { next }),
  };
}

export type Level = "info" | "warning" | "error";

/** Of the line in the log. A warning beside a success is logged as one. */
export function levelOf({ outcome, warns }: Pick<OutcomeDetails, "outcome" | "warns">): Level {
  if (warns === true) return "warning";
  switch (outcome) {
    case "done":
    case "gone":
    case "notAttempted":
      return "info";
    case "notFound":
    case "skipped":
      return "warning";
    case "failed":
    case "unknown":
      return "error";
  }
}

/** How the re-creation of a deleted contact ended. `unknown`: it may exist now, so it is never tried again. */
export type RestoreOutcome = Extract<Outcome, "done" | "skipped" | "failed" | "unknown">;

export interface Restored {
  readonly outcome: RestoreOutcome;
  readonly newId?: number;
  readonly reason?: string;
  /** More was created than one contact, or another remark needs attention, which the reason says. */
  readonly warns?: boolean;
}
