import assert from "node:assert/strict";
import fc from "fast-check";
import { numberCell } from "../../../../../src/dialler/text/cells/numberCell";

const valueOf = (text: string): string | number => {
  const cell = numberCell(text);
  return cell.kind === "fault" ? cell.reason : cell.value;
};
const inGroups = (digits: string, by: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, by);

describe("numberCell", () => {
  it("reads numbers with a decimal point or comma, in groups or not", () => {
    for (const [text, value] of [
      ["12", 12],
      ["-0.5", -0.5],
      ["0.125", 0.125],
      ["12,50", 12.5],
      ["12.50", 12.5],
      ["1234,567", 1234.567],
      ["1.234,50", 1234.5],
      ["1,234.50", 1234.5],
      ["1.234,567", 1234.567],
      ["1'234.50", 1234.5],
      ["1\u202f234,50", 1234.5],
      ["1,234,567", 1234567],
      ["1 234", 1234],
      ["+5", 5],
      [" 7 ", 7],
      ["123456789012345.00", 123456789012345],
    ] as const)
      assert.equal(valueOf(text), value, text);
    assert.deepEqual(numberCell("12.5"), { kind: "value", value: 12.5 });
    assert.deepEqual(numberCell("12,50"), { kind: "value", value: 12.5, converted: true });
  });

  it("reads every amount back in every way that has one meaning", () => {
    const groups = fc.constantFrom(["", ","], ["", "."], [".", ","], [",", "."], ["'", "."], ["\u00a0", ","]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.integer({ min: 0, max: 99 }),
        groups,
        (whole, cents, [by = "", mark = ""]) => {
          const decimals = String(cents).padStart(2, "0");
          const text = `${inGroups(String(whole), by)}${mark}${decimals}`;
          assert.equal(valueOf(text), Number(`${whole}.${decimals}`), text);
        },
      ),
    );
  });

  it("refuses what can be read in two ways or was shortened", () => {
    for (const [text, reason] of [
      ["1,234", /thousands/],
      ["1.234", /thousands/],
      ["-12.500", /thousands/],
      ["1,2E+03", /shortened/],
      ["1234567890123456,50", /more digits/],
      ["#N/A", /error value/],
      ["NULL", /missing value/],
      ["12\n50", /line break/],
    ] as const)
      assert.match(String(valueOf(text)), reason, text);
  });

  it("leaves other texts to the server", () => {
    for (const text of ["12,50 €", "EUR 5", "12,50-", "(12.50)", "1.2.3", "1.234.56", "1E5", "x"])
      assert.deepEqual(numberCell(text), { kind: "value", value: text });
    assert.equal(valueOf(" "), "");
  });
});
