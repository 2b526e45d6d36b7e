import { type Contact, contactLabel, type LockState } from "../api/record/contact";
import type { RecordedAction } from "./recordedAction";

/** The process that writes a run. Identified by all values, because process IDs are reused. */
export interface RunOwner {
  readonly pid: number;
  /** The name of the machine; undefined if an earlier version of the extension wrote it. */
  readonly host?: string;
  /**
   * The start of the machine; undefined if the system does not tell it. Containers share it with their machine.
   */
  readonly boot?: string;
  /** The set of processes that the ID is unique in, on systems with several: each container has its own. */
  readonly pids?: string;
  /** When the process started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The start time as the system counts it, if available. It does not change when the clock is set. */
  readonly since?: string;
}

export function isSameOwner(a: RunOwner, b: RunOwner): boolean {
  return (["pid", "startedAt", "host", "boot", "pids"] as const).every((name) => a[name] === b[name]);
}

/** One item of a run as it was planned. */
export interface PlannedKey {
  /** Undefined if there is no contact: a line that is not an ID, or a UserData that no contact has. */
  readonly id?: number;
  readonly userData?: string;
  /** Digest of the contact as it was shown. If the digest differs now, it is treated as another contact. */
  readonly identity?: string;
}

/** The fixed content of a run, set when it begins. */
export interface RunPlan {
  /** Sorts by start time, and serves as a file name. */
  readonly run: string;
  readonly action: RecordedAction;
  readonly endpoint: string;
  /** Canonical. Later actions are sent only to an endpoint with exactly this base URL. */
  readonly baseUrl: string;
  /** On the demo dialler, which is a different server in each session. */
  readonly demo: boolean;
  /** The run that this one takes back. */
  readonly undoes?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly owner: RunOwner;
  /** All planned items, including those settled before anything was sent. */
  readonly items: readonly PlannedKey[];
}

/** One contact of the plan. Only contacts that were shown are acted on. */
export interface PlannedEntry {
  readonly id: number;
  readonly userData?: string | undefined;
  /** The contact as it was shown. Required for a final action, because a contact that has changed since is skipped. */
  readonly shown?: Contact | undefined;
  /** The same run has already sent a request to delete it. If it is absent now, that is the reason. */
  readonly sentBefore?: boolean;
}

/** What a session knows of a planned entry beyond the plan. Never written to disk: a name is personal data. */
export interface EntryBefore {
  readonly name?: string;
  /** The lock as it was shown before the run. */
  readonly lockBefore?: LockState;
}

export function entryBefore(contact: Contact | undefined): EntryBefore {
  if (contact === undefined) return {};
  const name = nameOf(contact);
  return { ...(name === undefined ? {} : { name }), lockBefore: contact.lock };
}

/** The name that results and the Activity view show; undefined if the contact has none. */
export function nameOf(contact: Contact): string | undefined {
  const label = contactLabel(contact);
  return label === `#${contact.idText}` ? undefined : label;
}
