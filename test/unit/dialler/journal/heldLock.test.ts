import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RunBusy, RunTakenOver } from "../../../../src/dialler/journal/journalFailure";
import { lockHolder, takeLock } from "../../../../src/dialler/journal/runLock";
import { thisOwner } from "../../../../src/dialler/journal/runOwner";
import { folders } from "../../../support/dialler/journals";
import { otherWindows } from "../../../support/otherWindow/anotherWindow";
import { until } from "../../../support/workbench/until";

const elsewhere = { ...thisOwner, host: "build-7" };

describe("a lock that is held", function () {
  this.timeout(20_000);
  const folder = folders();
  const openWindow = otherWindows();
  const newPath = async (): Promise<string> => join(await folder(), "run.lock");
  /** As if it had been renewed so long ago. */
  const age = async (file: string, seconds: number): Promise<void> => {
    const then = new Date(Date.now() - seconds * 1000);
    await utimes(file, then, then);
  };
  const realNow = Date.now.bind(Date);
  afterEach(() => {
    Date.now = realNow;
  });

  it("is renewed by the other machine as long as that runs, and goes on a minute after it has stopped (B25)", async () => {
    const path = await newPath();
    const window = await openWindow();
    assert.equal(
      await window.tell({ what: "lock", storage: path, host: "build-7", renewEveryMs: 50 }),
      "done",
    );
    await age(`${path}.1`, 600);
    await until("the lock to be renewed", async () => (await stat(`${path}.1`)).mtimeMs > realNow() - 30_000);
    await assert.rejects(takeLock(path), /on another computer or in another container \(build-7\)/);
    await window.kill();
    // Nothing here can tell that it has ended.
    assert.deepEqual(await lockHolder(path).then((holder) => holder?.owner?.host), "build-7");
    await age(`${path}.1`, 55);
    await assert.rejects(takeLock(path), RunBusy);
    await age(`${path}.1`, 61);
    assert.equal(await lockHolder(path), undefined);
    await takeLock(path);
    assert.deepEqual(await readdir(dirname(path)), ["run.lock.2"]);
  });

  it("is renewed with the time of the file system, whatever the clock of the machine says (B27)", async () => {
    const path = await newPath();
    const lock = await takeLock(path, { renewEveryMs: 50 });
    const hours = 5 * 3_600_000;
    for (const wrong of [-hours, hours]) {
      Date.now = () => realNow() + wrong;
      await age(`${path}.1`, 600 + wrong / 1000);
      await lock.confirm();
      const { mtimeMs } = await stat(`${path}.1`);
      assert.ok(Math.abs(mtimeMs - realNow()) < 30_000, String(mtimeMs - realNow()));
      // The age of a lock of another machine is told by that clock, too.
      assert.ok((await lockHolder(path, elsewhere))?.isOtherMachine);
    }
    await lock.release();
  });

  it("is not its own any more when another machine took it while this one slept, and takes nothing back (B26)", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    await lock.confirm();
    await age(`${path}.1`, 600);
    const taken = await takeLock(path, { self: elsewhere });
    for (let times = 0; times < 2; times++) {
      await assert.rejects(lock.confirm(), (error) => {
        assert.ok(error instanceof RunTakenOver);
        assert.match(error.message, /\(build-7\) has taken this run over/);
        return true;
      });
    }
    await lock.release();
    await taken.confirm();
    assert.deepEqual(await readdir(dirname(path)), ["run.lock.2"]);
  });

  it("is not mistaken for a later one with the same number", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    await rm(`${path}.1`);
    const later = await takeLock(path, { self: elsewhere });
    await assert.rejects(lock.confirm(), RunTakenOver);
    await lock.release();
    await later.confirm();
  });

  it("stays with one at most, when a machine wakes at the moment in which another one takes it (B26)", async () => {
    let [kept, taken] = [0, 0];
    for (let times = 0; times < 60; times++) {
      const path = await newPath();
      const lock = await takeLock(path);
      await age(`${path}.1`, 600);
      // It has slept: its clock has gone on.
      Date.now = () => realNow() + 600_000;
      const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const [own, other] = await Promise.allSettled([
        delay(times % 4).then(() => lock.confirm()),
        takeLock(path, { self: elsewhere }),
      ]);
      Date.now = realNow;
      assert.ok(own.status === "rejected" || other.status === "rejected");
      if (own.status === "fulfilled") kept++;
      if (other.status === "fulfilled") taken++;
      await lock.release();
      if (other.status === "fulfilled") await other.value.release();
    }
    assert.ok(kept + taken > 0);
  });

  it("gives way on waking to a machine that is about to take it (B26)", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    await writeFile(`${path}.2`, JSON.stringify(elsewhere));
    await lock.confirm();
    Date.now = () => realNow() + 600_000;
    await assert.rejects(lock.confirm(), RunTakenOver);
  });

  it("is renewed on waking where nobody took it", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    await age(`${path}.1`, 600);
    Date.now = () => realNow() + 600_000;
    await lock.confirm();
    await assert.rejects(takeLock(path, { self: elsewhere }), RunBusy);
    await lock.release();
    assert.deepEqual(await readdir(dirname(path)), []);
  });

  it("cannot be confirmed where its folder or its file is gone, or it cannot be written", async () => {
    for (const everyMs of [0, 15_000]) {
      for (const remove of ["", ".1"]) {
        const path = await newPath();
        const lock = await takeLock(path, { renewEveryMs: everyMs });
        await rm(remove === "" ? dirname(path) : `${path}${remove}`, { recursive: true });
        await assert.rejects(lock.confirm(), /The lock of this run is gone/);
        await lock.release();
      }
      const path = await newPath();
      const lock = await takeLock(path, { renewEveryMs: everyMs });
      await rm(`${path}.1`);
      await mkdir(`${path}.1`);
      await assert.rejects(lock.confirm(), { code: "EISDIR" });
    }
  });

  it("names the machine, and tells two claims of one process apart", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    const first = await readFile(`${path}.1`, "utf8");
    await lock.confirm();
    assert.equal(await readFile(`${path}.1`, "utf8"), first);
    await lock.release();
    await takeLock(path);
    const second = await readFile(`${path}.1`, "utf8");
    assert.notEqual(first, second);
    assert.match(second, /"host":"[^"]+"/);
  });
});
