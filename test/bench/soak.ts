// `npm run soak`: half an hour of work against a server on which one request in twenty goes wrong, and what must be so
// afterwards: the heap stays as it is, no rejection goes unheard, and the server is as the journal says.
// `-- --minutes N` takes another time, `-- --seed N` another course.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Secrets } from "../../src/dialler/api/secrets";
import { Dice } from "../../src/dialler/demo/dice";
import { Journal } from "../../src/dialler/journal/journal";
import { accountOf, type Contacts, differencesOf, perhapsMade, type Told } from "./soakAccount";
import { type Sample, trendOf } from "./soakTrend";
import { type Place, SoakWork } from "./soakWork";

/** Every so often the work rests: nothing is in doubt then, and the server is compared with the journal. */
const roundMs = 20_000;
/** The first rests still see code being compiled and caches being filled. */
const warmUp = 3;
/** More than this an hour, and surely so, is a leak. */
const mostPerHour = 2 * 1024 * 1024;
const megabyte = 1024 * 1024;

class Soak {
  readonly heap: Sample[] = [];
  readonly resources: number[] = [];
  readonly problems: string[] = [];
  readonly #startedAt = Date.now();
  #before = new Map<string, Contacts>();

  constructor(
    readonly server: ChildProcess,
    readonly places: readonly Place[],
    readonly storage: string,
    readonly work: SoakWork,
  ) {}

  async run(minutes: number): Promise<void> {
    for (const place of this.places) this.#before.set(place.baseUrl, await contactsOn(place));
    await this.#faults("faulty");
    await this.work.switchTo(this.places[0]);
    while (Date.now() - this.#startedAt < minutes * 60_000) {
      const restAt = Date.now() + roundMs;
      while (Date.now() < restAt) await this.work.step();
      await this.#rest();
    }
  }

  /** How many requests there were while things went wrong, and with how many of them they did. */
  async #faults(wanted: "faulty" | "well"): Promise<{ requests: number; gone: number }> {
    this.server.send(wanted);
    const [counts] = (await once(this.server, "message")) as [{ requests: number; gone: number }];
    return counts;
  }

  async #rest(): Promise<void> {
    const { requests, gone } = await this.#faults("well");
    await this.work.tidyUp();
    for (const place of this.places) await this.#compare(place);
    const runs = await this.#forget();
    // The history tells of a change up to a second later.
    await wait(1500);
    const heap = await heapBytes();
    const atMs = Date.now() - this.#startedAt;
    this.heap.push({ atMs, value: heap });
    this.resources.push(process.getActiveResourcesInfo().length);
    console.log(
      `${clock(atMs)}  ${(heap / megabyte).toFixed(2)} MB, ${this.resources.at(-1) ?? 0} handles, ` +
        `${runs} runs, ${requests} requests, ${gone} went wrong, ${this.problems.length} problems`,
    );
    await this.#faults("faulty");
  }

  /** Removes what the journal holds; how many runs that were. */
  async #forget(): Promise<number> {
    const runs = (await this.work.history.list()).map(({ plan }) => plan.run);
    await this.work.history.remove(runs);
    return runs.length;
  }

  /** The journal is read from the disk, as another window would. */
  async #compare(place: Place): Promise<void> {
    const journal = new Journal(this.storage, new Secrets());
    const told: Told[] = [];
    for (const snapshot of [...(await journal.list())].reverse()) {
      if (!snapshot.plan.baseUrl.startsWith(place.baseUrl)) continue;
      const items = new Set(snapshot.items.keys());
      const records = new Map<number, Told["records"] extends ReadonlyMap<number, infer R> ? R : never>();
      for await (const { item, record } of journal.records(snapshot.plan.run, items))
        records.set(item, record);
      told.push({ snapshot, records });
      if (snapshot.state !== "ended") this.problems.push(`${snapshot.plan.run} is ${snapshot.state}`);
      const doubts = snapshot.items.filter(
        ({ result: result, pending }) => pending || result?.outcome === "unknown",
      ).length;
      if (doubts > 0) this.problems.push(`${doubts} items of ${snapshot.plan.run} stayed unknown`);
    }
    const now = await contactsOn(place);
    const account = accountOf(this.#before.get(place.baseUrl) ?? new Map(), told);
    for (const difference of differencesOf(account, now, perhapsMade(told)))
      this.problems.push(`${place.name}: ${difference}`);
    this.#before.set(place.baseUrl, now);
  }
}

/** All contacts of a server, read without anything of ours. */
async function contactsOn({ baseUrl, token }: Place): Promise<Contacts> {
  const response = await fetch(`${baseUrl}/dialler/contacts`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { records } = (await response.json()) as { records: Readonly<Record<string, unknown>>[] };
  return new Map(
    records.map(({ ID, bLocked, UserData }) => [
      Number(ID),
      { locked: bLocked === true, userData: UserData },
    ]),
  );
}

/**
 * The memory that stays after unused memory is freed; tables of contacts lie outside the heap proper. The code is
 * not optimised (`--no-opt`): what the compiler makes of it, and unmakes, would outweigh a small leak.
 */
async function heapBytes(): Promise<number> {
  if (global.gc === undefined) throw new Error("Start it with --expose-gc.");
  // Node records how long each request of its own fetch took.
  performance.clearResourceTimings();
  for (let time = 0; time < 3; time++) {
    await global.gc({ execution: "async" });
    await wait(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A sentence for each thing that is as it should not be. */
function verdict(soak: Soak): string[] {
  const samples = soak.heap.slice(warmUp);
  const { perHour, error, first, last } = trendOf(samples);
  const inMegabytes = (bytes: number): string => `${(bytes / megabyte).toFixed(2)} MB`;
  console.log(
    `\nheap after a forced collection, ${samples.length} rests: ${inMegabytes(first)} at first, ${inMegabytes(last)} at last, ` +
      `slope ${inMegabytes(perHour)} an hour, standard error ${inMegabytes(error)}`,
  );
  const problems = [...soak.problems];
  // Twice the standard error: what is left of the slope is there in all but one of forty runs without a leak.
  if (samples.length < 5) problems.push("There were too few rests to tell whether the heap grows.");
  else if (perHour - 2 * error > mostPerHour)
    problems.push(`The heap grows by ${inMegabytes(perHour)} an hour.`);
  const handles = soak.resources.slice(warmUp);
  const half = Math.floor(handles.length / 2);
  const least = (values: readonly number[]): number => Math.min(...values);
  if (least(handles.slice(half)) > least(handles.slice(0, half)) + 4)
    problems.push(`Handles stay open: ${handles.join(", ")}.`);
  return problems;
}

async function main(): Promise<boolean> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { minutes: text, seed: text } });
  const minutes = Number(values.minutes ?? 30);
  const seed = Number(values.seed ?? 1);
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error("--minutes and --seed take numbers.");
  const unheard: unknown[] = [];
  process.on("unhandledRejection", (reason) => unheard.push(reason));
  const server = fork(join(__dirname, "soakServer.js"));
  const storage = await mkdtemp(join(tmpdir(), "soak-"));
  try {
    const [started] = (await once(server, "message")) as [{ baseUrl: string; token: string }[]];
    const places = started.map((access, index) => ({ name: `dialler ${index + 1}`, ...access }));
    let drawn = 0;
    const work = new SoakWork(places, storage, () => new Dice(seed, drawn++).below(1 << 30, "") / (1 << 30));
    const soak = new Soak(server, places, storage, work);
    console.log(`${minutes} minutes, seed ${seed}, Node ${process.version}`);
    await soak.run(minutes);
    await work.dispose();
    const problems = verdict(soak);
    for (const reason of unheard) problems.push(`A rejection went unheard: ${String(reason)}`);
    console.log(`what was done: ${listed(work.did)}`);
    console.log(`how it ended: ${listed(work.outcomes)}`);
    console.log(`unhandled rejections: ${unheard.length}`);
    for (const problem of problems.slice(0, 50)) console.log(`PROBLEM  ${problem}`);
    console.log(
      problems.length === 0 ? "The soak found nothing." : `The soak found ${problems.length} problems.`,
    );
    return problems.length === 0;
  } finally {
    server.disconnect();
    await rm(storage, { recursive: true, force: true });
  }
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

main().then(
  (isFine) => process.exit(isFine ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
