import assert from "node:assert/strict";
import { recordedAction } from "../../../../src/dialler/runs/recordedAction";
import type { Outcome } from "../../../../src/dialler/runs/outcome";
import { type NamedResult, resultSentence, restoreWords } from "../../../../src/editor/shown/summaries";

const lock = recordedAction("lock");
const deletion = recordedAction("delete");

function times(count: number, outcome: Outcome): NamedResult[] {
  return Array.from({ length: count }, (_, at) => ({ id: at + 1, outcome, name: "Nobody" }));
}

describe("resultSentence", () => {
  const bünzli = { id: 40516, name: "Bünzli, Beat" };
  const one = (outcome: Outcome) => resultSentence(lock, "test", [{ ...bünzli, outcome }]);

  it("names one contact, whatever became of it", () => {
    assert.equal(one("done"), "Locked Bünzli, Beat #40516 on test.");
    assert.equal(one("unknown"), "Bünzli, Beat #40516 may have been locked on test.");
    assert.equal(one("failed"), "Bünzli, Beat #40516 was not locked on test: failed.");
    assert.equal(
      resultSentence(deletion, "test", [{ ...bünzli, outcome: "gone" }]),
      "Deleted Bünzli, Beat #40516 on test (not confirmed by the server; no longer there).",
    );
    assert.equal(
      resultSentence(restoreWords, "test", [{ ...bünzli, outcome: "done" }]),
      "Restored Bünzli, Beat #40516 on test.",
    );
  });

  it("says once that the server has no such contact", () => {
    assert.equal(
      one("notFound"),
      "Bünzli, Beat #40516 was not locked on test: the server has no such contact.",
    );
    const key = { userData: "CRM-77", outcome: "notFound" } as const;
    assert.equal(resultSentence(deletion, "test", [key]), "No contact on test has UserData “CRM-77”.");
    assert.equal(
      resultSentence(deletion, "test", [{ ...bünzli, outcome: "notFound" }, key]),
      "Bünzli, Beat #40516; “CRM-77” were not deleted on test: the server has no such contacts.",
    );
  });

  it("names up to three contacts with their outcomes", () => {
    const ida = { id: 40417, name: "Brandt, Ida" };
    const both = (a: Outcome, b: Outcome) =>
      resultSentence(lock, "test", [
        { ...bünzli, outcome: a },
        { ...ida, outcome: b },
      ]);
    assert.equal(both("done", "done"), "Locked Bünzli, Beat #40516; Brandt, Ida #40417 on test.");
    assert.equal(
      both("done", "failed"),
      "Locked 1 of 2 contacts on test: 1 locked (Bünzli, Beat #40516), 1 failed (Brandt, Ida #40417).",
    );
    assert.equal(
      both("skipped", "skipped"),
      "Bünzli, Beat #40516; Brandt, Ida #40417 were not locked on test: skipped.",
    );
  });

  it("counts more than three, done and gone together first", () => {
    const results = [
      ...times(41, "done"),
      ...times(1, "gone"),
      ...times(2, "failed"),
      ...times(1, "unknown"),
      ...times(55, "notAttempted"),
    ];
    assert.equal(
      resultSentence(deletion, "production", results),
      "Deleted 42 of 100 contacts on production: 41 deleted, 1 gone (not confirmed by the server; no longer there), 2 failed, 1 unknown, 55 not attempted.",
    );
    assert.equal(resultSentence(lock, "test", times(25, "done")), "Locked 25 contacts on test.");
  });

  it("falls back on the ID, then on the UserData, and lets no name write a link or a second line", () => {
    const named = (result: Omit<NamedResult, "outcome">) =>
      resultSentence(lock, "test", [{ ...result, outcome: "done" }]);
    assert.equal(named({ id: 7 }), "Locked #7 on test.");
    assert.equal(named({ userData: "CRM-1" }), "Locked “CRM-1” on test.");
    assert.equal(named({}), "Locked an entry without a contact on test.");
    assert.equal(named({ id: 7, name: "a\n[x](command:y)" }), "Locked a [x]\u2060(command:y) #7 on test.");
  });
});
