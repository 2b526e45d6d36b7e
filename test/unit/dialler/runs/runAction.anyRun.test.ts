import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Change } from "../../../../src/dialler/api/changeRules";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import type { Connection } from "../../../../src/dialler/endpoint/connect";
import type { Journal } from "../../../../src/dialler/journal/journal";
import type { RunRecorder } from "../../../../src/dialler/journal/runRecorder";
import { countsOf, type EntryResult, type Outcome } from "../../../../src/dialler/runs/outcome";
import type { PlannedEntry } from "../../../../src/dialler/runs/plan";
import { restOfRun } from "../../../../src/dialler/runs/restOfRun";
import { runAction, type RunClient } from "../../../../src/dialler/runs/runAction";
import {
  itemsThatEnded,
  reportOfRun,
  restorableItems,
  resultsOf,
} from "../../../../src/dialler/runs/runResults";
import { verifyEntries } from "../../../../src/dialler/runs/verifyEntries";
import { journalIn, pathOf, planOf, recordsIn } from "../../../support/dialler/journals";
import { quickClock } from "../../../support/dialler/quickClock";
import { fates, type FaultName, faults, notEnding } from "../../../support/dialler/anyFault";
import * as reply from "../../../support/dialler/scriptedReply";
import { error, type ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  type Heard,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

const plot = fc.record({
  change: fc.constantFrom<Change>("delete", "delete", "lock", "unlock"),
  contacts: fc.integer({ min: 1, max: 24 }),
  /** Which of the contacts are meant, by a repeating pattern. */
  chosen: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  concurrency: fc.integer({ min: 1, max: 8 }),
  hasBatch: fc.boolean(),
  /** The fates of the requests in the order in which they arrive; after them all is well. */
  faults: fc.oneof(fates(15), fates(40)),
  /** Every so many contacts there is one whose changes all fare like this. */
  stubborn: fc.option(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(...notEnding))),
  /** At the arrival of which request a person cancels; and how long after it for the second time. */
  cancelAt: fc.option(fc.integer({ min: 1, max: 40 })),
  abortAfterMs: fc.option(fc.integer({ min: 0, max: 40 })),
  /** At the arrival of which request another endpoint becomes the active one. */
  switchAt: fc.option(fc.integer({ min: 1, max: 40 })),
  /** At the arrival of which request the computer's clock is set back two hours. */
  setBackAt: fc.option(fc.integer({ min: 1, max: 40 })),
  /** More requests a second than this are refused. */
  limit: fc.option(fc.tuple(fc.integer({ min: 2, max: 30 }), fc.constantFrom(429, 503))),
  /** A cache answers every GET with the first answer. */
  isCached: fc.option(fc.constant(true), { freq: 4 }),
});
type Plot = typeof plot extends fc.Arbitrary<infer T> ? T : never;

const requestSeconds = 0.25;
/** So many seconds of waiting pass in one. */
const times = 400;
/** `npm run test:unit` plays a hundred and fifty runs; `npm run runs` sets another number. */
const numRuns = Number(process.env.DIALLER_ANY_RUNS ?? 150);
const isLong = numRuns > 150;
/** What a failure reports, to play that run again: its seed, and its path behind a comma. */
const [seed, path] = (process.env.DIALLER_ANY_SEED ?? "").split(",");

describe("any run", function () {
  this.timeout(isLong ? 4_000_000 : 120_000);

  it("keeps to its set, its journal and its limits, and tells the truth, whatever happens in whatever order", async () => {
    await fc.assert(fc.asyncProperty(plot, play), {
      numRuns,
      interruptAfterTimeLimit: isLong ? 3_600_000 : 40_000,
      markInterruptAsFailure: isLong,
      // Smaller runs would take long to find, and time is a part of each.
      endOnFailure: true,
      ...(seed === undefined || seed === "" ? {} : { seed: Number(seed) }),
      ...(path === undefined ? {} : { path }),
    });
  });

  it("by UserData sends one request that changes something at most, whatever happens", async () => {
    const direct = fc.record({
      change: fc.constantFrom<Change>("delete", "lock", "unlock"),
      faults: fates(80),
    });
    await fc.assert(
      fc.asyncProperty(direct, async ({ change, faults: all }) => {
        const dialler = await startSmallDialler(3);
        try {
          dialler.script = scriptOf(dialler, [...all]);
          const { client } = await dialler.connect({}, { requestSeconds });
          await client.change(change, { userData: "CRM-2" });
          // A 404 of the first kind lets the other spelling of unlocking be tried: nothing was changed by then.
          assert.ok(dialler.changing().length <= (change === "unlock" ? 2 : 1));
          assert.ok(dialler.contacts.size >= 2);
        } finally {
          await dialler.stop();
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000 },
    );
  });
});

function scriptOf(dialler: SmallDialler, all: FaultName[]): Script {
  return (heard, ordinary) => faults[all.shift() ?? "ok"](ordinary, heard, dialler, () => undefined);
}

/** One run with all that happens to it, and what must hold of it. */
async function play(given: Plot): Promise<void> {
  const storage = await mkdtemp(join(tmpdir(), "any-run-"));
  const dialler = await startSmallDialler(
    Array.from({ length: given.contacts }, (_, at) => ({ ID: at + 1, bLocked: given.change === "unlock" })),
  );
  const other = await startSmallDialler(given.contacts);
  const { now } = Date;
  try {
    await new Play(given, dialler, other, journalIn(storage)).check();
  } finally {
    Date.now = now;
    await dialler.stop();
    await other.stop();
    await rm(storage, { recursive: true, force: true });
  }
}

class Play {
  readonly cancel = new AbortController();
  readonly abort = new AbortController();
  readonly items: readonly PlannedEntry[];
  readonly before: ReadonlyMap<number, WireRecord>;
  /** Contacts that somebody else deleted or changed meanwhile. */
  readonly touched = new Set<number>();
  readonly lateCalls: string[] = [];
  readonly clock = quickClock(times);
  /** What the server will still do. */
  readonly late: Promise<unknown>[] = [];
  /** How often a change of a contact was answered with "too busy". */
  readonly busy = new Map<number, number>();
  #cached = new Map<number, ScriptedReply>();
  #window: number[] = [];
  arrivedAfterCancel = 0;
  arrived = 0;

  constructor(
    readonly given: Plot,
    readonly dialler: SmallDialler,
    readonly other: SmallDialler,
    readonly journal: Journal,
  ) {
    const { chosen } = given;
    const ids = [...dialler.contacts.keys()].filter((id) => chosen[id % chosen.length] === true);
    this.items = dialler.plan(ids);
    this.before = new Map(dialler.contacts);
  }

  async check(): Promise<void> {
    const { given, dialler, journal } = this;
    const connection = await dialler.connect({}, { requestSeconds });
    const recorder = await journal.begin(planOf(this.items, { action: given.change }));
    const { run } = recorder.plan;
    dialler.script = this.#script(run, connection);
    const results = await this.#run(recorder, connection.client, this.items, [...this.items.keys()]);
    await recorder.end();
    dialler.script = byTheBook;
    // Everything that the server was asked to do is done by now, however long it took.
    await Promise.all(this.late);

    this.#checkSums(results);
    this.#checkSending(results);
    this.#checkTruth(results);
    await this.#checkJournal(run, results);
    if (given.change === "delete") await this.#checkResume(run, connection, results);
    assert.equal(this.other.changing().length, 0);
  }

  #script(run: string, connection: Connection): Script {
    const { given, dialler, journal, cancel, abort } = this;
    const all = [...given.faults];
    return (heard, ordinary) => {
      this.arrived++;
      // After a cancel, contacts whose answer was lost are looked at once.
      if (cancel.signal.aborted && heard.kind === given.change) this.arrivedAfterCancel++;
      if (this.arrived === given.cancelAt) {
        cancel.abort();
        if (given.abortAfterMs !== null) setTimeout(() => abort.abort(), given.abortAfterMs);
      }
      if (this.arrived === given.switchAt) {
        connection.dispose();
        void this.other.connect().then(async ({ client }) => client.listCampaigns());
      }
      if (heard.kind === "delete") {
        const lines = readFileSync(pathOf(journal, run), "utf8").split("\n").slice(0, -1);
        const written = lines.map((line) => JSON.parse(line) as { line: string; record?: WireRecord });
        const intent = written.find(({ line, record }) => line === "intent" && record?.ID === heard.id);
        // As it was shown, too: one that has changed since is not deleted.
        assert.deepEqual(intent?.record, this.before.get(heard.id), `#${heard.id} in the journal`);
      }
      if (this.arrived === given.setBackAt) {
        const { now } = Date;
        Date.now = () => now() - 7_200_000;
      }
      if (heard.kind === "batch" && !given.hasBatch) return reply.empty(404);
      if (this.#isOverLimit()) return this.#refused(heard, given.limit?.[1] ?? 429);
      if (heard.kind === "read" && given.isCached === true) {
        const first = this.#cached.get(heard.id) ?? ordinary();
        this.#cached.set(heard.id, first);
        return first;
      }
      const name = this.#stubborn(heard) ?? all.shift() ?? "ok";
      if (/^(error503|busy)/.test(name)) this.#countBusy(heard);
      const answer = faults[name](ordinary, heard, dialler, (ms, work) => {
        this.late.push(this.clock.wait(ms).then(work));
      });
      if (name === "deletedElsewhere") this.touched.add(heard.id);
      for (const [id, { Name }] of dialler.contacts) if (Name === "Changed") this.touched.add(id);
      return answer;
    };
  }

  #isOverLimit(): boolean {
    const now = this.clock.now();
    this.#window = this.#window.filter((at) => at > now - 1000);
    if (this.#window.length >= (this.given.limit?.[0] ?? Infinity)) return true;
    this.#window.push(now);
    return false;
  }

  #refused(heard: Heard, status: number): ScriptedReply {
    this.#countBusy(heard);
    return error(status, { "Retry-After": "1" });
  }

  #countBusy({ kind, id }: Heard): void {
    if (kind === this.given.change) this.busy.set(id, (this.busy.get(id) ?? 0) + 1);
  }

  #stubborn({ kind, id }: Heard): FaultName | undefined {
    const { stubborn, change } = this.given;
    if (stubborn === null || kind !== change) return undefined;
    const [every, name] = stubborn;
    return id % every === 0 ? name : undefined;
  }

  async #run(
    recorder: RunRecorder,
    client: Connection["client"],
    items: readonly PlannedEntry[],
    numbers: readonly number[],
  ): Promise<EntryResult[]> {
    const { given, cancel, abort } = this;
    const watched: RunClient = {
      change: async (...args) => this.#early("change", () => client.change(...args)),
      getContact: (...args) => client.getContact(...args),
      readBatch: (...args) => client.readBatch(...args),
    };
    return runAction(given.change, items, watched, {
      concurrency: given.concurrency,
      lockField: "",
      cancelled: cancel.signal,
      abort: abort.signal,
      random: () => 0,
      clock: this.clock,
      intent: (index, record) => recorder.intent(numbers[index] ?? -1, record),
      onResult: ({ outcome, status, reason }, _finished, index) =>
        recorder.outcome(numbers[index] ?? -1, {
          outcome,
          ...(status === undefined ? {} : { status }),
          ...(reason === undefined ? {} : { reason }),
        }),
    });
  }

  #early<T>(what: string, call: () => Promise<T>): Promise<T> {
    if (this.cancel.signal.aborted) this.lateCalls.push(what);
    return call();
  }

  #checkSums(results: readonly EntryResult[]): void {
    assert.deepEqual(
      results.map(({ id }) => id),
      this.items.map(({ id }) => id),
    );
    const sum = Object.values(countsOf(results)).reduce((all, count) => all + count, 0);
    assert.equal(sum, this.items.length);
  }

  #checkSending(results: readonly EntryResult[]): void {
    const { dialler, given } = this;
    const sent = dialler.idsOf(given.change);
    assert.equal(sent.length, dialler.changing().length);
    for (const [at, { id }] of this.items.entries()) {
      const times = sent.filter((one) => one === id).length;
      const outcome = results[at]?.outcome;
      assert.ok(times <= 2 + (this.busy.get(id) ?? 0), `#${id} was sent ${times} times`);
      if (outcome === "skipped") assert.equal(times, 0);
      if (outcome === "notAttempted") assert.equal(times, 0);
      if (times === 0) assert.ok(outcome !== "done" && outcome !== "gone", `#${id} ${outcome}`);
    }
    const frozen = new Set(this.items.map(({ id }) => id));
    assert.ok(sent.every((id) => frozen.has(id)));
    assert.deepEqual(this.lateCalls, []);
    assert.ok(this.arrivedAfterCancel < given.concurrency, `${this.arrivedAfterCancel} after the cancel`);
  }

  /**
   * What is reported is how it is on the server, when it has done everything that it was asked to; what is in doubt may be
   * either way.
   */
  #checkTruth(results: readonly EntryResult[]): void {
    const { dialler, given, touched } = this;
    for (const { id = 0, outcome, reason } of results) {
      const now = dialler.contacts.get(id);
      const say = `#${id} ${outcome} ${reason ?? ""}, and is ${JSON.stringify(now)}`;
      if (outcome === "gone" || outcome === "notFound") assert.ok(now === undefined, say);
      if (touched.has(id) || outcome === "unknown") continue;
      if (given.change === "delete") {
        const absent: readonly Outcome[] = ["done", "gone", "notFound"];
        assert.equal(now === undefined, absent.includes(outcome), say);
      } else {
        assert.equal(now?.bLocked === (given.change === "lock"), outcome === "done", say);
      }
    }
    for (const id of this.before.keys()) {
      if (this.items.some((item) => item.id === id) || touched.has(id)) continue;
      assert.deepEqual(dialler.contacts.get(id), this.before.get(id));
    }
  }

  async #checkJournal(run: string, results: readonly EntryResult[]): Promise<void> {
    const { journal, items, dialler, given } = this;
    const snapshot = await journalIn(join(journal.directory, "..")).snapshot(run);
    assert.equal(snapshot?.state, "ended");
    const told = ({ id, outcome, reason }: EntryResult) => ({ id, outcome, reason });
    assert.deepEqual(resultsOf(snapshot).map(told), results.map(told));
    assert.deepEqual(reportOfRun(snapshot).counts, countsOf(results));
    if (given.change !== "delete") return;
    const kept = await recordsIn(journal, run, [...items.keys()]);
    // Whatever was reported, each contact that was deleted can be restored.
    const restorable = restorableItems(snapshot);
    for (const id of new Set(dialler.idsOf("delete"))) {
      assert.ok(restorable.includes(items.findIndex((item) => item.id === id)), `#${id} can be restored`);
      const record = kept.get(items.findIndex((item) => item.id === id));
      assert.deepEqual(record, this.before.get(id));
    }
  }

  /** Going on with the run sends nothing for what is done, and ends with every contact gone, skipped or missing. */
  async #checkResume(run: string, connection: Connection, first: readonly EntryResult[]): Promise<void> {
    const { journal, dialler, items } = this;
    const sentBefore = dialler.changing().length;
    const asked: number[] = [];
    const client: RunClient = {
      change: async (change, target, options) => {
        if ("id" in target) asked.push(target.id);
        return connection.client.change(change, target, options);
      },
      getContact: (...args) => connection.client.getContact(...args),
      readBatch: (...args) => connection.client.readBatch(...args),
    };
    const recorder = await journal.reopen(run);
    const quiet = { lockField: "", cancelled: new AbortController().signal };
    const unknown = itemsThatEnded(recorder.snapshot(), "unknown");
    await verifyEntries(
      "delete",
      unknown.map((item) => ({ item, id: items[item]?.id ?? 0 })),
      client,
      { ...quiet, onResult: (item, result) => recorder.outcome(item, result) },
    );
    const snapshot = recorder.snapshot();
    const found = new Map([...dialler.contacts].map(([id, record]) => [id, contactFromRecord(record)]));
    const rest = restOfRun(
      snapshot.items,
      itemsThatEnded(snapshot, "notAttempted", "failed", "unknown"),
      found,
    );
    for (const { number, of } of rest.settled) recorder.outcome(number, { outcome: of.outcome });
    await runAction(
      "delete",
      rest.contacts.map(({ of }) => of),
      client,
      {
        ...quiet,
        concurrency: 4,
        intent: (index, record) => recorder.intent(rest.contacts[index]?.number ?? -1, record),
        onResult: ({ outcome }, _finished, index) =>
          recorder.outcome(rest.contacts[index]?.number ?? -1, { outcome }),
      },
    );
    await recorder.end();
    const resent = dialler.changing().slice(sentBefore);
    // A request that its deadline ended may reach the server only now.
    const mayArrive = new Set([
      ...rest.contacts.map(({ of }) => of.id),
      ...unknown.map((item) => items[item]?.id),
    ]);
    const ids = resent.map(({ path }) => Number(/contact\/(\d+)/.exec(path)?.[1]));
    assert.ok(
      ids.every((id) => mayArrive.has(id)),
      ids.join(),
    );
    const ascending = (all: readonly number[]): number[] => all.toSorted((a, b) => a - b);
    assert.deepEqual(ascending(asked), ascending(rest.contacts.map(({ of }) => of.id)));
    // On a busy machine an answer may come after the deadline, and its request is repeated once.
    for (const id of asked)
      assert.ok(ids.includes(id) && ids.filter((one) => one === id).length <= 2 + 1, `#${id}`);
    for (const [at, { outcome }] of resultsOf(recorder.snapshot()).entries()) {
      assert.ok(["done", "gone", "notFound", "skipped"].includes(outcome), outcome);
      const id = items[at]?.id ?? 0;
      assert.equal(dialler.contacts.has(id), outcome === "skipped");
      const before = first[at]?.outcome;
      if (before === "done" || before === "gone") assert.equal(outcome, before);
    }
  }
}
