import assert from "node:assert/strict";
import fc from "fast-check";
import { exactJson, numberText } from "../../../../../src/dialler/api/record/exactJson";

describe("exactJson", () => {
  it("keeps every digit of a number that JavaScript would round", () => {
    const text =
      '{"a":12345678901234567890,"b":[-98765432109876543],"c":0.12345678901234567890,"d":1234567890.1234567890e5}';
    assert.deepEqual(exactJson(text), {
      a: "12345678901234567890",
      b: ["-98765432109876543"],
      c: "0.12345678901234567890",
      d: "1234567890.1234567890e5",
    });
  });

  it("leaves numbers as numbers that are kept whole", () => {
    const text =
      "[9007199254740991,40101,-0.5,1e3,1.50,0,123456789012345,0.000000000000000000001,1.000000000000000000000,5e-324]";
    assert.deepEqual(exactJson(text), JSON.parse(text));
  });

  it("keeps the digits of what is too large, too small or between two numbers", () => {
    for (const token of ["1e999", "-1E400", "1e-400", "1.00000000000000001", "12345678.9012345678"]) {
      assert.deepEqual(exactJson(`[${token},"1e999"]`), [token, "1e999"]);
    }
  });

  it("takes the 17 digits that a server prints of a fraction for the fraction", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        if (Number.isInteger(number)) return;
        const text = number.toPrecision(17);
        assert.equal(exactJson(text), number);
      }),
    );
    // Of a whole number, each digit counts.
    assert.equal(exactJson("36028797018963968"), "36028797018963968");
  });

  it("writes a number as the record has it", () => {
    for (const token of ["1e999", "1.50", "12345678901234567890", "1e20", "-0", "0.10000000000000001"]) {
      assert.equal(numberText(token), String(exactJson(token)));
    }
  });

  it("changes nothing in a string, whatever stands in it", () => {
    const text = String.raw`["12345678901234567890","\" 12345678901234567890","\\",12345678901234567890]`;
    assert.deepEqual(exactJson(text), [
      "12345678901234567890",
      '" 12345678901234567890',
      "\\",
      "12345678901234567890",
    ]);
  });

  it("is JSON.parse for every value that JavaScript can write", () => {
    const beside = fc.constantFrom("", "1234567890123456");
    fc.assert(
      fc.property(fc.jsonValue(), beside, (value, digits) => {
        const text = JSON.stringify([value, digits]);
        assert.deepEqual(exactJson(text), JSON.parse(text));
      }),
    );
  });

  it("makes nothing valid that is not", () => {
    const pieces = fc.constantFrom(
      "12345678901234567890",
      '"',
      "\\",
      "[",
      "]",
      "{",
      "}",
      ":",
      ",",
      "-",
      "0",
      "x",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (some) => {
        const text = some.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) assert.doesNotThrow(() => exactJson(text));
        else assert.throws(() => exactJson(text), SyntaxError);
      }),
      { numRuns: 2000 },
    );
  });
});
