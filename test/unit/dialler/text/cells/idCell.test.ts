import assert from "node:assert/strict";
import fc from "fast-check";
import { idCell } from "../../../../../src/dialler/text/cells/idCell";

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe("idCell", () => {
  it("reads an ID with blanks of any kind around it and one number sign", () => {
    assert.deepEqual(idCell("40101", false), { kind: "value", value: 40101 });
    for (const text of ["#40101", " 40101", "40101\t", "40101\u00a0", "\ufeff40101", " #40101 "])
      assert.deepEqual(idCell(text, false), { kind: "value", value: 40101, converted: true }, text);
  });

  it("never reads another ID than the digits spell", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: fc.constantFrom(...Array.from("0123456789.,E+-# '\u00a0\u200b１")) }),
          fc
            .tuple(id, fc.constantFrom(".0", ",00", ".5", "E+04", "\u200b", "x", " 1"))
            .map((parts) => parts.join("")),
        ),
        fc.boolean(),
        (text, marked) => {
          const cell = idCell(text, marked);
          if (cell.kind === "value") assert.equal(text.trim().replace(/^#/, ""), String(cell.value));
          else assert.equal(cell.kind, "fault");
        },
      ),
    );
    fc.assert(
      fc.property(id, (number) =>
        assert.deepEqual(idCell(String(number), false), { kind: "value", value: number }),
      ),
    );
  });

  it("says why a text is no ID", () => {
    for (const [text, reason] of [
      ["4,0101E+04", /shortened/],
      ["4.0101e+04", /shortened/],
      ["40.101", /has changed/],
      ["40 101", /has changed/],
      ["#40,101", /has changed/],
      ["40101,0", /has changed/],
      ["40101.0", /has changed/],
      ["#N/A", /error value/],
      ["NULL", /missing value/],
      ["", /blank/],
      [" ", /blank/],
      ["9007199254740992", /digits/],
      ["40\u200b101", /invisible/],
      ["４０１０１", /not an ID/],
      ["00040101", /not an ID/],
      ["##4", /not an ID/],
      ["# 4", /not an ID/],
      ["-4", /not an ID/],
      ["0", /not an ID/],
      ["4/lock", /not an ID/],
    ] as const) {
      const cell = idCell(text, false);
      assert.match(cell.kind === "fault" ? cell.reason : cell.kind, reason, text);
    }
  });

  it("does not blame a spreadsheet where the cell is marked as text", () => {
    const cell = idCell("40.101", true);
    assert.match(cell.kind === "fault" ? cell.reason : cell.kind, /not an ID/);
  });
});
