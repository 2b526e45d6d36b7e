import assert from "node:assert/strict";
import { isAlive, ownerFrom, thisOwner } from "../../../../src/dialler/journal/runOwner";
import { otherWindows } from "../../../support/otherWindow/anotherWindow";

const onLinux = process.platform === "linux";

describe("isAlive", function () {
  this.timeout(20_000);
  const openWindow = otherWindows();

  it("holds of this process, and of another one until it ends", async () => {
    assert.equal(await isAlive(thisOwner), true);
    const window = await openWindow();
    const { pid } = window;
    assert.equal(await isAlive({ pid, startedAt: Date.now() }), true);
    await window.kill();
    assert.equal(await isAlive({ pid, startedAt: Date.now() }), false);
  });

  it("holds of a process that may not be signalled", async function () {
    if (!onLinux || process.getuid?.() === 0) this.skip();
    assert.equal(await isAlive({ pid: 1, startedAt: 0 }), true);
  });

  it("does not take another process for the owner that has its number by now", async function () {
    if (!onLinux) this.skip();
    assert.match(thisOwner.since ?? "", /^[0-9a-f-]{36} \d+$/);
    const { pid } = await openWindow();
    assert.equal(await isAlive({ ...thisOwner, pid }), false);
    assert.equal(await isAlive({ ...thisOwner, startedAt: 1, since: "an earlier start 5" }), false);
  });

  it("does not take an owner for dead because the clock was set anew", async () => {
    assert.equal(await isAlive({ ...thisOwner, startedAt: thisOwner.startedAt - 86_400_000 }), true);
  });
});

describe("ownerFrom", () => {
  it("reads what was written, and nothing else", () => {
    const written: unknown = JSON.parse(JSON.stringify(thisOwner));
    assert.deepEqual(ownerFrom(written), thisOwner);
    assert.deepEqual(ownerFrom({ pid: 1, startedAt: 2, more: 3 }), { pid: 1, startedAt: 2 });
    for (const value of [null, 5, "pid", [], {}, { pid: "1", startedAt: 2 }, { pid: 1 }]) {
      assert.equal(ownerFrom(value), undefined);
    }
  });
});
