import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import type { Journal } from "../../../../src/dialler/journal/journal";
import { JournalUnavailable, NoSuchRun, RunBusy } from "../../../../src/dialler/journal/journalFailure";
import type { RunRecorder } from "../../../../src/dialler/journal/runRecorder";
import { countsOf } from "../../../../src/dialler/runs/outcome";
import { runAction } from "../../../../src/dialler/runs/runAction";
import { reportOfRun, resultsOf } from "../../../../src/dialler/runs/runResults";
import { otherWindows } from "../../../support/otherWindow/anotherWindow";
import {
  allText,
  folders,
  journalIn,
  numbered,
  pathOf,
  planOf,
  recordsIn,
} from "../../../support/dialler/journals";
import { quickClock } from "../../../support/dialler/quickClock";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  oneTo,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";
import { token } from "../../../support/dialler/token";

const onPosix = process.platform !== "win32";

describe("Journal", function () {
  this.timeout(20_000);
  const folder = folders();
  const openWindow = otherWindows();
  const diallers: SmallDialler[] = [];
  afterEach(async () => {
    for (const dialler of diallers.splice(0)) await dialler.stop();
  });

  const start = async (contacts: number | readonly WireRecord[], script: Script = byTheBook) => {
    const dialler = await startSmallDialler(contacts, script);
    diallers.push(dialler);
    return dialler;
  };

  /** A deletion as the commands carry it out: begun, run, ended. */
  const deleting = async (journal: Journal, dialler: SmallDialler, ids: readonly number[]) => {
    const items = dialler.plan(ids);
    const recorder = await journal.begin(planOf(items, { baseUrl: dialler.baseUrl }));
    const results = await runOn(recorder, dialler, ids);
    return { run: recorder.plan.run, recorder, results };
  };

  const runOn = async (recorder: RunRecorder, dialler: SmallDialler, ids: readonly number[]) => {
    const { client } = await dialler.connect();
    return runAction("delete", dialler.plan(ids), client, {
      clock: quickClock(100),
      concurrency: 4,
      lockField: "",
      cancelled: new AbortController().signal,
      intent: (index, record) => recorder.intent(index, record),
      onResult: ({ outcome, reason }, _finished, index) =>
        recorder.outcome(index, { outcome, ...(reason === undefined ? {} : { reason }) }),
    });
  };

  const stateOf = async (journal: Journal, run: string) => (await journal.snapshot(run))?.state;

  describe("while contacts are deleted", () => {
    it("has the whole record on disk before the DELETE arrives (B12)", async () => {
      const journal = journalIn(await folder());
      const dialler: SmallDialler = await start(
        oneTo(25).map((ID) => ({ ID, Comment: `line\u2028 of ${ID}`, Custom1: { deep: [ID] } })),
        (heard, ordinary) => {
          if (heard.kind !== "delete") return ordinary();
          const written = readFileSync(pathOf(journal, run), "utf8").split("\n").slice(0, -1);
          const found = written
            .map((line) => JSON.parse(line) as { line: string; record?: WireRecord })
            .filter(({ line, record }) => line === "intent" && record?.ID === heard.id);
          assert.equal(found.length, 1);
          assert.deepEqual(found[0]?.record, dialler.contacts.get(heard.id));
          return ordinary();
        },
      );
      const before = new Map(dialler.contacts);
      const recorder = await journal.begin(planOf(dialler.plan(oneTo(25))));
      const { run } = recorder.plan;
      const results = await runOn(recorder, dialler, oneTo(25));
      await recorder.end();
      assert.equal(countsOf(results).done, 25);
      const kept = await recordsIn(journal, run, [...oneTo(25).keys()]);
      assert.deepEqual([...kept.values()], [...before.values()]);
      assert.equal(await stateOf(journal, run), "ended");
    });

    it("tells the same snapshot from disk as the run's own results", async () => {
      const journal = journalIn(await folder());
      const dialler = await start(12, (heard, ordinary) => {
        if (heard.kind === "delete" && heard.id === 3) return reply.reset();
        if (heard.kind === "delete" && heard.id === 5) dialler.contacts.delete(5);
        return ordinary();
      });
      const { run, recorder, results } = await deleting(journal, dialler, oneTo(12));
      await recorder.end();
      const other = await journalIn(join(journal.directory, "..")).snapshot(run);
      assert.ok(other);
      assert.deepEqual(
        resultsOf(other).map(({ id, outcome, reason }) => ({ id, outcome, reason })),
        results.map(({ id, outcome, reason }) => ({ id, outcome, reason })),
      );
      assert.deepEqual(reportOfRun(other).counts, countsOf(results));
    });

    it("lies in a directory and files that only their owner may read (B15)", async function () {
      // Windows has no modes: there the user's profile keeps others out.
      if (!onPosix) this.skip();
      const storage = await folder();
      const journal = journalIn(storage);
      await mkdir(journal.directory);
      await chmod(journal.directory, 0o755);
      const dialler = await start(2);
      const { run, recorder } = await deleting(journal, dialler, [1, 2]);
      assert.equal((await stat(journal.directory)).mode & 0o777, 0o700);
      for (const name of await readdir(journal.directory)) {
        assert.equal((await stat(join(journal.directory, name))).mode & 0o777, 0o600, name);
      }
      await recorder.end();
      assert.deepEqual(await readdir(journal.directory), [`${run}.jsonl`]);
    });

    it("holds the token nowhere, also where the server throws it back (S05)", async () => {
      const journal = journalIn(await folder());
      const dialler = await start(
        [{ ID: 1, Comment: `echo: Bearer ${token}` }, { ID: 2 }],
        (heard, ordinary) => {
          if (heard.kind !== "delete" || heard.id !== 2) return ordinary();
          return reply.json(400, { status: 400, error: `Authorization: Bearer ${token}` });
        },
      );
      const { recorder, results } = await deleting(journal, dialler, [1, 2]);
      await recorder.end();
      assert.deepEqual(
        results.map(({ outcome }) => outcome),
        ["done", "failed"],
      );
      const text = await allText(journal);
      assert.ok(text.includes("echo: Bearer ***"));
      assert.ok(!text.includes(token) && !text.includes(Buffer.from(token).toString("base64").slice(0, -2)));
    });

    it("ends the run when its file is deleted in the middle of it, and nothing more is sent", async function () {
      // Windows deletes no file that is open.
      if (!onPosix) this.skip();
      const journal = journalIn(await folder());
      const dialler = await start(40);
      const recorder = await journal.begin(planOf(dialler.plan(oneTo(40))));
      const { client } = await dialler.connect();
      const { run } = recorder.plan;
      const results = await runAction("delete", dialler.plan(oneTo(40)), client, {
        clock: quickClock(100),
        concurrency: 1,
        lockField: "",
        cancelled: new AbortController().signal,
        intent: async (index, record) => {
          if (index === 10) await rm(pathOf(journal, run));
          await recorder.intent(index, record);
        },
        onResult: ({ outcome }, _finished, index) => recorder.outcome(index, { outcome }),
      });
      assert.equal(dialler.idsOf("delete").length, 10);
      const counts = countsOf(results);
      assert.deepEqual([counts.done, counts.failed, counts.notAttempted], [10, 1, 29]);
      assert.match(results[10]?.reason ?? "", /cannot be used/);
      // What is not on the disk is known all the same for as long as the run goes on.
      assert.deepEqual(reportOfRun(recorder.snapshot()).counts, counts);
      await assert.rejects(recorder.end(), JournalUnavailable);
      assert.deepEqual(await readdir(journal.directory), []);
    });
  });

  describe("refuses to begin, and leaves nothing behind,", () => {
    const refusal = async (journal: Journal): Promise<void> => {
      await assert.rejects(journal.begin(planOf(numbered(1))), JournalUnavailable);
    };

    it("where its directory may not be written (B13)", async function () {
      // Windows has no modes.
      if (!onPosix) this.skip();
      // The superuser may write to every directory that is on a disk.
      if (process.getuid?.() === 0) {
        // Only Linux has one that is on none.
        if (process.platform !== "linux") this.skip();
        return refusal(journalIn("/sys/kernel"));
      }
      const storage = await folder();
      await chmod(storage, 0o500);
      await refusal(journalIn(storage));
      await chmod(storage, 0o700);
    });

    it("where a file is in the place of its directory", async () => {
      const journal = journalIn(await folder());
      await writeFile(journal.directory, "a file");
      await refusal(journal);
      await assert.rejects(journal.list(), JournalUnavailable);
      assert.equal(await readFile(journal.directory, "utf8"), "a file");
    });

    it("where a file is in the place of the storage", async () => {
      const storage = join(await folder(), "storage");
      await writeFile(storage, "");
      await refusal(journalIn(storage));
    });

    it("where the run is there already", async () => {
      const journal = journalIn(await folder());
      const plan = planOf(numbered(1));
      const recorder = await journal.begin(plan);
      await recorder.end();
      const before = await allText(journal);
      await assert.rejects(journal.begin(plan), JournalUnavailable);
      assert.equal(await allText(journal), before);
    });

    it("where its first line cannot be written", async () => {
      const journal = journalIn(await folder());
      // A plan that no text can hold stands for a disk that is full: the file is there, and its first line is not.
      const endless: unknown[] = [];
      endless.push(endless);
      const plan = planOf(numbered(1), { items: endless as [] });
      await assert.rejects(journal.begin(plan), JournalUnavailable);
      assert.deepEqual(await readdir(journal.directory), []);
      assert.deepEqual(await journal.list(), []);
      await (await journal.begin({ ...plan, items: [] })).end();
    });
  });

  describe("of runs that nobody ended", () => {
    it("calls one interrupted whose window has died, with what was sent and not answered unknown (B11)", async () => {
      const storage = await folder();
      const journal = journalIn(storage);
      const window = await openWindow();
      const plan = planOf(numbered(3));
      assert.equal(await window.tell({ what: "begin", storage, plan }), "done");
      assert.equal(await stateOf(journal, plan.run), "elsewhere");
      await assert.rejects(journal.reopen(plan.run), RunBusy);
      await window.kill();
      const snapshot = await journal.snapshot(plan.run);
      assert.equal(snapshot?.state, "interrupted");
      assert.deepEqual(
        resultsOf(snapshot).map(({ outcome }) => outcome),
        ["done", "unknown", "notAttempted"],
      );
      const recorder = await journal.reopen(plan.run);
      assert.equal(recorder.snapshot().state, "running");
      recorder.outcome(1, { outcome: "gone" });
      recorder.outcome(2, { outcome: "done" });
      await recorder.end();
      const after = await journalIn(storage).snapshot(plan.run);
      assert.equal(after?.state, "ended");
      assert.deepEqual(reportOfRun(after).counts, reportOfRun(recorder.snapshot()).counts);
    });

    it("lets one of two windows go on with it (B10)", async () => {
      const storage = await folder();
      const journal = journalIn(storage);
      const dead = await openWindow();
      const plan = planOf(numbered(2));
      await dead.tell({ what: "begin", storage, plan });
      await dead.kill();
      const windows = await Promise.all([openWindow(), openWindow()]);
      const answers = await Promise.all(
        windows.map((window) => window.tell({ what: "takeUp", storage, run: plan.run })),
      );
      assert.deepEqual(answers.sort(), ["busy", "done"]);
      assert.equal(await stateOf(journal, plan.run), "elsewhere");
      await assert.rejects(journal.reopen(plan.run), RunBusy);
      assert.deepEqual(await journal.remove(plan.run), { removed: 0, kept: 1 });
      await Promise.all(windows.map((window) => window.kill()));
      assert.equal(await stateOf(journal, plan.run), "interrupted");
      await (await journal.reopen(plan.run)).end();
    });

    it("takes no run up twice, in one window either", async () => {
      const journal = journalIn(await folder());
      const first = await journal.begin(planOf(numbered(1)));
      const { run } = first.plan;
      assert.equal(await stateOf(journal, run), "running");
      await assert.rejects(journal.reopen(run), RunBusy);
      await first.end();
      const again = await journal.reopen(run);
      await assert.rejects(journal.reopen(run), RunBusy);
      await assert.rejects(journalIn(join(journal.directory, "..")).reopen(run), RunBusy);
      await again.end();
      await again.end();
      assert.equal(await stateOf(journal, run), "ended");
    });

    it("goes on after a torn line on a line of its own", async () => {
      const journal = journalIn(await folder());
      const recorder = await journal.begin(planOf(numbered(2)));
      const { run } = recorder.plan;
      await recorder.intent(0, { ID: 1 });
      recorder.outcome(0, { outcome: "done" });
      await recorder.end();
      const whole = await readFile(pathOf(journal, run));
      for (const cut of [whole.length - 1, whole.length - 5, whole.length - 40]) {
        await writeFile(pathOf(journal, run), whole.subarray(0, cut));
        const again = await journal.reopen(run);
        again.outcome(1, { outcome: "gone" });
        await again.end();
        const snapshot = await journalIn(join(journal.directory, "..")).snapshot(run);
        assert.equal(snapshot?.state, "ended");
        assert.equal(resultsOf(snapshot)[1]?.outcome, "gone");
        const lines = (await readFile(pathOf(journal, run), "utf8")).split("\n");
        assert.equal(lines.filter((line) => line.startsWith('{"line":"again"')).length, 1);
      }
    });

    it("knows no run that is not there, and no file that is none", async () => {
      const journal = journalIn(await folder());
      assert.deepEqual(await journal.list(), []);
      for (const run of ["../journal", "2026-01-01", planOf([]).run]) {
        await assert.rejects(journal.reopen(run), NoSuchRun);
        assert.equal(await journal.snapshot(run), undefined);
      }
      const recorder = await journal.begin(planOf(numbered(1)));
      await recorder.end();
      const strange = planOf([]).run;
      await writeFile(join(journal.directory, "1999 notes.jsonl"), "mine");
      await writeFile(pathOf(journal, strange), "no run at all\n");
      assert.deepEqual(
        (await journal.list()).map(({ plan }) => plan.run),
        [recorder.plan.run],
      );
      await assert.rejects(journal.reopen(strange), NoSuchRun);
      for (const days of [1, 3, 5])
        await journal.removeOlderThan(0, new Date(Date.now() + days * 86_400_000));
      assert.deepEqual(await journal.list(), []);
      assert.ok((await readdir(journal.directory)).includes("1999 notes.jsonl"));
    });

    it("lets go of a run that could not be taken up, so that it can be later", async () => {
      const journal = journalIn(await folder());
      const recorder = await journal.begin(planOf(numbered(1)));
      const { run } = recorder.plan;
      await recorder.end();
      const text = await readFile(pathOf(journal, run));
      await truncate(pathOf(journal, run), 3);
      await assert.rejects(journal.reopen(run), NoSuchRun);
      assert.deepEqual(await readdir(journal.directory), [`${run}.jsonl`]);
      await writeFile(pathOf(journal, run), text);
      await (await journal.reopen(run)).end();
    });
  });

  describe("removes", () => {
    it("runs that two starts a day apart found older than they are kept, and no other (B21)", async () => {
      const journal = journalIn(await folder());
      const begun = async (startedAt: string): Promise<RunRecorder> =>
        journal.begin(planOf(numbered(1), { startedAt }));
      const startAt = (moment: string) => journal.removeOlderThan(14, new Date(moment));
      const old = await begun("2026-07-14T11:59:59.000Z");
      const young = await begun("2026-07-14T12:00:01.000Z");
      const busy = await begun("2026-07-01T00:00:00.000Z");
      await old.end();
      await young.end();
      assert.deepEqual(await startAt("2026-07-14T12:00:00.000Z"), { removed: 0, kept: 0 });
      assert.deepEqual(await startAt("2026-07-28T12:00:00.500Z"), { removed: 0, kept: 0 });
      assert.deepEqual(await startAt("2026-07-29T12:00:00.000Z"), { removed: 0, kept: 0 });
      assert.deepEqual(await startAt("2026-07-29T12:00:00.500Z"), { removed: 1, kept: 1 });
      assert.deepEqual(
        (await journal.list()).map(({ plan }) => plan.run),
        [young.plan.run, busy.plan.run],
      );
      await busy.intent(0, { ID: 1 });
      await busy.end();
      assert.deepEqual(await startAt("2026-07-29T13:00:00.000Z"), { removed: 1, kept: 0 });
      assert.deepEqual(await journal.remove(young.plan.run), { removed: 1, kept: 0 });
      await startAt("2026-07-29T14:00:00.000Z");
      assert.deepEqual(await readdir(journal.directory), []);
    });

    it("an interrupted run with the lock that its dead window left", async () => {
      const storage = await folder();
      const journal = journalIn(storage);
      const window = await openWindow();
      const plan = planOf(numbered(2));
      await window.tell({ what: "begin", storage, plan });
      assert.deepEqual(await journal.remove(plan.run), { removed: 0, kept: 1 });
      await window.kill();
      assert.deepEqual(await journal.remove(plan.run), { removed: 1, kept: 0 });
      assert.deepEqual(await readdir(journal.directory), []);
    });

    it("nothing outside its folder, whatever it is told", async () => {
      const storage = await folder();
      const journal = journalIn(storage);
      await mkdir(journal.directory);
      await writeFile(join(storage, "precious.jsonl"), "");
      assert.deepEqual(await journal.remove("../precious"), { removed: 0, kept: 0 });
      assert.deepEqual(await readdir(storage), ["journal", "precious.jsonl"]);
    });
  });

  it("tells a snapshot that has not changed as the same object, and reads what another window has added", async () => {
    const storage = await folder();
    const recorder = await journalIn(storage).begin(planOf(numbered(2)));
    const { run } = recorder.plan;
    const reader = journalIn(storage);
    await recorder.intent(0, { ID: 1 });
    const [before] = await reader.list();
    assert.equal((await reader.list())[0], before);
    recorder.outcome(0, { outcome: "done" });
    await recorder.end();
    const [after] = await reader.list();
    assert.deepEqual([before?.state, after?.state], ["elsewhere", "ended"]);
    assert.equal(after?.items[0]?.result?.outcome, "done");
    await appendFile(pathOf(reader, run), `{"line":"outcome","item":1,"outcome":"gone"}\n`);
    assert.equal((await reader.snapshot(run))?.items[1]?.result?.outcome, "gone");
  });

  it("says when a run has changed, here and in another window", async () => {
    const storage = await folder();
    const journal = journalIn(storage);
    const reader = journalIn(storage);
    await mkdir(journal.directory);
    reader.watch();
    let times = 0;
    journal.changed.listen(() => times++);
    const elsewhere = new Promise<void>((resolve) => reader.changed.listen(resolve));
    const recorder = await journal.begin(planOf(numbered(1)));
    await recorder.intent(0);
    assert.ok(times > 0);
    await elsewhere;
    await recorder.end();
    reader.dispose();
  });
});
