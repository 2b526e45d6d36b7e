import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { RunBusy } from "./journalFailure";
import { isAlive, thisOwner } from "./runOwner";
import type { RunOwner } from "./runStory";

/**
 * Takes a lock that only one process holds; returns what gives it back. A lock whose holder has died is taken over.
 * Two windows may find the same dead lock: the one that moves it away first wins, and the other notices that what it
 * moved is not what it had read, and puts it back. @throws RunBusy; NodeJS.ErrnoException
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    if (await written(path)) return () => rm(path, { force: true });
    const found = await textOf(path);
    if (found === undefined) continue;
    const holder = ownerOf(found);
    if (holder !== undefined && (await isAlive(holder))) throw new RunBusy();
    const aside = `${path}.${randomUUID()}`;
    try {
      await rename(path, aside);
    } catch {
      continue;
    }
    if ((await textOf(aside)) === found) {
      await rm(aside, { force: true });
      continue;
    }
    await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
    throw new RunBusy();
  }
}

/** Whether somebody who lives holds the lock. */
export async function isLocked(path: string): Promise<boolean> {
  const found = await textOf(path);
  const holder = found === undefined ? undefined : ownerOf(found);
  return holder !== undefined && isAlive(holder);
}

/** Written aside and linked into place: whoever sees the lock sees its holder. */
async function written(path: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`;
  const text = JSON.stringify(thisOwner);
  await writeFile(own, text, { mode: 0o600, flag: "wx" });
  try {
    await link(own, path).catch(async (error: unknown) => {
      // Some file systems know no links.
      if (isExisting(error)) throw error;
      await writeFile(path, text, { mode: 0o600, flag: "wx" });
    });
    return true;
  } catch (error) {
    if (isExisting(error)) return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

function ownerOf(text: string): RunOwner | undefined {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== "object" || owner === null || !("pid" in owner) || !("startedAt" in owner)) {
      return undefined;
    }
    const { pid, startedAt } = owner;
    return typeof pid === "number" && typeof startedAt === "number" ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}
