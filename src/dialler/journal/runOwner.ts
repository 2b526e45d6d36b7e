import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isSameOwner, type RunOwner } from "../runs/plan";

const bootFile = "/proc/sys/kernel/random/boot_id";
const statFile = (pid: number): string => `/proc/${pid}/stat`;

/** This process, as long as it lives. */
export const thisOwner: RunOwner = {
  pid: process.pid,
  startedAt: Math.round(Date.now() - process.uptime() * 1000),
  ...sinceOfThis(),
};

/**
 * Whether the process that wrote a run is still there. Where the start of a process cannot be read, its id alone
 * decides: a number that is used again keeps a run busy until that process ends, and never takes it from its owner.
 */
export async function isAlive(owner: RunOwner): Promise<boolean> {
  if (isSameOwner(owner, thisOwner)) return true;
  if (!exists(owner.pid)) return false;
  if (owner.since === undefined) return true;
  const since = await sinceOf(owner.pid);
  return since === undefined || since === owner.since;
}

/** Whether another process wrote last. A run that this process is writing is among the journal's open ones. */
export function isOtherProcess({ pid }: RunOwner): boolean {
  return pid !== thisOwner.pid;
}

/** An owner as it stands in a file; undefined when it is none. */
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
    // Somebody else's process may not be signalled, but it is there.
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

/** Which start of the system, and how many ticks after it: milliseconds since 1970 move when the clock is set. */
function sinceIn(boot: string, stat: string): string | undefined {
  // The name of the program comes second, in brackets, and may hold blanks and brackets.
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
}
