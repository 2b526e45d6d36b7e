import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** The lock of a process that cannot be looked up is held if it was renewed within this time. */
export const freshMs = 60_000;

/** How far the times of two files may differ that were written at once. Some file systems count in two seconds. */
const roundingMs = 2000;

/** The moment by the clock of the file system: the clocks of two machines may differ by hours. */
export async function fileSystemNow(folder: string): Promise<number> {
  const path = join(folder, `.clock-${randomUUID()}`);
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(".");
    // A file server sets its own time only when the text reaches it.
    await file.datasync();
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** Locks with a time that is still to come, and since when this process knows them with that time. */
const ahead = new Map<string, { readonly renewedAt: number; readonly since: number }>();

/**
 * Whether a lock was renewed a moment ago; both moments are the file system's. If its clock was set back, the time of a
 * lock is still to come. Such a lock counts as renewed until its time has not changed for as long as this process looks
 * at it.
 */
export function isFresh(
  path: string,
  renewedAt: number,
  now: number,
  clock: { now(): number } = performance,
): boolean {
  if (renewedAt <= now + roundingMs) {
    ahead.delete(path);
    return now - renewedAt < freshMs;
  }
  const known = ahead.get(path);
  if (known?.renewedAt === renewedAt) return clock.now() - known.since < freshMs;
  ahead.set(path, { renewedAt, since: clock.now() });
  return true;
}
