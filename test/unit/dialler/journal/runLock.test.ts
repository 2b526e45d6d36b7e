import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HeldLock } from "../../../../src/dialler/journal/heldLock";
import { RunBusy } from "../../../../src/dialler/journal/journalFailure";
import { lockHolder, takeLock } from "../../../../src/dialler/journal/runLock";
import { ownerFrom, thisOwner } from "../../../../src/dialler/journal/runOwner";
import { otherWindows } from "../../../support/otherWindow/anotherWindow";
import { folders } from "../../../support/dialler/journals";

describe("takeLock", function () {
  this.timeout(20_000);
  const isLocked = async (path: string): Promise<boolean> => (await lockHolder(path)) !== undefined;
  const folder = folders();
  const openWindow = otherWindows();
  const newPath = async (): Promise<string> => join(await folder(), "run.lock");

  it("refuses a second holder until the first gives it back, and leaves nothing behind", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    assert.equal(await isLocked(path), true);
    await assert.rejects(takeLock(path), RunBusy);
    await lock.release();
    assert.equal(await isLocked(path), false);
    await (await takeLock(path)).release();
    assert.deepEqual(await readdir(dirname(path)), []);
  });

  it("is given back once: a second time takes it from nobody", async () => {
    const path = await newPath();
    const lock = await takeLock(path);
    await lock.release();
    await takeLock(path);
    await lock.release();
    assert.equal(await isLocked(path), true);
  });

  it("names its holder, whom only the owner may read", async () => {
    const path = await newPath();
    await takeLock(path);
    const file = `${path}.1`;
    assert.deepEqual(ownerFrom(JSON.parse(await readFile(file, "utf8"))), thisOwner);
    if (process.platform !== "win32") assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it("goes to one of two windows only (B10)", async () => {
    const windows = await Promise.all([openWindow(), openWindow(), openWindow()]);
    for (let times = 0; times < 10; times++) {
      const path = await newPath();
      const answers = await Promise.all(
        windows.map((window) => window.tell({ what: "lock", storage: path })),
      );
      assert.deepEqual(answers.sort(), ["busy", "busy", "done"]);
      assert.deepEqual(await readdir(dirname(path)), ["run.lock.1"]);
    }
  });

  it("is taken over from a window that has died, by one of those who try", async () => {
    const windows = await Promise.all([openWindow(), openWindow()]);
    for (let times = 0; times < 3; times++) {
      const path = await newPath();
      const dead = await openWindow();
      assert.equal(await dead.tell({ what: "lock", storage: path }), "done");
      await assert.rejects(takeLock(path), RunBusy);
      await dead.kill();
      assert.equal(await isLocked(path), false);
      const answers = await Promise.all(
        windows.map((window) => window.tell({ what: "lock", storage: path })),
      );
      assert.deepEqual(answers.sort(), ["busy", "done"]);
      assert.equal(await isLocked(path), true);
    }
  });

  it("goes to one only of many who find a dead one at the same moment", async () => {
    for (let times = 0; times < 50; times++) {
      const path = await newPath();
      await writeFile(`${path}.1`, JSON.stringify({ pid: 2 ** 30, startedAt: 1 }));
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => takeLock(path)));
      const held = tries.filter(({ status }) => status === "fulfilled").length;
      assert.ok(held === 1, `${held} hold it`);
    }
  });

  it("takes over a lock that names nobody", async () => {
    for (const text of ["", "torn {", "[]", '{"pid":"x"}']) {
      const path = await newPath();
      await writeFile(`${path}.7`, text);
      assert.equal(await isLocked(path), false);
      await takeLock(path);
      assert.equal(await isLocked(path), true);
    }
  });

  it("goes to nobody where the lock cannot be read or made, and does not try for ever", async () => {
    const path = await newPath();
    await mkdir(`${path}.1`);
    await assert.rejects(takeLock(path), RunBusy);
    assert.equal(await isLocked(path), true);
    await assert.rejects(takeLock(join(path, "missing", "run.lock")), { code: "ENOENT" });
  });

  it("is held by one at most at any moment, however many take it and give it back", async () => {
    const path = await newPath();
    await writeFile(`${path}.3`, JSON.stringify({ pid: 2 ** 30, startedAt: 1 }));
    let holders = 0;
    let times = 0;
    const wanting = async (): Promise<void> => {
      for (let round = 0; round < 100; round++) {
        let lock: HeldLock;
        try {
          lock = await takeLock(path);
        } catch (error) {
          assert.ok(error instanceof RunBusy);
          continue;
        }
        assert.equal(++holders, 1);
        times++;
        await new Promise((resolve) => setImmediate(resolve));
        holders--;
        await lock.release();
      }
    };
    await Promise.all(Array.from({ length: 6 }, wanting));
    assert.ok(times > 0);
    assert.deepEqual(await readdir(dirname(path)), []);
  });
});
