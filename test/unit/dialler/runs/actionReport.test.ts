import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../../src/dialler/api/changeRules";
import { isSuccess, reportOf } from "../../../../src/dialler/runs/actionReport";
import { countsOf, type EntryResult, levelOf, outcomes } from "../../../../src/dialler/runs/outcome";
import { lineOf, linesOf } from "../../../../src/dialler/runs/resultLine";
import { actionSummary } from "../../../../src/editor/shown/summaries";

const results = fc.array(
  fc.record<EntryResult>({
    id: fc.integer({ min: 1, max: 50 }),
    outcome: fc.constantFrom(...outcomes),
    reason: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
  }),
);

const repeated = (outcome: EntryResult["outcome"], count: number, from = 1): EntryResult[] =>
  Array.from({ length: count }, (_, at) => ({ id: from + at, outcome }));

describe("reportOf", () => {
  it("has the shape that commands return, without members that are not known", () => {
    const report = reportOf("delete", "production", [
      { id: 5, userData: "CRM-5", outcome: "done", status: 200, ms: 12 },
      { id: 6, outcome: "failed", status: undefined, ms: 3, reason: "refused" },
      { id: undefined, userData: "X", outcome: "notFound" },
    ]);
    assert.deepEqual(JSON.parse(JSON.stringify(report)), {
      action: "delete",
      endpoint: "production",
      counts: { done: 1, gone: 0, notFound: 1, failed: 1, unknown: 0, skipped: 0, notAttempted: 0 },
      items: [
        { id: 5, userData: "CRM-5", outcome: "done", status: 200 },
        { id: 6, outcome: "failed", reason: "refused" },
        { id: null, userData: "X", outcome: "notFound" },
      ],
    });
    assert.deepEqual(Object.keys(report.items[1] ?? {}), ["id", "outcome", "reason"]);
  });

  it("counts every item once", () => {
    fc.assert(
      fc.property(results, (items) => {
        const { counts } = reportOf("lock", "test", items);
        assert.equal(
          Object.values(counts).reduce((sum, count) => sum + count, 0),
          items.length,
        );
        assert.deepEqual(Object.keys(counts), [...outcomes]);
        assert.deepEqual(counts, countsOf(items));
      }),
    );
  });
});

describe("actionSummary", () => {
  it("says done and gone together first, then every count that is not zero", () => {
    const report = reportOf("delete", "production", [
      ...repeated("done", 41),
      ...repeated("gone", 1),
      ...repeated("failed", 2),
      ...repeated("unknown", 1),
      ...repeated("notAttempted", 55),
    ]);
    assert.equal(
      actionSummary(report),
      "Deleted 42 of 100 on production: 41 done, 1 gone, 2 failed, 1 unknown, 55 not attempted.",
    );
    assert.ok(!isSuccess(report));
  });

  it("has a word for each action and each outcome", () => {
    const all = outcomes.map((outcome, at): EntryResult => ({ id: at + 1, outcome }));
    const words = "1 done, 1 gone, 1 not found, 1 failed, 1 unknown, 1 skipped, 1 not attempted";
    for (const [action, word] of [
      ["delete", "Deleted"],
      ["lock", "Locked"],
      ["unlock", "Unlocked"],
    ] satisfies [Change, string][]) {
      assert.equal(actionSummary(reportOf(action, "A b", all)), `${word} 2 of 7 on A b: ${words}.`);
    }
    assert.equal(actionSummary(reportOf("lock", "test", [])), "Locked 0 of 0 on test.");
  });

  it("is a success only when nothing failed and nothing is in doubt", () => {
    for (const outcome of outcomes) {
      const report = reportOf("lock", "test", [...repeated("done", 3), ...repeated(outcome, 1)]);
      assert.equal(isSuccess(report), outcome !== "failed" && outcome !== "unknown");
    }
  });
});

describe("lineOf", () => {
  it("has the form that the log promises", () => {
    assert.equal(
      lineOf("delete", "production", { id: 40101, outcome: "done", status: 200, ms: 31 }),
      "production delete #40101 done HTTP 200 31 ms",
    );
    assert.equal(
      lineOf("unlock", "test", { id: undefined, outcome: "unknown", ms: 30000, reason: "timed out" }),
      "test unlock #- unknown HTTP - 30000 ms : timed out",
    );
    assert.equal(
      lineOf("lock", "test", { id: 5, outcome: "notAttempted" }),
      "test lock #5 notAttempted HTTP - 0 ms",
    );
  });

  it("tells neither UserData nor anything else of a person", () => {
    assert.ok(!lineOf("lock", "test", { id: 5, userData: "CRM-5", outcome: "done" }).includes("CRM-5"));
  });
});

describe("levelOf", () => {
  it("follows the outcome", () => {
    assert.deepEqual(
      outcomes.map((outcome) => [outcome, levelOf({ outcome })]),
      [
        ["done", "info"],
        ["gone", "info"],
        ["notFound", "warning"],
        ["failed", "error"],
        ["unknown", "error"],
        ["skipped", "warning"],
        ["notAttempted", "info"],
      ],
    );
  });
});

describe("linesOf", () => {
  const linesFor = (items: readonly EntryResult[], endpoint = "test") =>
    linesOf("delete", endpoint, items).map(({ line }) => line);

  it("says what was not attempted for one reason in one line", () => {
    assert.deepEqual(
      linesFor([
        { id: 1, outcome: "done", status: 200, ms: 5 },
        { id: 2, outcome: "notAttempted", reason: "cancelled" },
        { id: 3, outcome: "notAttempted", reason: "cancelled" },
        { id: 9, outcome: "notAttempted", reason: "cancelled" },
        { id: 4, outcome: "notAttempted", reason: "another" },
        { id: 5, outcome: "failed", reason: "cancelled" },
        { id: 6, outcome: "failed", reason: "cancelled" },
        { id: 7, outcome: "notAttempted" },
      ]),
      [
        "test delete #1 done HTTP 200 5 ms",
        "test delete #2…#9 (3) notAttempted HTTP - 0 ms : cancelled",
        "test delete #4 notAttempted HTTP - 0 ms : another",
        "test delete #5 failed HTTP - 0 ms : cancelled",
        "test delete #6 failed HTTP - 0 ms : cancelled",
        "test delete #7 notAttempted HTTP - 0 ms",
      ],
    );
    assert.deepEqual(linesFor([]), []);
  });

  it("leaves the endpoint's name as it is, whatever it looks like", () => {
    assert.deepEqual(linesFor(repeated("notAttempted", 2), "box #1"), [
      "box #1 delete #1…#2 (2) notAttempted HTTP - 0 ms",
    ]);
    assert.deepEqual(linesFor(repeated("notAttempted", 2), "$& $1"), [
      "$& $1 delete #1…#2 (2) notAttempted HTTP - 0 ms",
    ]);
  });

  it("loses no item and never folds anything else", () => {
    fc.assert(
      fc.property(results, (items) => {
        const lines = linesOf("lock", "test", items);
        const covered = lines.map(({ line }) => Number(/\((\d+)\) notAttempted/.exec(line)?.[1] ?? 1));
        assert.equal(
          covered.reduce((sum, count) => sum + count, 0),
          items.length,
        );
        const others = items.filter(({ outcome }) => outcome !== "notAttempted");
        assert.deepEqual(
          lines.filter(({ line }) => !line.includes("notAttempted")),
          others.map((item) => ({ level: levelOf(item), line: lineOf("lock", "test", item) })),
        );
      }),
    );
  });
});
