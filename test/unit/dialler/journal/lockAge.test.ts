import assert from "node:assert/strict";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileSystemNow, isFresh } from "../../../../src/dialler/journal/lockAge";
import { folders } from "../../../support/dialler/journals";

describe("the age of a lock", () => {
  const folder = folders();

  it("is told by the clock of the file system, and leaves nothing behind", async () => {
    const path = await folder();
    const now = await fileSystemNow(path);
    await writeFile(join(path, "later"), "");
    const { mtimeMs } = await stat(join(path, "later"));
    assert.ok(mtimeMs >= now && mtimeMs < now + 5000, `${mtimeMs - now} ms`);
    assert.deepEqual(await readdir(path), ["later"]);
    await assert.rejects(fileSystemNow(join(path, "missing")), { code: "ENOENT" });
  });

  it("is fresh for a minute, also where the file system counts in whole seconds", () => {
    const now = 1_800_000_000_000;
    assert.equal(isFresh("a", now - 59_999, now), true);
    assert.equal(isFresh("a", now - 60_000, now), false);
    assert.equal(isFresh("a", now + 1999, now), true);
    assert.equal(isFresh("a", now - 15 * 86_400_000, now), false);
  });

  it("is fresh where its time is still to come, until that has not changed for a minute", () => {
    let at = 0;
    const clock = { now: () => at };
    const now = 1_800_000_000_000;
    const ahead = now + 15 * 86_400_000;
    assert.equal(isFresh("b", ahead, now, clock), true);
    at += 59_000;
    assert.equal(isFresh("b", ahead, now + 59_000, clock), true);
    // It is renewed.
    assert.equal(isFresh("b", ahead + 1, now + 59_000, clock), true);
    at += 59_000;
    assert.equal(isFresh("b", ahead + 1, now + 118_000, clock), true);
    at += 1000;
    assert.equal(isFresh("b", ahead + 1, now + 119_000, clock), false);
  });
});
