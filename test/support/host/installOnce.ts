import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { lock } from "proper-lockfile";

/**
 * Fills `folder` unless it is there. It is complete or absent: a lock keeps a second process waiting, and the
 * files come under their name only when all are there.
 */
export async function installOnce(folder: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const waiting = { retries: 900, factor: 1, minTimeout: 1000, maxTimeout: 1000 };
  const release = await lock(folder, { realpath: false, stale: 60_000, update: 5_000, retries: waiting });
  try {
    if (existsSync(folder)) return folder;
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    const start = Date.now();
    console.log(`Installing ${basename(folder)} …`);
    await fill(partial);
    await rename(partial, folder);
    console.log(`Installed ${basename(folder)} in ${Math.round((Date.now() - start) / 1000)} s.`);
    return folder;
  } finally {
    await release();
  }
}
