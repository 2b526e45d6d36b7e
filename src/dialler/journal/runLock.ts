import { randomUUID } from "node:crypto";
import { link, open, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RunOwner } from "../runs/plan";
import { type Claim, hasCode, HeldLock } from "./heldLock";
import { RunBusy } from "./journalFailure";
import { fileSystemNow, isFresh } from "./lockAge";
import { lifeOf, ownerFrom, thisOwner } from "./runOwner";

/** The most attempts while other processes keep taking and releasing the lock. */
const mostAttempts = 100;

/** The process that holds a lock. */
export interface LockHolder {
  /** Undefined if the lock cannot be read. */
  readonly owner: RunOwner | undefined;
  readonly isOtherMachine: boolean;
}

/** Settings that tests change. */
export interface LockOptions {
  readonly self?: RunOwner | undefined;
  readonly renewEveryMs?: number;
}

/**
 * Takes a lock that only one process can hold. The lock is a numbered file next to `path` that names its holder. The
 * file of a dead holder stays until a process has created the next number, which only one can do. A holder that cannot
 * be looked up, because it is on another machine, counts as dead when it has not renewed its file for a while. No other
 * file is moved or removed because of what was read a moment ago.
 * @throws RunBusy; NodeJS.ErrnoException
 */
export async function takeLock(path: string, options: LockOptions = {}): Promise<HeldLock> {
  const { self = thisOwner } = options;
  const text = JSON.stringify({ ...self, claim: randomUUID() });
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const before = await claimsOn(path);
    const holder = await holderAmong(path, before, self);
    if (holder !== undefined) throw busyWith(holder);
    const own = 1 + Math.max(0, ...before);
    if (!(await written(`${path}.${own}`, text))) continue;
    const held = new HeldLock(claimOf(path, own, text), options.renewEveryMs);
    try {
      // A process that saw an older state of the folder may have created another number. A process that sees this steps
      // back.
      const after = await claimsOn(path);
      const others = after.filter((name) => name !== own);
      if (after.length > others.length && (await holderAmong(path, others, self)) === undefined) {
        for (const name of others) await rm(`${path}.${name}`, { force: true });
        return held;
      }
    } catch (error) {
      await held.release();
      throw error;
    }
    await held.release();
  }
  throw new RunBusy();
}

/** The running process that holds the lock; undefined if none does. Where that cannot be told, it is held. */
export async function lockHolder(path: string, self = thisOwner): Promise<LockHolder | undefined> {
  try {
    return await holderAmong(path, await claimsOn(path), self, true);
  } catch (error) {
    // Without a folder, no lock exists.
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function busyWith({ owner, isOtherMachine }: LockHolder): RunBusy {
  return new RunBusy(isOtherMachine ? { host: owner?.host } : undefined);
}

function claimOf(path: string, own: number, text: string): Claim {
  return {
    path: `${path}.${own}`,
    text,
    other: async () => {
      for (const name of await claimsOn(path)) {
        const found = name === own ? undefined : await readClaim(`${path}.${name}`);
        if (found !== undefined) return { host: found.owner?.host };
      }
      return undefined;
    },
  };
}

/** The numbers of the lock's files. */
async function claimsOn(path: string): Promise<number[]> {
  const start = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(start) && /^\d{1,9}$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)));
}

async function holderAmong(
  path: string,
  names: readonly number[],
  self: RunOwner,
  isHeldInDoubt = false,
): Promise<LockHolder | undefined> {
  for (const name of names) {
    const file = `${path}.${name}`;
    const claim = await readClaim(file).catch((error: unknown) => {
      if (error instanceof Error) return "unreadable" as const;
      throw error;
    });
    // An unreadable file belongs to another user or is in use, so the lock counts as held.
    if (claim === "unreadable") return { owner: undefined, isOtherMachine: false };
    if (claim?.owner === undefined) continue;
    const { owner, renewedAt } = claim;
    const life = await lifeOf(owner, self);
    if (life === "alive") return { owner, isOtherMachine: false };
    if (life === "dead") continue;
    // Without a clock it cannot be told, and where no file can be written, no lock can be taken either.
    const now = fileSystemNow(dirname(path));
    const at = await (isHeldInDoubt ? now.catch(() => undefined) : now);
    if (at === undefined || isFresh(file, renewedAt, at)) return { owner, isOtherMachine: true };
  }
  return undefined;
}

interface ReadClaim {
  readonly owner: RunOwner | undefined;
  /** By the clock of the file system. */
  readonly renewedAt: number;
}

/** Undefined if there is no such file. Opened before its time is asked for, because only then a file server is asked. */
async function readClaim(path: string): Promise<ReadClaim | undefined> {
  try {
    const file = await open(path, "r");
    try {
      const { mtimeMs: renewedAt } = await file.stat();
      return { owner: ownerOf(await file.readFile("utf8")), renewedAt };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Written to a temporary file and linked into place, so that a visible lock always names its holder. */
async function written(file: string, text: string): Promise<boolean> {
  const aside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    await writeFile(aside, text, { mode: 0o600, flag: "wx" });
    await link(aside, file).catch(async (error: unknown) => {
      // Some file systems have no hard links.
      if (hasCode(error, "EEXIST")) throw error;
      await writeFile(file, text, { mode: 0o600, flag: "wx" });
    });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function ownerOf(text: string): RunOwner | undefined {
  try {
    return ownerFrom(JSON.parse(text));
  } catch {
    return undefined;
  }
}
