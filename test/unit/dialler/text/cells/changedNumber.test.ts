import assert from "node:assert/strict";
import fc from "fast-check";
import {
  changedNumber,
  isScientific,
  isWholeWithDecimals,
} from "../../../../../src/dialler/text/cells/changedNumber";

const wholeNumber = fc.bigInt({ min: 1n, max: 2n ** 53n });
const decimalSign = fc.constantFrom(",", ".");
const groupSign = fc.constantFrom(".", ",", "'", "’", " ", "\u00a0", "\u202f", "\u2009");
const sign = fc.constantFrom("", "-", "+");

/** The digits of a number in groups of three. */
const inGroups = (digits: string, by: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, by);

/** As a spreadsheet shows it that has room for this many digits. */
function inScientific(number: bigint, digits: number, mark: string): string {
  const [mantissa = "", exponent = ""] = Number(number)
    .toExponential(digits - 1)
    .split("e+");
  return `${mantissa.replace(".", mark)}E+${exponent.padStart(2, "0")}`;
}

describe("changedNumber", () => {
  it("recognises every whole number in scientific notation", () => {
    fc.assert(
      fc.property(
        wholeNumber,
        fc.integer({ min: 1, max: 16 }),
        decimalSign,
        sign,
        (number, digits, mark, before) => {
          const text = before + inScientific(number, digits, mark);
          for (const form of [text, text.toLowerCase(), ` ${text}`]) {
            assert.match(changedNumber(form) ?? "", /shortened/, form);
            assert.ok(isScientific(form), form);
          }
        },
      ),
    );
    for (const text of [
      "4,0101E+04",
      "4.93E+11",
      "4.93e+11",
      "-1E-07",
      "4,93E+011",
      "4E+11",
      "40.101E+3",
      "4.93E11",
    ])
      assert.match(changedNumber(text) ?? "", /shortened/, text);
  });

  it("recognises groups of thousands with every separator", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1000n, max: 2n ** 53n }),
        groupSign,
        sign,
        fc.constantFrom("", ",00", ".00", ",5"),
        (number, by, before, decimals) => {
          const text = before + inGroups(String(number), by) + decimals;
          assert.match(changedNumber(text) ?? "", /has changed/, text);
        },
      ),
    );
    for (const text of ["40.101", "40,101", "40'101", "40 101", "40\u202f101", "12,34,567", "4.930.123.456"])
      assert.match(changedNumber(text) ?? "", /has changed/, text);
  });

  it("recognises whole numbers with decimals", () => {
    fc.assert(
      fc.property(wholeNumber, decimalSign, fc.integer({ min: 1, max: 4 }), (number, mark, zeros) => {
        const text = `${number}${mark}${"0".repeat(zeros)}`;
        assert.match(changedNumber(text) ?? "", /has changed/, text);
        assert.ok(isWholeWithDecimals(text));
      }),
    );
  });

  it("leaves numbers and keys alone that no spreadsheet wrote", () => {
    fc.assert(fc.property(wholeNumber, (number) => assert.equal(changedNumber(String(number)), undefined)));
    for (const text of [
      ...["000417", "1E5", "12e4", "12E-04", "CRM-1", "A 123 456", "1234 567", "000.417", "001 234"],
      ...["40.1011", "1,2", "1.10", "12-345", "10.20.30", "40.101 202", "4.93E+11x", "", "1,2,3"],
    ])
      assert.equal(changedNumber(text), undefined, text);
  });
});
