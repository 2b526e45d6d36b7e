import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RunOwner } from "../runs/plan";
import { RunBusy } from "./journalFailure";
import { isAlive, ownerFrom, thisOwner } from "./runOwner";

/** The most attempts while other processes keep taking and releasing the lock. */
const mostAttempts = 100;

/**
 * Takes a lock that only one process can hold. Returns a function that releases it once. The lock is a numbered file
 * next to `path` that names its holder. The file of a dead holder stays until a process has created the next number,
 * which only one can do. No file is moved or removed because of what was read a moment ago.
 * @throws RunBusy; NodeJS.ErrnoException
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const before = await claimsOn(path);
    if (await someLive(before)) throw new RunBusy();
    const own = 1 + Math.max(0, ...before);
    if (!(await written(`${path}.${own}`))) continue;
    const release = releaseOf(`${path}.${own}`);
    const after = await claimsOn(path);
    // A process that saw an older state of the folder may have created another number. A process that sees this steps
    // back.
    const others = after.filter((name) => name !== own);
    if (after.length > others.length && !(await someLive(others))) {
      for (const name of others) await rm(`${path}.${name}`, { force: true });
      return release;
    }
    await release();
  }
  throw new RunBusy();

  async function someLive(names: readonly number[]): Promise<boolean> {
    for (const name of names) if (await isHeld(`${path}.${name}`)) return true;
    return false;
  }
}

/** Whether a running process holds the lock. */
export async function isLocked(path: string): Promise<boolean> {
  const claims = await claimsOn(path).catch((error: unknown) => {
    // Without a folder, no lock exists.
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  for (const name of claims) if (await isHeld(`${path}.${name}`)) return true;
  return false;
}

/** The numbers of the lock's files. */
async function claimsOn(path: string): Promise<number[]> {
  const start = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(start) && /^\d{1,9}$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)));
}

async function isHeld(file: string): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    // An unreadable file belongs to another user or is in use, so the lock counts as held.
    return !hasCode(error, "ENOENT");
  }
  const holder = ownerOf(text);
  return holder !== undefined && isAlive(holder);
}

/** Written to a temporary file and linked into place, so that a visible lock always names its holder. */
async function written(file: string): Promise<boolean> {
  const aside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  const text = JSON.stringify(thisOwner);
  await writeFile(aside, text, { mode: 0o600, flag: "wx" });
  try {
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

function releaseOf(file: string): () => Promise<void> {
  let released: Promise<void> | undefined;
  // A second call must not remove a lock that another process has taken since.
  return () => (released ??= rm(file, { force: true }));
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function ownerOf(text: string): RunOwner | undefined {
  try {
    return ownerFrom(JSON.parse(text));
  } catch {
    return undefined;
  }
}
