import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identityDigest } from "../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { Secrets } from "../../../src/dialler/api/secrets";
import { Journal } from "../../../src/dialler/journal/journal";
import { thisOwner } from "../../../src/dialler/journal/runOwner";
import type { PlannedEntry, RunPlan } from "../../../src/dialler/runs/plan";
import { token } from "./token";

/** Makes folders that vanish after the test; to be called in a `describe`. */
export function folders(): () => Promise<string> {
  let made: string[] = [];
  afterEach(async () => {
    const paths = made;
    made = [];
    for (const path of paths) await rm(path, { recursive: true, force: true });
  });
  return async () => {
    const path = await mkdtemp(join(tmpdir(), "journal-"));
    made.push(path);
    return path;
  };
}

export function journalIn(storage: string): Journal {
  const secrets = new Secrets();
  secrets.add(token);
  return new Journal(storage, secrets);
}

let runs = 0;

/** The plan of a deletion of these contacts. */
export function planOf(items: readonly PlannedEntry[], wishes: Partial<RunPlan> = {}): RunPlan {
  const { startedAt = new Date().toISOString() } = wishes;
  const run = `${startedAt.replace(/[:.]/g, "-")}-${(++runs).toString(16).padStart(8, "0")}`;
  return {
    ...{ run, startedAt, action: "delete", endpoint: "test", demo: false, owner: thisOwner },
    baseUrl: "http://127.0.0.1:1/rest/v1.0/7/",
    items: items.map(({ id, userData, shown }) => ({
      id,
      ...(userData === undefined ? {} : { userData }),
      ...(shown === undefined ? {} : { identity: identityDigest(shown) }),
    })),
    ...wishes,
  };
}

/** Items without a contact behind them. */
export function numbered(count: number): PlannedEntry[] {
  return Array.from({ length: count }, (_, at) => ({ id: at + 1 }));
}

export function pathOf(journal: Journal, run: string): string {
  return join(journal.directory, `${run}.jsonl`);
}

/** The records that the journal keeps of these items, by item. */
export async function recordsIn(
  journal: Journal,
  run: string,
  items: readonly number[],
): Promise<Map<number, WireRecord>> {
  const found = new Map<number, WireRecord>();
  for await (const { item, record } of journal.records(run, new Set(items))) found.set(item, record);
  return found;
}

/** Everything that lies in the folder of the journal, as one text. */
export async function allText(journal: Journal): Promise<string> {
  const names = await readdir(journal.directory);
  const texts = await Promise.all(names.map((name) => readFile(join(journal.directory, name), "utf8")));
  return [...names, ...texts].join("\n");
}
