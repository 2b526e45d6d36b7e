import type { Change } from "../api/changeRules";
import type { Contact } from "../api/record/contact";

/** The process that writes a run. Both together name it: process ids are used again. */
export interface RunOwner {
  readonly pid: number;
  /** When the process began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The same as the system counts it, where it tells: no clock that is set anew changes it. */
  readonly since?: string;
}

export function isSameOwner(a: RunOwner, b: RunOwner): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt;
}

/** One item of a run as it was planned. */
export interface PlannedKey {
  /** Undefined where no contact was named: a line that is no ID, a UserData that nobody has. */
  readonly id?: number;
  readonly userData?: string;
  /** Digest of the contact as it was shown; a contact that has another one by now is another one. */
  readonly identity?: string;
}

/** What a run is about, fixed when it begins. */
export interface RunPlan {
  /** Sorts by the time of its beginning, and serves as a file name. */
  readonly run: string;
  readonly action: Change;
  readonly endpoint: string;
  /** Canonical. Later actions go only to an endpoint with exactly this one. */
  readonly baseUrl: string;
  /** The demo dialler's identity is its session: another session's demo is another server. */
  readonly demo: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly owner: RunOwner;
  /** Every item that was planned, those settled before anything was sent included. */
  readonly items: readonly PlannedKey[];
}

/** One item of the frozen set: what was shown is what is acted on. */
export interface PlannedEntry {
  readonly id: number;
  readonly userData?: string | undefined;
  /** The contact as it was shown. Needed for a final action: a contact that has changed since is skipped. */
  readonly shown?: Contact | undefined;
  /** A request to delete it was sent before, in the same run: where it is gone now, that is why. */
  readonly sentBefore?: boolean;
}
