import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, rm, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Journal } from "../../../../src/dialler/journal/journal";
import { JournalUnavailable, RunBusy } from "../../../../src/dialler/journal/journalFailure";
import { thisOwner } from "../../../../src/dialler/journal/runOwner";
import { resultsOf } from "../../../../src/dialler/runs/runResults";
import { folders, journalIn, numbered, pathOf, planOf } from "../../../support/dialler/journals";
import { otherWindows } from "../../../support/otherWindow/anotherWindow";

const host = "build-7";
/** Containers and full disks are made with namespaces, which only Linux has, and there only for those who may. */
const mayUnshare =
  process.platform === "linux" && spawnSync("unshare", ["--pid", "--fork", "true"]).status === 0;

describe("a journal that several machines share", function () {
  this.timeout(20_000);
  const folder = folders();
  const openWindow = otherWindows();

  const stateOf = async (journal: Journal, run: string) => (await journal.snapshot(run))?.state;

  /** As if the lock of the run had been renewed so long ago. */
  const age = async (journal: Journal, run: string, seconds: number): Promise<void> => {
    const then = new Date(Date.now() - seconds * 1000);
    await utimes(join(journal.directory, `${run}.lock.1`), then, then);
  };

  const linesOf = async (journal: Journal, run: string): Promise<string[]> => {
    const text = await readFile(pathOf(journal, run), "utf8");
    return [...text.matchAll(/"line":"(\w+)"/g)].map(([, line = ""]) => line);
  };

  it("says of a run that it is running on another machine, and lets nobody at it, until its lock is old (B25)", async () => {
    const storage = await folder();
    const journal = journalIn(storage);
    const window = await openWindow();
    const plan = planOf(numbered(3));
    assert.equal(await window.tell({ what: "begin", storage, plan, host }), "done");
    const there = await journal.snapshot(plan.run);
    assert.deepEqual([there?.state, there?.owner.host], ["otherMachine", host]);
    await window.kill();
    // Its process ID is free now, but that is one of another machine.
    assert.equal(await stateOf(journal, plan.run), "otherMachine");
    await assert.rejects(journal.reopen(plan.run), (error) => {
      assert.ok(error instanceof RunBusy);
      assert.match(error.message, /in progress on another computer or in another container \(build-7\)/);
      return true;
    });
    assert.deepEqual(await journal.remove(plan.run), { removed: 0, kept: 1 });
    await age(journal, plan.run, 50);
    assert.equal(await stateOf(journal, plan.run), "otherMachine");
    await age(journal, plan.run, 70);
    assert.equal(await stateOf(journal, plan.run), "interrupted");
    const recorder = await journal.reopen(plan.run);
    assert.deepEqual(
      resultsOf(recorder.snapshot()).map(({ outcome }) => outcome),
      ["done", "unknown", "notAttempted"],
    );
    await recorder.end();
  });

  it("sends nothing from a machine that slept while another one took its run over, and writes nothing (B26)", async () => {
    const storage = await folder();
    const journal = journalIn(storage);
    const laptop = await openWindow();
    const plan = planOf(numbered(3));
    await laptop.tell({ what: "begin", storage, plan, host: "laptop" });
    laptop.sleep();
    await assert.rejects(journal.reopen(plan.run), RunBusy);
    await age(journal, plan.run, 600);
    const recorder = await journal.reopen(plan.run);
    laptop.wake();
    const told = await laptop.tell({ what: "intent", item: 2 });
    assert.ok(told.includes(`Another window or computer (${hostname()}) has taken this run over`), told);
    assert.doesNotMatch(told, /without a journal/);
    assert.match(await laptop.tell({ what: "end" }), /has taken this run over/);
    await recorder.intent(2, { ID: 3 });
    recorder.outcome(2, { outcome: "done" });
    await recorder.end();
    const taken = ["again", "intent", "outcome", "end"];
    const lines = await linesOf(journal, plan.run);
    assert.deepEqual(lines.slice(-taken.length), taken);
    assert.equal(lines.filter((line) => line === "end").length, 1);
    // It has let go of the run without taking anything from others.
    await (await journal.reopen(plan.run)).end();
  });

  it("goes on with its run on a machine that slept while nobody took it", async () => {
    const storage = await folder();
    const journal = journalIn(storage);
    const laptop = await openWindow();
    const plan = planOf(numbered(3));
    await laptop.tell({ what: "begin", storage, plan, host: "laptop" });
    laptop.sleep();
    await age(journal, plan.run, 600);
    assert.equal(await stateOf(journal, plan.run), "interrupted");
    laptop.wake();
    assert.equal(await laptop.tell({ what: "intent", item: 2 }), "done");
    assert.equal(await laptop.tell({ what: "end" }), "done");
    assert.equal(await stateOf(journal, plan.run), "ended");
  });

  it("does not take the process of another container for one of its own (B25)", async function () {
    // Without a namespace of its own, no process here is that of another container.
    if (!mayUnshare) this.skip();
    const storage = await folder();
    const journal = journalIn(storage);
    const container = await openWindow(["unshare", "--pid", "--fork", "--kill-child"]);
    const plan = planOf(numbered(3));
    assert.equal(await container.tell({ what: "begin", storage, plan }), "done");
    const there = await journal.snapshot(plan.run);
    // Inside, it is the first process, and that one is always there outside.
    assert.deepEqual([there?.state, there?.owner.pid], ["otherMachine", 1]);
    assert.deepEqual([there?.owner.host, there?.owner.boot], [thisOwner.host, thisOwner.boot]);
    await container.kill();
    await age(journal, plan.run, 70);
    assert.equal(await stateOf(journal, plan.run), "interrupted");
    await (await journal.reopen(plan.run)).end();
  });

  it("stops before a request where the lock or the folder was deleted, and says so (B29)", async () => {
    for (const what of ["lock", "folder"]) {
      const journal = journalIn(await folder());
      const recorder = await journal.begin(planOf(numbered(2)));
      await recorder.confirm();
      const lock = join(journal.directory, `${recorder.plan.run}.lock.1`);
      await rm(what === "lock" ? lock : journal.directory, { recursive: true });
      await assert.rejects(recorder.confirm(), JournalUnavailable);
      await assert.rejects(recorder.intent(0, { ID: 1 }), /The lock of this run is gone/);
      await assert.rejects(recorder.end(), JournalUnavailable);
    }
  });

  describe("on a disk that goes wrong", () => {
    const openOn = async (storage: string) => {
      const mount = 'mount -t tmpfs -o size=256k none "$0" && exec "$@"';
      const window = await openWindow(["unshare", "--mount", "sh", "-c", mount, storage]);
      const run = (command: string): void => {
        const within = ["--target", String(window.pid), "--mount", "sh", "-c", command, storage];
        spawnSync("nsenter", within);
      };
      return { window, run };
    };

    it("stops before a request where it is full by now, and says so (B30)", async function () {
      // Without a namespace of its own, no folder can be filled or made read-only for root.
      if (!mayUnshare) this.skip();
      const storage = await folder();
      const { window, run } = await openOn(storage);
      const path = join(storage, "other.lock");
      assert.equal(await window.tell({ what: "begin", storage, plan: planOf(numbered(3)) }), "done");
      assert.equal(await window.tell({ what: "lock", storage: path, host }), "done");
      run("head -c 1000000 /dev/zero > $0/filler");
      const told = await window.tell({ what: "intent", item: 2, comment: "x".repeat(100_000) });
      assert.match(
        told,
        /^JournalUnavailable: The journal of deleted contacts in .* cannot be used: .*ENOSPC/,
      );
      // Whether the lock of another machine is old cannot be told there.
      assert.match(await window.tell({ what: "lock", storage: path }), /ENOSPC/);
      assert.match(await window.tell({ what: "end" }), /ENOSPC/);
    });

    it("does not hold what cannot be renewed, where it is read-only by now (B30)", async function () {
      // Without a namespace of its own, no folder can be filled or made read-only for root.
      if (!mayUnshare) this.skip();
      const storage = await folder();
      const { window, run } = await openOn(storage);
      const path = join(storage, "run.lock");
      assert.equal(await window.tell({ what: "lock", storage: path, host, renewEveryMs: 100 }), "done");
      assert.equal(await window.tell({ what: "confirm" }), "done");
      run("until mount -o remount,ro $0; do :; done; sleep 0.2");
      assert.match(await window.tell({ what: "confirm" }), /EROFS/);
      assert.match(await window.tell({ what: "lock", storage: path }), /EROFS/);
    });
  });

  it("does not read the runs again because a lock was renewed or its age was asked for", async () => {
    const storage = await folder();
    const journal = journalIn(storage);
    const window = await openWindow();
    const plan = planOf(numbered(3));
    await window.tell({ what: "begin", storage, plan, host });
    const reader = journalIn(storage);
    reader.watch();
    const heard: number[] = [];
    const times = (): number => heard.length;
    reader.changed.listen(() => heard.push(1));
    const pause = () => new Promise((resolve) => setTimeout(resolve, 200));
    await pause();
    heard.splice(0);
    await reader.list();
    await age(journal, plan.run, 5);
    await pause();
    assert.equal(times(), 0);
    await window.tell({ what: "intent", item: 2 });
    await pause();
    assert.ok(times() > 0);
    reader.dispose();
  });
});
