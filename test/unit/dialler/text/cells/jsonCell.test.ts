import assert from "node:assert/strict";
import fc from "fast-check";
import { exactJson } from "../../../../../src/dialler/api/record/exactJson";
import { jsonCell } from "../../../../../src/dialler/text/cells/jsonCell";

const read = (json: string) => jsonCell(exactJson(json));

describe("jsonCell", () => {
  it("keeps the digits of every number", () => {
    for (const [json, value] of [
      ["9007199254740993", "9007199254740993"],
      ["40101", "40101"],
      ["-7", "-7"],
      ["12.5", "12.5"],
      ['"000417"', "000417"],
      ['""', ""],
      ["null", ""],
    ] as const)
      assert.deepEqual(read(json), { kind: "value", value }, json);
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), (some) => {
        // A number that ends in zeros may be exactly what JavaScript keeps, and is written as 1e+40 then.
        const number = 10n * some + 1n;
        assert.deepEqual(read(String(number)), { kind: "value", value: String(number) });
      }),
    );
    assert.deepEqual(jsonCell(undefined), { kind: "value", value: "" });
  });

  it("refuses numbers that were rounded, and what is no text or number", () => {
    for (const json of ["1e21", "9e15", "true", "false", "{}", "[1]"])
      assert.equal(read(json).kind, json === "9e15" ? "value" : "fault", json);
    for (const number of [2 ** 53, Infinity, -Infinity, NaN]) assert.equal(jsonCell(number).kind, "fault");
  });
});
