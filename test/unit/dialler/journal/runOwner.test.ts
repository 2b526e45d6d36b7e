import assert from "node:assert/strict";
import { lifeOf, ownerFrom, thisOwner } from "../../../../src/dialler/journal/runOwner";
import { otherWindows } from "../../../support/otherWindow/anotherWindow";

const onLinux = process.platform === "linux";

describe("lifeOf", function () {
  this.timeout(20_000);
  const openWindow = otherWindows();

  it("holds of this process, and of another one until it ends", async () => {
    assert.equal(await lifeOf(thisOwner), "alive");
    const window = await openWindow();
    const { pid } = window;
    assert.equal(await lifeOf({ pid, startedAt: Date.now() }), "alive");
    await window.kill();
    assert.equal(await lifeOf({ pid, startedAt: Date.now() }), "dead");
  });

  it("holds of a process that may not be signalled", async function () {
    if (!onLinux || process.getuid?.() === 0) this.skip();
    assert.equal(await lifeOf({ pid: 1, startedAt: 0 }), "alive");
  });

  it("does not take another process for the owner that has its number by now", async function () {
    if (!onLinux) this.skip();
    assert.match(thisOwner.since ?? "", /^[0-9a-f-]{36} \d+$/);
    const { pid } = await openWindow();
    assert.equal(await lifeOf({ ...thisOwner, pid }), "dead");
    assert.equal(await lifeOf({ ...thisOwner, startedAt: 1, since: "an earlier start 5" }), "dead");
  });

  it("does not take an owner for dead because the clock was set anew", async () => {
    assert.equal(await lifeOf({ ...thisOwner, startedAt: thisOwner.startedAt - 86_400_000 }), "alive");
  });

  it("says nothing by its number of a process on another machine or in another container (B25)", async () => {
    const { pid } = await openWindow();
    for (const owner of [thisOwner, { ...thisOwner, pid }, { ...thisOwner, pid: 2 ** 30 }]) {
      assert.equal(await lifeOf({ ...owner, host: "build-7" }), "elsewhere");
      // Two machines of one name.
      assert.equal(await lifeOf({ ...owner, boot: "another start" }), "elsewhere");
      // Containers of one machine.
      assert.equal(await lifeOf({ ...owner, pids: "pid:[1]" }), "elsewhere");
    }
    const { host = "", pids = "" } = thisOwner;
    const unknown = { pid: 2 ** 30, startedAt: 1, host, pids };
    assert.equal(await lifeOf(unknown), "elsewhere");
    assert.equal(await lifeOf(unknown, unknown), "alive");
    assert.equal(await lifeOf({ ...unknown, pid: 2 ** 30 + 1 }, unknown), "elsewhere");
  });

  it("knows a machine by an estimate of its start, where the system has no other word for it", async () => {
    const self = { ...thisOwner, boot: "@1764321000" };
    const dead = { ...self, pid: 2 ** 30 };
    assert.equal(await lifeOf({ ...dead, boot: "@1764321002" }, self), "dead");
    assert.equal(await lifeOf({ ...dead, boot: "@1764321003" }, self), "elsewhere");
    assert.equal(await lifeOf({ ...dead, boot: "@x" }, self), "elsewhere");
  });

  it("decides by the number alone for what an earlier version wrote on this machine", async function () {
    const dead = { pid: 2 ** 30, startedAt: 1 };
    assert.equal(await lifeOf(dead), "dead");
    if (!onLinux) this.skip();
    assert.equal(await lifeOf({ ...dead, since: `${thisOwner.boot ?? ""} 5` }), "dead");
    assert.equal(await lifeOf({ ...dead, since: "another start 5" }), "elsewhere");
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
