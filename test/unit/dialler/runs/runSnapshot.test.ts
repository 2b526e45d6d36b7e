import assert from "node:assert/strict";
import fc from "fast-check";
import { outcomes } from "../../../../src/dialler/runs/outcome";
import {
  itemsThatEnded,
  reportOfRun,
  restorableItems,
  resultsOf,
} from "../../../../src/dialler/runs/runResults";
import { type RunLine, RunTracker } from "../../../../src/dialler/runs/runSnapshot";
import { numbered, planOf } from "../../../support/dialler/journals";

type Line = Exclude<RunLine, { line: "run" }>;
const at = "2026-07-28T14:05:00.000Z";

const importable = { Name: "Brandt", DiallerCampaignsID: 71, PhoneNumber1: "494315550117" };
const told = (count: number, ...lines: readonly Line[]) => {
  const tracker = new RunTracker(planOf(numbered(count)));
  for (const line of lines) tracker.take(line);
  return tracker;
};
const ended = (tracker: RunTracker) => tracker.snapshot("ended", true);

describe("StoryTeller", () => {
  it("calls what was sent and not answered unknown, also where an earlier attempt was answered", () => {
    const tracker = told(
      4,
      { line: "intent", item: 0, at },
      { line: "outcome", item: 0, outcome: "failed", status: 500, reason: "no" },
      { line: "intent", item: 0, at },
      { line: "intent", item: 1, at },
      { line: "outcome", item: 1, outcome: "done", status: 200, ms: 3 },
      { line: "outcome", item: 2, outcome: "skipped" },
    );
    assert.deepEqual(
      resultsOf(ended(tracker)).map(({ outcome }) => outcome),
      ["unknown", "done", "skipped", "notAttempted"],
    );
    tracker.take({ line: "outcome", item: 0, outcome: "gone" });
    assert.deepEqual(resultsOf(ended(tracker))[0], { id: 1, outcome: "gone" });
  });

  it("can restore what it has a record of until a restore has re-created it", () => {
    const deleted = (item: number): Line[] => [
      { line: "intent", item, at, record: { ID: item + 1, ...importable } },
      { line: "outcome", item, outcome: item === 1 ? "gone" : "done" },
    ];
    const tracker = told(6, ...[0, 1, 2, 3, 4].flatMap(deleted));
    tracker.take({ line: "intent", item: 5, at });
    tracker.take({ line: "outcome", item: 5, outcome: "done" });
    assert.deepEqual(restorableItems(ended(tracker)), [0, 1, 2, 3, 4]);
    tracker.take({ line: "restoring", item: 0, at });
    // Its answer was lost: a restore asks before it tries again.
    assert.deepEqual(restorableItems(ended(tracker)), [0, 1, 2, 3, 4]);
    for (const [item, outcome] of (["done", "skipped", "failed", "unknown"] as const).entries()) {
      tracker.take({ line: "restored", item, outcome });
    }
    assert.deepEqual(restorableItems(ended(tracker)), [1, 2, 3, 4]);
  });

  it("cannot restore what the server would refuse", () => {
    const lacking = Object.keys(importable).map((name) => ({ ...importable, [name]: null }));
    const tracker = told(3);
    for (const [item, record] of lacking.entries()) {
      tracker.take({ line: "intent", item, at, record: { ID: item + 1, ...record } });
      tracker.take({ line: "outcome", item, outcome: "done" });
    }
    const snapshot = ended(tracker);
    assert.deepEqual(restorableItems(snapshot), []);
    assert.deepEqual(
      snapshot.items.map(({ notImportable }) => notImportable),
      ["it has no name", "it has no campaign", "it has no phone number"],
    );
  });

  it("is open from its beginning and from being taken up, by whoever did, until it ends", () => {
    const tracker = told(1);
    const opened = [tracker.open];
    for (const line of [
      { line: "end", at },
      { line: "again", at, owner: { pid: 7, startedAt: 8 } },
      { line: "undone", at },
      { line: "end", at },
    ] as const) {
      tracker.take(line);
      opened.push(tracker.open);
    }
    assert.deepEqual(opened, [true, false, true, true, false]);
    assert.deepEqual(ended(tracker).owner, { pid: 7, startedAt: 8 });
    assert.equal(ended(tracker).undone, true);
  });

  it("tells the same object until something changes, and never changes one that it has told", () => {
    const tracker = told(2);
    const before = ended(tracker);
    assert.equal(ended(tracker), before);
    assert.notEqual(tracker.snapshot("running", true), before);
    const again = ended(tracker);
    tracker.take({ line: "outcome", item: 0, outcome: "done" });
    assert.equal(again.items[0]?.result, undefined);
    assert.equal(ended(tracker).items[0]?.result?.outcome, "done");
  });

  it("adds up to the planned items, whatever it is told in whatever order", () => {
    const item = fc.integer({ min: -1, max: 6 });
    const line = fc.oneof(
      fc.record({ line: fc.constant("intent" as const), item, at: fc.constant(at) }),
      fc.record({ line: fc.constant("outcome" as const), item, outcome: fc.constantFrom(...outcomes) }),
      fc.record({ line: fc.constant("restoring" as const), item, at: fc.constant(at) }),
      fc.record({ line: fc.constant("end" as const), at: fc.constant(at) }),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const snapshot = ended(told(5, ...lines));
        const { counts, items } = reportOfRun(snapshot);
        assert.equal(items.length, 5);
        assert.equal(
          Object.values(counts).reduce((sum, count) => sum + count, 0),
          5,
        );
        assert.equal(itemsThatEnded(snapshot, ...outcomes).length, 5);
      }),
    );
  });
});
