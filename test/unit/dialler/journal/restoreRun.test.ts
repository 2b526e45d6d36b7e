import assert from "node:assert/strict";
import { countsOf } from "../../../../src/dialler/runs/outcome";
import { restoreSummary } from "../../../../src/editor/shown/summaries";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { importableRecord } from "../../../../src/dialler/api/record/importable";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import type { Journal } from "../../../../src/dialler/journal/journal";
import { JournalUnavailable } from "../../../../src/dialler/journal/journalFailure";
import { restoreRun, type RestoreRunPorts } from "../../../../src/dialler/journal/restoreRun";
import type { RunRecorder } from "../../../../src/dialler/journal/runRecorder";
import { runAction } from "../../../../src/dialler/runs/runAction";
import { restorableItems } from "../../../../src/dialler/runs/runResults";
import { folders, journalIn, pathOf, planOf } from "../../../support/dialler/journals";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  oneTo,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";
import { quickClock } from "../../../support/dialler/quickClock";
import { token } from "../../../support/dialler/token";

const none = countsOf([]);

describe("restoreRun", function () {
  this.timeout(20_000);
  const folder = folders();
  let dialler: SmallDialler;
  let journal: Journal;
  let lines: string[];
  const started: SmallDialler[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });

  /** A run that has deleted these contacts; the rest of the test happens after it. */
  const deleted = async (contacts: readonly WireRecord[]): Promise<string> => {
    dialler = await startSmallDialler(contacts);
    started.push(dialler);
    journal = journalIn(await folder());
    lines = [];
    const items = dialler.plan([...dialler.contacts.keys()]);
    const recorder = await journal.begin(planOf(items));
    const { client } = await dialler.connect();
    await runAction("delete", items, client, {
      clock: quickClock(100),
      concurrency: 4,
      lockField: "",
      cancelled: new AbortController().signal,
      intent: (index, record) => recorder.intent(index, record),
      onResult: ({ outcome }, _finished, index) => recorder.outcome(index, { outcome }),
    });
    await recorder.end();
    assert.equal(dialler.contacts.size, 0);
    return recorder.plan.run;
  };

  const restore = async (run: string, ports: Partial<RestoreRunPorts> = {}) => {
    const recorder = await journal.reopen(run);
    try {
      return await restoreWith(recorder, ports);
    } finally {
      await recorder.end().catch(() => undefined);
    }
  };

  const restoreWith = async (recorder: RunRecorder, ports: Partial<RestoreRunPorts> = {}) => {
    const { run } = recorder.plan;
    const items = new Set(restorableItems(recorder.snapshot()));
    const { client } = await dialler.connect();
    return restoreRun(journal.records(run, items), items, {
      client,
      recorder,
      endpoint: "test",
      lockField: "",
      cancelled: new AbortController().signal,
      redact: (text) => text.replaceAll(token, "***"),
      mayReadWholeList: () => Promise.resolve(true),
      mayDuplicate: () => Promise.resolve(false),
      mayTryAgain: () => Promise.resolve(false),
      clock: quickClock(100),
      random: () => 0,
      onResult: ({ line }) => lines.push(line),
      onWarning: ({ line }) => lines.push(line),
      ...ports,
    });
  };

  const restoredOf = async (run: string) => {
    const snapshot = await journalIn(join(journal.directory, "..")).snapshot(run);
    return snapshot?.items.map(({ restored }) => restored?.outcome);
  };

  it("makes every contact again with the same members, and tells the new IDs", async () => {
    const contacts = oneTo(30).map((ID) => ({
      ID,
      Comment: `a\u2028b ${ID}`,
      Custom3: "x",
      Email: ID % 3 === 0 ? null : `p${ID}@example.com`,
      bLocked: ID % 2 === 0,
    }));
    dialler = await startSmallDialler(contacts);
    const before = [...dialler.contacts.values()];
    await dialler.stop();
    const run = await deleted(contacts);
    const report = await restore(run);
    assert.equal(restoreSummary(report), "Restored 30 of 30 on test: 30 done.");
    const now = [...dialler.contacts.values()];
    const look = (records: readonly WireRecord[]) =>
      records
        .map((record) => ({ ...importableRecord(record), bLocked: record.bLocked }))
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    assert.deepEqual(look(now), look(before));
    const snapshot = await journal.snapshot(run);
    for (const { restored } of snapshot?.items ?? []) {
      assert.equal(restored?.outcome, "done");
      assert.ok(dialler.contacts.has(restored.newId ?? 0));
    }
    assert.deepEqual(
      report.items.map(({ id }) => id).sort((a, b) => Number(a) - Number(b)),
      oneTo(30),
    );
    assert.match(lines[0] ?? "", /^test restore #\d+ done HTTP 200 \d+ ms : is now #9000\d/);
  });

  it("makes none a second time", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }]);
    await restore(run);
    assert.deepEqual(restorableItems((await journal.snapshot(run)) ?? assert.fail()), []);
    const again = await restore(run);
    assert.deepEqual(again.items, []);
    assert.equal(dialler.idsOf("import").length, 2);
  });

  it("may be tried again where it was skipped or failed, and asks first where nobody knows", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }, { ID: 3, UserData: null }]);
    dialler.contacts.set(7, { ID: 7, UserData: "CRM-1" });
    dialler.script = (heard, ordinary) => {
      if (heard.kind !== "import") return ordinary();
      return heard.request.body.includes("CRM-2")
        ? reply.json(400, { status: 400, error: "no" })
        : reply.reset();
    };
    const first = await restore(run);
    assert.deepEqual(first.counts, { ...none, done: 0, skipped: 1, failed: 1, unknown: 1, notAttempted: 0 });
    assert.deepEqual(await restoredOf(run), ["skipped", "failed", "unknown"]);
    dialler.contacts.delete(7);
    dialler.script = byTheBook;
    const second = await restore(run);
    assert.deepEqual(second.counts, { ...none, done: 2, skipped: 1, failed: 0, unknown: 0, notAttempted: 0 });
    assert.equal(dialler.contacts.size, 2);
    // Skipped by the person, it may be tried once more.
    assert.deepEqual(await restoredOf(run), ["done", "done", "skipped"]);
  });

  it("leaves what was not begun for later when it is cancelled in the middle", async () => {
    const run = await deleted(oneTo(10).map((ID) => ({ ID })));
    const cancel = new AbortController();
    dialler.script = (heard, ordinary) => {
      if (heard.kind === "import" && dialler.idsOf("import").length === 4) cancel.abort();
      return ordinary();
    };
    const report = await restore(run, { cancelled: cancel.signal });
    assert.deepEqual(report.counts, { ...none, done: 4, skipped: 0, failed: 0, unknown: 0, notAttempted: 6 });
    assert.equal(dialler.idsOf("import").length, 4);
    const rest = await restore(run);
    assert.equal(rest.counts.done, 6);
    assert.equal(dialler.contacts.size, 10);
    assert.equal(dialler.idsOf("import").length, 10);
  });

  it("does not leave a contact in doubt that was cancelled while it was being written down", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }]);
    const cancel = new AbortController();
    const recorder = await journal.reopen(run);
    const report = await restoreWith(recorder, {
      cancelled: cancel.signal,
      recorder: {
        plan: recorder.plan,
        snapshot: () => recorder.snapshot(),
        restoring: async (item) => {
          await recorder.restoring(item);
          cancel.abort();
        },
        confirm: () => recorder.confirm(),
        restored: (item, restored) => recorder.restored(item, restored),
      },
    });
    await recorder.end();
    assert.equal(report.counts.notAttempted, 2);
    assert.equal(dialler.idsOf("import").length, 0);
    assert.equal((await restore(run)).counts.done, 2);
  });

  it("takes a contact for one that may exist whose window died while it was made", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }]);
    const recorder = await journal.reopen(run);
    await recorder.restoring(0);
    const died = await restoredOf(run);
    assert.deepEqual(died, ["unknown", undefined]);
    await recorder.end();
    const asked: unknown[] = [];
    const mayTryAgain = (record: WireRecord): Promise<boolean> => {
      asked.push(record.ID);
      return Promise.resolve(true);
    };
    assert.equal((await restore(run, { mayTryAgain })).counts.done, 2);
    assert.deepEqual(asked, [1]);
    assert.equal(dialler.idsOf("import").length, 2);
  });

  it("skips what is still on the server, whatever was reported of it (T1)", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }]);
    dialler.contacts.set(2, { ID: 2, UserData: "CRM-2", Name: "Name 2" });
    const report = await restore(run);
    assert.deepEqual(report.counts, { ...none, done: 1, skipped: 1, notAttempted: 0 });
    assert.match(report.items[1]?.reason ?? "", /still on the server/);
    assert.equal(dialler.idsOf("import").length, 1);
    dialler.contacts.delete(2);
    assert.equal((await restore(run)).counts.done, 1);
  });

  it("finds, half a minute later, what the server made after its answer was lost (T2)", async () => {
    const run = await deleted([{ ID: 1, bLocked: true }, { ID: 2 }]);
    const clock = quickClock(100);
    dialler.script = (heard, ordinary) => {
      if (heard.kind !== "import" || !heard.request.body.includes("CRM-1")) return ordinary();
      void clock.wait(5000).then(ordinary);
      return reply.empty(504);
    };
    const report = await restore(run, { clock });
    assert.deepEqual(report.counts, { ...none, done: 2, notAttempted: 0 });
    assert.equal(dialler.idsOf("import").length, 2);
    assert.deepEqual(await restoredOf(run), ["done", "done"]);
    const made = [...dialler.contacts.values()].find(({ UserData }) => UserData === "CRM-1");
    assert.equal(made?.bLocked, true);
  });

  it("names both contacts that a proxy made of one (R2)", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }]);
    dialler.script = (heard, ordinary) => {
      if (heard.kind === "import" && heard.request.body.includes("CRM-2")) ordinary();
      return ordinary();
    };
    const report = await restore(run);
    assert.equal(report.counts.done, 2);
    assert.match(report.items[1]?.reason ?? "", /Made twice: #90002, #90003/);
    assert.match(lines.at(-1) ?? "", /Made twice/);
  });

  it("has written that an import may have left before it arrives", async () => {
    const run = await deleted(oneTo(5).map((ID) => ({ ID })));
    let checked = 0;
    dialler.script = async (heard, ordinary) => {
      if (heard.kind !== "import") return ordinary();
      const written = (await restoredOf(run)) ?? [];
      assert.equal(written.filter((outcome) => outcome === "unknown").length, 1);
      checked++;
      return ordinary();
    };
    await restore(run);
    assert.equal(checked, 5);
  });

  it("stops after five failures in a row, and at once where the next would fare the same", async () => {
    const run = await deleted(oneTo(9).map((ID) => ({ ID })));
    dialler.script = (heard, ordinary) =>
      heard.kind === "import" ? reply.json(400, { status: 400, error: "no" }) : ordinary();
    assert.deepEqual((await restore(run)).counts, {
      ...none,
      failed: 5,
      unknown: 0,
      notAttempted: 4,
    });
    dialler.script = () => reply.json(401, { status: 401, error: `token ${token}?` });
    const report = await restore(run);
    assert.deepEqual(report.counts, { ...none, done: 0, skipped: 0, failed: 1, unknown: 0, notAttempted: 8 });
    assert.ok(!JSON.stringify([report, lines]).includes(token));
  });

  it("stops at the first answer of something else that a look-up does not confirm", async () => {
    const run = await deleted(oneTo(4).map((ID) => ({ ID })));
    dialler.script = (heard, ordinary) =>
      heard.kind === "import" ? reply.html(200, "<h1>Login</h1>") : ordinary();
    assert.deepEqual((await restore(run)).counts, { ...none, unknown: 1, notAttempted: 3 });
  });

  it("stops where it cannot be written down, and reports what it has made", async () => {
    const run = await deleted(oneTo(5).map((ID) => ({ ID })));
    dialler.script = async (heard, ordinary) => {
      if (heard.kind === "import" && dialler.idsOf("import").length === 3) await rm(pathOf(journal, run));
      return ordinary();
    };
    const report = await restore(run);
    assert.deepEqual(report.counts, { ...none, done: 3, skipped: 0, failed: 0, unknown: 0, notAttempted: 2 });
    assert.equal(dialler.contacts.size, 3);
    assert.match(lines.at(-1) ?? "", /cannot be used/);
  });

  it("sends nothing where not even the first can be written down", async () => {
    const run = await deleted([{ ID: 1 }]);
    const recorder = await journal.reopen(run);
    const broken: RestoreRunPorts["recorder"] = {
      plan: recorder.plan,
      snapshot: () => recorder.snapshot(),
      restoring: () => Promise.reject(new JournalUnavailable(journal.directory, new Error("ENOSPC"))),
      confirm: () => Promise.resolve(),
      restored: () => Promise.resolve(),
    };
    await assert.rejects(restoreWith(recorder, { recorder: broken }), JournalUnavailable);
    await recorder.end();
    assert.equal(dialler.idsOf("import").length, 0);
  });

  it("imports nothing again when another computer has taken the run over meanwhile (B26)", async () => {
    const run = await deleted([{ ID: 1 }, { ID: 2 }]);
    dialler.script = async ({ kind }, ordinary) => {
      if (kind !== "import") return ordinary();
      await rm(join(journal.directory, `${run}.lock.1`), { force: true });
      return reply.error(429);
    };
    const report = await restore(run);
    assert.equal(dialler.idsOf("import").length, 1);
    assert.equal(report.counts.done, 0);
    assert.match(lines.join("\n"), /The lock of this run is gone/);
  });
});
