import { readFileSync, readlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { isSameOwner, type RunOwner } from "../runs/plan";

const bootFile = "/proc/sys/kernel/random/boot_id";
const statFile = (pid: number): string => `/proc/${pid}/stat`;
const pidsFile = "/proc/self/ns/pid";

/** This process. */
export const thisOwner: RunOwner = {
  pid: process.pid,
  ...thisMachine(),
  startedAt: Math.round(Date.now() - process.uptime() * 1000),
  ...sinceOfThis(),
};

/**
 * `elsewhere`: on another machine or in another container, or that cannot be ruled out. The process ID says nothing
 * there.
 */
export type Life = "alive" | "dead" | "elsewhere";

/**
 * Whether the process that wrote a run still exists. If the start time of a process cannot be read, its ID alone
 * decides: a reused ID keeps a run busy until that process ends, but never takes the run from its owner.
 */
export async function lifeOf(owner: RunOwner, self = thisOwner): Promise<Life> {
  if (isSameOwner(owner, self)) return "alive";
  if (!isSameMachine(owner, self)) return "elsewhere";
  if (!exists(owner.pid)) return "dead";
  if (owner.since === undefined) return "alive";
  const since = await sinceOf(owner.pid);
  return since === undefined || since === owner.since ? "alive" : "dead";
}

/** Whether another process of this machine wrote last. Runs that this process is writing are among the open ones. */
export function isOtherProcess({ pid }: RunOwner, self = thisOwner): boolean {
  return pid !== self.pid;
}

/** Whether process IDs of both mean the same. Machines may have equal names, and containers of one machine do. */
function isSameMachine(a: RunOwner, b: RunOwner): boolean {
  // An earlier version wrote the ID of the machine's start into `since` only.
  if (a.host === undefined) return a.since === undefined || a.since.split(" ")[0] === b.boot;
  return a.host === b.host && a.pids === b.pids && isSameBoot(a.boot, b.boot);
}

/** How much two estimates of one start may differ. */
const bootTolerance = 2;

function isSameBoot(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [at, bt] = [a, b].map((boot) => (/^@\d+$/.test(boot) ? Number(boot.slice(1)) : undefined));
  return at === undefined || bt === undefined ? a === b : Math.abs(at - bt) <= bootTolerance;
}

/** Parses the owner in a file; undefined if it is not one. */
export function ownerFrom(value: unknown): RunOwner | undefined {
  if (typeof value !== "object" || value === null || !("pid" in value) || !("startedAt" in value)) {
    return undefined;
  }
  const { pid, startedAt } = value;
  if (typeof pid !== "number" || typeof startedAt !== "number") return undefined;
  return {
    pid,
    startedAt,
    ...("host" in value && typeof value.host === "string" ? { host: value.host } : {}),
    ...("boot" in value && typeof value.boot === "string" ? { boot: value.boot } : {}),
    ...("pids" in value && typeof value.pids === "string" ? { pids: value.pids } : {}),
    ...("since" in value && typeof value.since === "string" ? { since: value.since } : {}),
  };
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

function thisMachine(): Pick<RunOwner, "host" | "boot" | "pids"> {
  const host = hostname();
  // In seconds. It differs after the clock was set, and then the age of the lock decides.
  if (process.platform !== "linux") return { host, boot: `@${Math.round(Date.now() / 1000 - uptime())}` };
  try {
    return { host, boot: readFileSync(bootFile, "utf8").trim(), pids: readlinkSync(pidsFile) };
  } catch {
    return { host };
  }
}

/** The boot ID and the ticks since boot. Unlike milliseconds since 1970, they do not change when the clock is set. */
function sinceIn(boot: string, stat: string): string | undefined {
  // The program name is the second field, in brackets, and may contain blanks and brackets.
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
}
