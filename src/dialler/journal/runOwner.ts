import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isSameOwner, type RunOwner } from "../runs/plan";

const bootFile = "/proc/sys/kernel/random/boot_id";
const statFile = (pid: number): string => `/proc/${pid}/stat`;

/** This process. */
export const thisOwner: RunOwner = {
  pid: process.pid,
  startedAt: Math.round(Date.now() - process.uptime() * 1000),
  ...sinceOfThis(),
};

/**
 * Whether the process that wrote a run still exists. If the start time of a process cannot be read, its ID alone
 * decides: a reused ID keeps a run busy until that process ends, but never takes the run from its owner.
 */
export async function isAlive(owner: RunOwner): Promise<boolean> {
  if (isSameOwner(owner, thisOwner)) return true;
  if (!exists(owner.pid)) return false;
  if (owner.since === undefined) return true;
  const since = await sinceOf(owner.pid);
  return since === undefined || since === owner.since;
}

/** Whether another process wrote last. Runs that this process is writing are among the journal's open ones. */
export function isOtherProcess({ pid }: RunOwner): boolean {
  return pid !== thisOwner.pid;
}

/** Parses the owner in a file; undefined if it is not one. */
export function ownerFrom(value: unknown): RunOwner | undefined {
  if (typeof value !== "object" || value === null || !("pid" in value) || !("startedAt" in value)) {
    return undefined;
  }
  const { pid, startedAt } = value;
  if (typeof pid !== "number" || typeof startedAt !== "number") return undefined;
  const since = "since" in value && typeof value.since === "string" ? { since: value.since } : {};
  return { pid, startedAt, ...since };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process cannot be signalled, but it exists.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function sinceOf(pid: number): Promise<string | undefined> {
  try {
    return sinceIn(await readFile(bootFile, "utf8"), await readFile(statFile(pid), "utf8"));
  } catch {
    return undefined;
  }
}

function sinceOfThis(): Pick<RunOwner, "since"> {
  try {
    const since = sinceIn(readFileSync(bootFile, "utf8"), readFileSync(statFile(process.pid), "utf8"));
    return since === undefined ? {} : { since };
  } catch {
    return {};
  }
}

/** The boot ID and the ticks since boot. Unlike milliseconds since 1970, they do not change when the clock is set. */
function sinceIn(boot: string, stat: string): string | undefined {
  // The program name is the second field, in brackets, and may contain blanks and brackets.
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
}
