import type { RunPlan } from "../../../src/dialler/runs/plan";

/** A request to another window. Every lock that it takes is held as long as it lives. */
export type WindowRequest = {
  /** The window takes itself for one on the machine of this name. */
  readonly host?: string;
} &
  /** Begin a run whose first item is done, and whose second is under way. */
  (
    | { readonly what: "begin"; readonly storage: string; readonly plan: unknown }
    | { readonly what: "takeUp"; readonly storage: string; readonly run: string }
    /** `storage`: the path of the lock itself. */
    | { readonly what: "lock"; readonly storage: string; readonly renewEveryMs?: number }
    /** Ask whether that lock is still held. */
    | { readonly what: "confirm" }
    /** Announce the next item of the run that the window has begun or taken up. */
    | { readonly what: "intent"; readonly item: number; readonly comment?: string }
    /** End that run. */
    | { readonly what: "end" }
  );

/** `done`, `busy`, or what went wrong. */
export interface Said {
  readonly answer: string;
}

export function isRunPlan(value: unknown): value is RunPlan {
  return typeof value === "object" && value !== null && "run" in value && "items" in value;
}
