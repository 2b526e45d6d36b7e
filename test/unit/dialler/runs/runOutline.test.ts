import assert from "node:assert/strict";
import fc from "fast-check";
import { newestFirst } from "../../../../src/dialler/journal/runsKept";
import { outcomes } from "../../../../src/dialler/runs/outcome";
import { presentId } from "../../../../src/dialler/runs/presentId";
import { outlineOf } from "../../../../src/dialler/runs/runOutline";
import { ended, runOf } from "../../../support/dialler/runOf";

describe("outlineOf", () => {
  it("puts problems first, and keeps the plan's order among equals", () => {
    const { order } = outlineOf(runOf(ended("done", "notAttempted", "gone", "failed", "unknown", "failed")));
    assert.deepEqual(order, [3, 5, 4, 1, 2, 0]);
  });

  it("shows every item exactly once, whatever the run", () => {
    const item = fc.record({
      pending: fc.boolean(),
      result: fc.option(fc.record({ outcome: fc.constantFrom(...outcomes) }), { nil: undefined }),
    });
    const states = fc.constantFrom("running", "elsewhere", "otherMachine", "interrupted", "ended");
    fc.assert(
      fc.property(fc.array(item), states, (items, state) => {
        const { order, counts } = outlineOf(runOf(items, { state }));
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          [...items.keys()],
        );
        assert.equal(
          Object.values(counts).reduce((sum, count) => sum + count, 0),
          items.length,
        );
      }),
    );
  });

  it("calls nothing unknown or not attempted that is still under way", () => {
    const items = [...ended("done", "failed"), { pending: true }, {}];
    const live = outlineOf(runOf(items, { state: "running" }));
    assert.deepEqual(live.states, ["done", "failed", "underWay", "waiting"]);
    assert.equal(live.settled, 2);
    const left = outlineOf(runOf(items, { state: "interrupted" }));
    assert.deepEqual(left.states, ["done", "failed", "unknown", "notAttempted"]);
  });

  it("says how a run stands as a whole", () => {
    const standing = (...parts: Parameters<typeof runOf>) => outlineOf(runOf(...parts)).verdict;
    assert.equal(standing(ended("done", "gone")), "done");
    assert.equal(standing(ended("done", "notFound")), "incomplete");
    assert.equal(standing(ended("skipped", "unknown")), "problem");
    assert.equal(standing(ended("failed"), { action: "lock", undone: true }), "undone");
    for (const state of ["running", "elsewhere", "otherMachine", "interrupted"] as const)
      assert.equal(standing(ended("failed"), { state }), state);
  });

  it("counts a contact that is being restored neither as restored nor as in doubt", () => {
    const items = [{ result: { outcome: "done" }, restored: { outcome: "unknown" } }] as const;
    assert.equal(outlineOf(runOf(items, { state: "running" })).restored.unknown, 0);
    assert.equal(outlineOf(runOf(items)).restored.unknown, 1);
  });

  it("is made once for each snapshot", () => {
    const snapshot = runOf(ended("done"));
    assert.equal(outlineOf(snapshot), outlineOf(snapshot));
  });
});

describe("contactNow", () => {
  it("is the ID under which the contact may be found, if any", () => {
    const result = { outcome: "done" } as const;
    const items = [
      { result },
      { result, restored: { outcome: "done", newId: 50001 } },
      { result, restored: { outcome: "failed" } },
      ...ended("failed", "gone", "notFound"),
    ] as const;
    const deleted = runOf(items);
    assert.deepEqual(
      items.map((_, place) => presentId(deleted, place)),
      [undefined, 50001, undefined, 40104, undefined, undefined],
    );
    assert.equal(presentId(runOf(ended("done"), { action: "lock" }), 0), 40101);
    assert.equal(presentId(deleted, 99), undefined);
  });
});

describe("newestFirst", () => {
  it("goes by the name of the run", () => {
    const snapshots = ["2026-1", "2026-3", "2026-2"].map((run) => runOf([], { run }));
    assert.deepEqual(
      newestFirst(snapshots).map(({ plan }) => plan.run),
      ["2026-3", "2026-2", "2026-1"],
    );
  });
});
