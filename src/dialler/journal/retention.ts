import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hasCode } from "./heldLock";

const dayMs = 24 * 60 * 60 * 1000;

/** What earlier starts noted about a run, in milliseconds since 1970. */
export interface Sighting {
  /** The first start that saw the run. */
  readonly seen: number;
  /** The first of the starts in a row that found the run too old. */
  readonly old?: number;
}

export type Sightings = ReadonlyMap<string, Sighting>;

/** What a start notes for the next one, and the runs that are now to be removed. */
export interface Ageing {
  readonly sightings: Sightings;
  readonly due: readonly string[];
}

/**
 * Finds the runs that are kept long enough. A run is removed only when two starts at least a day apart found it too old
 * and none between them found it young, so that one wrong clock removes nothing. Its age counts from its own date or from
 * the first start that saw it, whichever is later.
 */
export function ageingOf(
  runs: readonly { readonly run: string; readonly startedAt: number }[],
  before: Sightings,
  days: number,
  now: number,
): Ageing {
  const sightings = new Map<string, Sighting>();
  const due: string[] = [];
  for (const { run, startedAt } of runs) {
    const known = before.get(run);
    // A start that is still to come had a wrong clock.
    const seen = Math.min(known?.seen ?? now, now);
    if (now - Math.max(seen, startedAt) <= days * dayMs) {
      sightings.set(run, { seen });
      continue;
    }
    const old = known?.old === undefined || known.old > now ? now : known.old;
    if (now - old >= dayMs) due.push(run);
    sightings.set(run, { seen, old });
  }
  return { sightings, due };
}

/** Empty if there is no such file or it is no such file: then every run is seen for the first time. */
export async function readSightings(path: string): Promise<Sightings> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, "ENOENT")) return new Map();
    throw error;
  }
  const sightings = new Map<string, Sighting>();
  if (!Array.isArray(value)) return sightings;
  const entries: readonly unknown[] = value;
  for (const entry of entries) {
    if (typeof entry !== "object" || entry === null || !("run" in entry) || !("seen" in entry)) continue;
    const { run, seen } = entry;
    if (typeof run !== "string" || typeof seen !== "number") continue;
    const old = "old" in entry && typeof entry.old === "number" ? { old: entry.old } : {};
    sightings.set(run, { seen, ...old });
  }
  return sightings;
}

/** Replaced as a whole, so that no other start reads half of it. */
export async function writeSightings(path: string, sightings: Sightings): Promise<void> {
  const aside = join(dirname(path), `.${randomUUID()}`);
  try {
    const file = await open(aside, "wx", 0o600);
    try {
      await file.writeFile(JSON.stringify([...sightings].map(([run, sighting]) => ({ run, ...sighting }))));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}
