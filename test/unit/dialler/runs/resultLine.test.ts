import assert from "node:assert/strict";
import { contactActions } from "../../../../src/dialler/runs/contactAction";
import { outcomes } from "../../../../src/dialler/runs/outcome";
import { type LoggedResult, linesOf, resultsInLog } from "../../../../src/dialler/runs/resultLine";

const at = "2026-11-05 09:15:00.123";

/** The results that the log itself shows: not those of a part that was copied, nor of other levels. */
const wholeIn = (log: string): LoggedResult[] => resultsInLog(log).filter(({ isWhole }) => isWhole);

describe("resultsInLog", () => {
  it("finds the contact of every result line, at its place", () => {
    const results = outcomes.map((outcome, index) => ({ id: 40101 + index, outcome, status: 200, ms: 12 }));
    const log = linesOf("lock", "production", results)
      .map(({ level, line }) => `${at} [${level}] ${line}\n`)
      .join("");
    const found = wholeIn(log);
    assert.deepEqual(
      found.map(({ id }) => id),
      results.map(({ id }) => id),
    );
    for (const { start, length, id, endpoint } of found) {
      assert.equal(log.slice(start, start + length), `#${id}`);
      assert.equal(endpoint, "production");
    }
  });

  it("keeps blanks and signs in an endpoint's name", () => {
    const log = `${at} [info] test (new) / delete it delete #7 done HTTP 200 3 ms`;
    assert.deepEqual(
      wholeIn(log).map(({ endpoint, id }) => [endpoint, id]),
      [["test (new) / delete it", 7]],
    );
  });

  it("takes nothing from what the server says, from folded lines, and from anything else", () => {
    const log = [
      `${at} [error] mine delete #5 failed HTTP 500 3 ms : ${at} [info] mine lock #6 done HTTP 200 1 ms`,
      `${at} [info] mine delete #7…#9 (3) notAttempted HTTP - 0 ms : stopped`,
      `${at} [info] mine lock #- done HTTP 200 1 ms`,
      `${at} [info] mine lock #0123 done HTTP 200 1 ms`,
      `${at} [info] mine lock #99999999999999999999 done HTTP 200 1 ms`,
      `${at} [info] Deleted 1 of 1 on mine: #8 done.`,
      `${at} [debug] mine lock #10 done HTTP 200 1 ms`,
      `mine lock #11 done HTTP 200 1 ms`,
    ].join("\n");
    assert.deepEqual(
      wholeIn(log).map(({ id }) => id),
      [5],
    );
  });

  it("reads every line that is written, whatever was done", () => {
    const actions = [
      ...Object.values(contactActions).map(({ change }) => change),
      "import",
      "restore",
    ] as const;
    for (const action of actions) {
      const [line] = linesOf(action, "test", [{ id: 7, outcome: "unknown", ms: 3, reason: "why" }]);
      const [found] = wholeIn(`${at} [error] ${line?.line ?? ""}`);
      assert.deepEqual(
        [found?.action, found?.outcome, found?.id, found?.endpoint],
        [action, "unknown", 7, "test"],
      );
    }
  });

  it("reads a part of a line that was copied, and says that it is a part", () => {
    const parts = [
      "lock #40101 done HTTP 200 3 ms",
      "est lock #40101 done HTTP 200",
      "test lock #40101 done HTTP - 0 ms",
    ];
    for (const part of parts) {
      const found = resultsInLog(`x\n${part}`);
      assert.deepEqual(
        found.map(({ id, line, isWhole }) => [id, line, isWhole]),
        part.endsWith("200") ? [] : [[40101, 2, false]],
      );
    }
  });

  it("finds a restored contact by the ID it had, and tells its present one", () => {
    const log = `${at} [info] mine restore #40101 done HTTP 200 31 ms : is now #50001`;
    assert.deepEqual(
      wholeIn(log).map(({ id }) => id),
      [40101],
    );
    assert.deepEqual(
      wholeIn(log).map(({ newId }) => newId),
      [50001],
    );
  });
});
