import type { LockState } from "./record/contact";
import type { RequestKind } from "./repeat";

/** The changes of the API that are by ID or by UserData. */
export type Change = "lock" | "unlock" | "delete";

/** What a change that was carried out does to a contact. `none`: nothing that reading it again could show. */
export type ChangeEffect = "removes" | "locks" | "unlocks" | "none";

/** What the API knows of a change: how it is asked for, how often it may be sent, and what it does. */
export interface ChangeRule {
  readonly method: "DELETE" | "PATCH";
  /** The part of the path behind the contact; undefined where the method says it all. */
  readonly lastPart: string | undefined;
  /** Another spelling of `lastPart` by UserData, tried only where the first is unknown to the server. */
  readonly otherSpelling: string | undefined;
  /** Which rules of repeating hold for it by ID. */
  readonly repeat: RequestKind;
  readonly effect: ChangeEffect;
}

export const changeRules: Readonly<Record<Change, ChangeRule>> = {
  lock: { method: "PATCH", lastPart: "lock", otherSpelling: undefined, repeat: "lockById", effect: "locks" },
  // A printed version of the vendor's page spells the path this way; a lock has no second spelling.
  unlock: {
    method: "PATCH",
    lastPart: "unlock",
    otherSpelling: "lockunlock",
    repeat: "lockById",
    effect: "unlocks",
  },
  delete: {
    method: "DELETE",
    lastPart: undefined,
    otherSpelling: undefined,
    repeat: "deleteById",
    effect: "removes",
  },
};

/** The lock state in which an effect leaves a contact; undefined where it leaves none, or says nothing of the lock. */
export function lockLeftBy(effect: ChangeEffect): Exclude<LockState, "unknown"> | undefined {
  switch (effect) {
    case "locks":
      return "locked";
    case "unlocks":
      return "unlocked";
    case "removes":
    case "none":
      return undefined;
  }
}
