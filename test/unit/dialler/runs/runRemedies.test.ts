import assert from "node:assert/strict";
import { outcomes } from "../../../../src/dialler/runs/outcome";
import { remediesOf } from "../../../../src/dialler/runs/runRemedies";
import { isKnownChange } from "../../../../src/dialler/runs/runResults";
import { ended, runOf } from "../../../support/dialler/runOf";

const nothing = { restore: [], undo: [], retryFailed: [], resume: [], verifyUnknown: [] };

describe("remediesOf", () => {
  it("offers for each outcome what can be done about it", () => {
    assert.deepEqual(remediesOf(runOf(ended(...outcomes))), {
      // Whatever was reported: the request may have been carried out later. A restore skips what is still there.
      restore: [0, 1, 2, 3, 4, 5, 6],
      undo: [],
      retryFailed: [3],
      resume: [4, 6],
      verifyUnknown: [4],
    });
    assert.deepEqual(remediesOf(runOf(ended("done", "failed"), { action: "lock" })), {
      ...nothing,
      undo: [0],
      retryFailed: [1],
    });
  });

  it("restores only what was recorded and no restore has re-created", () => {
    const result = { outcome: "done" } as const;
    const items = [
      { result, recorded: false },
      { result, restored: { outcome: "done", newId: 50001 } },
      { result, restored: { outcome: "unknown" } },
      { result, restored: { outcome: "failed" } },
      { result, notImportable: "it has no name" },
    ] as const;
    assert.deepEqual(remediesOf(runOf(items)).restore, [2, 3]);
  });

  it("undoes only what the run itself changed, or may have changed", () => {
    const result = { outcome: "done" } as const;
    const items = [
      { result, lockBefore: "locked" },
      { result, lockBefore: "unlocked" },
      { result, lockBefore: "unknown" },
      { result },
    ] as const;
    const run = runOf(items, { action: "lock" });
    assert.deepEqual(remediesOf(run).undo, [1, 2, 3]);
    assert.deepEqual(
      [1, 2, 3].map((item) => isKnownChange(run, item)),
      [true, false, false],
    );
    assert.deepEqual(remediesOf(runOf(items, { action: "unlock" })).undo, [0, 2, 3]);
  });

  it("offers nothing for a transfer", () => {
    const run = runOf(ended("failed", "unknown", "notAttempted", "done"), { plan: { action: "import" } });
    assert.deepEqual(remediesOf(run), nothing);
  });

  it("resumes an interrupted run, and verifies what it left without an answer", () => {
    const snapshot = runOf([{ result: { outcome: "done" } }, { pending: true }, {}], {
      action: "unlock",
      state: "interrupted",
    });
    assert.deepEqual(remediesOf(snapshot), { ...nothing, resume: [1, 2], verifyUnknown: [1] });
  });

  it("offers nothing while somebody writes the run, or after it was undone", () => {
    for (const state of ["running", "elsewhere", "otherMachine"] as const)
      assert.deepEqual(remediesOf(runOf(ended(...outcomes), { state })), nothing);
    assert.deepEqual(remediesOf(runOf(ended(...outcomes), { action: "lock", undone: true })), nothing);
  });

  it("is for named contacts only", () => {
    const snapshot = runOf(ended("failed", "done"));
    const items = snapshot.items.map(({ result: result, pending, recorded, restored }) => {
      return { userData: "CRM-1", result, pending, recorded, restored };
    });
    assert.deepEqual(remediesOf({ ...snapshot, items }), nothing);
  });
});
