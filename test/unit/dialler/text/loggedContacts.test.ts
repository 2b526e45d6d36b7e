import assert from "node:assert/strict";
import { linesOf, outcomes } from "../../../../src/dialler/runs/actionReport";
import { loggedContacts } from "../../../../src/dialler/text/loggedContacts";

const at = "2026-11-05 09:15:00.123";

describe("loggedContacts", () => {
  it("finds the contact of every result line, at its place", () => {
    const results = outcomes.map((outcome, index) => ({ id: 40101 + index, outcome, status: 200, ms: 12 }));
    const log = linesOf("lock", "production", results)
      .map(({ level, line }) => `${at} [${level}] ${line}\n`)
      .join("");
    const found = loggedContacts(log);
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
      loggedContacts(log).map(({ endpoint, id }) => [endpoint, id]),
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
      loggedContacts(log).map(({ id }) => id),
      [5],
    );
  });

  it("finds a restored contact by the ID it had", () => {
    const log = `${at} [info] mine restore #40101 done HTTP 200 31 ms : is now #50001`;
    assert.deepEqual(
      loggedContacts(log).map(({ id }) => id),
      [40101],
    );
  });
});
