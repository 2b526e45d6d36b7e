import { readFile } from "node:fs/promises";
import { isSameOwner, type RunOwner } from "./runStory";

/** This process, as long as it lives. */
export const thisOwner: RunOwner = {
  pid: process.pid,
  startedAt: Math.round(Date.now() - process.uptime() * 1000),
};

/** Two clocks tell the start of a process, and they round. */
const toleranceMs = 3000;

/**
 * Whether the process that wrote a run is still there. Where the start of a process cannot be read, its id alone
 * decides: a number that is used again keeps a run busy until that process ends, and never takes it from its owner.
 */
export async function isAlive(owner: RunOwner): Promise<boolean> {
  if (isSameOwner(owner, thisOwner)) return true;
  if (!exists(owner.pid)) return false;
  const startedAt = await startOf(owner.pid);
  return startedAt === undefined || Math.abs(startedAt - owner.startedAt) <= toleranceMs;
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

/** Milliseconds since 1970; undefined where the system does not tell it in a file. */
async function startOf(pid: number): Promise<number | undefined> {
  try {
    const [stat, system] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/stat", "utf8"),
    ]);
    // The name of the program comes second, in brackets, and may hold blanks and brackets.
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const bootedAt = Number(/^btime (\d+)$/m.exec(system)?.[1]);
    const startedAt = (bootedAt + ticks / 100) * 1000;
    return Number.isFinite(startedAt) ? startedAt : undefined;
  } catch {
    return undefined;
  }
}
