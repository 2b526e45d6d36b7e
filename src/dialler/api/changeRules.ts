import type { LockState } from "./record/contact";
import type { RequestKind } from "./repeat";

/** The changes that the API offers by ID or by UserData. */
export type Change = "lock" | "unlock" | "delete";

/** What an applied change does to a contact. `none`: reading the contact again cannot show it. */
export type ChangeEffect = "removes" | "locks" | "unlocks" | "none";

/** How the API makes a change: the request, how often it may be sent, and its effect. */
export interface ChangeRule {
  readonly method: "DELETE" | "PATCH";
  /** The path segment after the contact; undefined if the HTTP method is enough. */
  readonly lastPart: string | undefined;
  /** Another spelling of `lastPart` by UserData, tried only if the server does not know the first. */
  readonly otherSpelling: string | undefined;
  /** The rules of repeating for requests by ID. */
  readonly repeat: RequestKind;
  readonly effect: ChangeEffect;
}

export const changeRules: Readonly<Record<Change, ChangeRule>> = {
  lock: { method: "PATCH", lastPart: "lock", otherSpelling: undefined, repeat: "lockById", effect: "locks" },
  unlock: {
    method: "PATCH",
    lastPart: "unlock",
    // As a printed version of the vendor's documentation has it. A lock has no second spelling.
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

/** The lock state after an effect; undefined if the effect does not determine it. */
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
