import assert from "node:assert/strict";
import { recordWithLock } from "../../../../../src/dialler/api/record/recordWithLock";

describe("recordWithLock", () => {
  it("keeps the record where the lock is as wanted, and every other member", () => {
    const record = { a: 1, bLocked: true, __proto__: null };
    assert.equal(recordWithLock(record, "locked"), record);
    assert.deepEqual(recordWithLock({ a: 1, bLocked: true }, "unlocked"), { a: 1, bLocked: false });
  });

  it("takes the member that the setting names", () => {
    const record = { bLocked: false, bBlocked: 0 };
    assert.deepEqual(recordWithLock(record, "locked", "bBlocked"), { bLocked: false, bBlocked: 1 });
  });

  it("invents no value that only the server can write", () => {
    for (const record of [{}, { bLocked: null }, { dtLocked: "" }])
      assert.equal(recordWithLock(record, "locked"), undefined);
    assert.equal(recordWithLock({ dtLocked: "2026-03-02T10:00:00" }, "unlocked"), undefined);
  });
});
