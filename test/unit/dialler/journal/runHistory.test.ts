import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import { NoSuchRun, RunBusy } from "../../../../src/dialler/journal/journalFailure";
import { type NewRun, RunHistory } from "../../../../src/dialler/journal/runHistory";
import type { Outcome } from "../../../../src/dialler/runs/outcome";
import { allText, folders, journalIn } from "../../../support/dialler/journals";

const about: NewRun = {
  ...{ action: "delete", endpoint: "test", baseUrl: "http://127.0.0.1:1/rest/v1.0/7/", demo: false },
  items: [{ id: 1, userData: "CRM-1" }, { id: 2 }],
};

describe("RunHistory", () => {
  const folder = folders();
  let history: RunHistory;
  beforeEach(async () => {
    history = new RunHistory(journalIn(await folder()));
  });
  afterEach(() => history.dispose());

  const runs = async () => (await history.list()).map(({ plan }) => plan.run);

  it("keeps runs with and without a journal as one, newest first", async () => {
    const begun = [];
    for (const journaled of [true, false, true, false]) {
      const recorder = await history.begin(about, journaled, new Date(1_800_000_000_000 + begun.length));
      recorder.outcome(0, { outcome: "done" });
      await recorder.end();
      begun.push(recorder.plan.run);
    }
    assert.deepEqual(await runs(), begun.reverse());
    assert.deepEqual(
      (await history.list()).map(({ journaled }) => journaled),
      [false, true, false, true],
    );
  });

  it("writes nothing of a run without a journal, its record included (B22)", async () => {
    const recorder = await history.begin(about, false);
    await recorder.intent(0, { ID: 1, Name: "somebody" });
    recorder.outcome(0, { outcome: "done" });
    await recorder.end();
    await assert.rejects(readdir(history.journal.directory), { code: "ENOENT" });
    assert.equal((await history.snapshot(recorder.plan.run)).items[0]?.recorded, false);
    const journaled = await history.begin(about, true);
    await journaled.end();
    assert.ok(!(await allText(history.journal)).includes("somebody"));
  });

  it("knows names and locks in this session, and writes neither to disk", async () => {
    const entries = [{ name: "Birkenwald, Käthe", lockBefore: "locked" }, {}] as const;
    const recorder = await history.begin(about, true, new Date(), { entries });
    await recorder.end();
    const { run } = recorder.plan;
    const first = await history.snapshot(run);
    assert.deepEqual([first.items[0]?.name, first.items[0]?.lockBefore], ["Birkenwald, Käthe", "locked"]);
    assert.equal(first.items[1]?.name, undefined);
    assert.equal((await history.list())[0], first, "the same object while nothing changes");
    assert.ok(!(await allText(history.journal)).includes("Birkenwald"));
    const later = new RunHistory(history.journal);
    assert.equal((await later.snapshot(run)).items[0]?.name, undefined);
    later.dispose();
  });

  it("has the names of deleted contacts after a restart, from their records", async () => {
    const recorder = await history.begin(about, true);
    await recorder.intent(0, { ID: 1, Name: "Birkenwald", FirstName: "Käthe" });
    await recorder.end();
    const later = new RunHistory(history.journal);
    const { items } = await later.snapshot(recorder.plan.run);
    assert.deepEqual([items[0]?.name, items[1]?.name], ["Birkenwald, Käthe", undefined]);
    later.dispose();
  });

  it("tells the last run that changed contacts: no export, and nothing that took a run back", async () => {
    assert.equal(await history.last(), undefined);
    const lock = await history.begin({ ...about, action: "lock" }, false);
    await history.begin({ ...about, action: "export", items: [] }, false, new Date(), {
      total: { achieved: 1, planned: 1 },
    });
    await history.begin({ ...about, action: "unlock", undoes: lock.plan.run }, false);
    assert.equal((await history.last())?.plan.run, lock.plan.run);
  });

  it("passes over runs that left every contact as it was, unless there is no other", async () => {
    const entries = [{ lockBefore: "locked" }, { lockBefore: "unlocked" }] as const;
    const lock = async (...ends: readonly Outcome[]): Promise<string> => {
      const recorder = await history.begin({ ...about, action: "lock" }, false, new Date(), { entries });
      ends.forEach((outcome, item) => recorder.outcome(item, { outcome }));
      await recorder.end();
      return recorder.plan.run;
    };
    const failed = await lock("failed", "notFound");
    assert.equal((await history.last())?.plan.run, failed);
    const refused = await lock("done", "failed");
    assert.equal((await history.last())?.plan.run, refused, "both left everything as it was");
    const changed = await lock("done", "done");
    for (const outcome of ["failed", "skipped", "notAttempted", "notFound"] as const)
      await lock("done", outcome);
    assert.equal((await history.last())?.plan.run, changed);
    const doubtful = await lock("done", "unknown");
    assert.equal((await history.last())?.plan.run, doubtful);
    await history.remove([await lock("done", "done")]);
    assert.equal(
      await history.last(),
      undefined,
      "an earlier run is not taken back in place of one that is gone",
    );
  });

  it("takes up a run without a journal once at a time, too", async () => {
    const recorder = await history.begin(about, false);
    const { run } = recorder.plan;
    await assert.rejects(history.reopen(run), RunBusy);
    await recorder.end();
    const again = await history.reopen(run);
    await assert.rejects(history.reopen(run), RunBusy);
    await again.end();
    assert.equal((await history.snapshot(run)).state, "ended");
    await assert.rejects(history.reopen("2026-01-01T00-00-00-000Z-00000000"), NoSuchRun);
    await assert.rejects(history.snapshot("2026-01-01T00-00-00-000Z-00000000"), NoSuchRun);
  });

  it("forgets the runs it is told to, on disk and here, and none that is under way", async () => {
    const kept = await Promise.all([true, false].map((journaled) => history.begin(about, journaled)));
    const done = await Promise.all([true, false].map((journaled) => history.begin(about, journaled)));
    for (const recorder of done) await recorder.end();
    const names = [...kept, ...done].map(({ plan }) => plan.run);
    assert.deepEqual(await history.remove(names), { removed: 2, inUse: 2 });
    assert.deepEqual((await runs()).sort(), kept.map(({ plan }) => plan.run).sort());
    for (const recorder of kept) await recorder.end();
  });

  it("lists the runs of this session also where the journal cannot be read, and says why", async () => {
    const recorder = await history.begin(about, false);
    await writeFile(history.journal.directory, "a file");
    assert.deepEqual(await runs(), [recorder.plan.run]);
    assert.match(history.problem?.message ?? "", /cannot be used/);
    await rm(history.journal.directory);
    await runs();
    assert.equal(history.problem, undefined);
  });

  it("keeps a hundred runs of this session beside the journal", async () => {
    for (let times = 0; times < 103; times++) {
      await (await history.begin(about, false, new Date(1_800_000_000_000 + times))).end();
    }
    const all = await runs();
    assert.equal(all.length, 100);
    assert.ok(all.at(-1)?.startsWith(new Date(1_800_000_000_003).toISOString().replace(/[:.]/g, "-")));
  });

  it("says once that much has changed", async () => {
    let times = 0;
    const changed = new Promise<void>((resolve) => {
      history.changed.listen(() => {
        times++;
        resolve();
      });
    });
    const recorder = await history.begin(about, true);
    for (let item = 0; item < 500; item++) recorder.outcome(item % 2, { outcome: "done" });
    await recorder.end();
    await changed;
    assert.equal(times, 1);
  });
});
