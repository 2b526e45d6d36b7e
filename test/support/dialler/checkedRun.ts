// Runs on a small dialler, each checked for what holds of every run.
import assert from "node:assert/strict";
import type { Change } from "../../../src/dialler/api/changeRules";
import type { DiallerClient } from "../../../src/dialler/api/diallerClient";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { countsOf, type EntryResult } from "../../../src/dialler/runs/outcome";
import type { PlannedEntry } from "../../../src/dialler/runs/plan";
import { runAction, type RunClient, type RunOptions } from "../../../src/dialler/runs/runAction";
import { quickClock } from "./quickClock";
import { byTheBook, type Script, type SmallDialler, startSmallDialler } from "./smallDialler";

/** What `start` has started last. */
export let dialler: SmallDialler;

/** Further diallers that end with the test. */
export const started: SmallDialler[] = [];

/** Ends the diallers with each test; to be called in a `describe`. */
export function endStartedDiallers(): void {
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });
}

export const start = async (contacts: number | readonly WireRecord[], script: Script = byTheBook) => {
  dialler = await startSmallDialler(contacts, script);
  started.push(dialler);
  return dialler;
};

/** Has runs act on a dialler that a test has started itself, and ends. */
export function actOn(server: SmallDialler): void {
  dialler = server;
}

/** The contacts as the list shows them. */
export async function listed(client: DiallerClient): Promise<PlannedEntry[]> {
  const entries: PlannedEntry[] = [];
  for await (const { records } of client.streamContacts()) {
    for (let index = 0; index < records.count; index++) {
      const shown = records.contactAt(index);
      if (shown.id !== undefined) entries.push({ id: shown.id, shown });
    }
  }
  return entries;
}

/** Every item has one result, reported as soon as it is there. */
export const run = async (
  change: Change,
  items: readonly PlannedEntry[],
  options: Partial<RunOptions> = {},
  client?: RunClient,
) => {
  const reported: EntryResult[] = [];
  const results = await runAction(change, items, client ?? (await dialler.connect()).client, {
    concurrency: 4,
    lockField: "",
    cancelled: new AbortController().signal,
    random: () => 0,
    clock: quickClock(50),
    ...options,
    onResult: (result, finished, index) => {
      reported.push(result);
      assert.equal(finished, reported.length);
      assert.equal(items[index]?.id, result.id);
      options.onResult?.(result, finished, index);
    },
  });
  assert.equal(results.length, items.length);
  assert.deepEqual(
    results.map(({ id }) => id),
    items.map(({ id }) => id),
  );
  assert.equal(reported.length, items.length);
  assert.deepEqual(new Set(reported), new Set(results));
  return results;
};

export const outcomesOf = (results: readonly EntryResult[]) => results.map(({ outcome }) => outcome);

/** The counts without the zero ones. */
export const summed = (results: readonly EntryResult[]): Record<string, number> =>
  Object.fromEntries(Object.entries(countsOf(results)).filter(([, count]) => count > 0));
