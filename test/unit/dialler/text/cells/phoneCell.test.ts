import assert from "node:assert/strict";
import fc from "fast-check";
import { phoneCell } from "../../../../../src/dialler/text/cells/phoneCell";

const reasonOf = (text: string): string => {
  const cell = phoneCell(text);
  return cell.kind === "fault" ? cell.reason : `${cell.kind} ${cell.value}`;
};

describe("phoneCell", () => {
  it("leaves digits as they are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?[0-9]{1,32}$/), (text) =>
        assert.deepEqual(phoneCell(text), { kind: "value", value: text }),
      ),
    );
  });

  it("takes out what separates the digits, and says so", () => {
    for (const [text, value] of [
      ["030 1234567", "0301234567"],
      ["+49 (171) 5554433", "+491715554433"],
      ["0049 40 / 555-12", "00494055512"],
      ["(030) 123.45.67", "0301234567"],
      ["(+49) 30 1234567", "+49301234567"],
      ["+33\u00a01\u202f23\u200945 67 89", "+33123456789"],
      ["030\u20111234\u20135\u22126", "030123456"],
      ["\u202d+49 171 5554433\u202c", "+491715554433"],
      ["tel:+49-171-5554433", "+491715554433"],
      ["600 123 456", "600123456"],
      ["600.123.456", "600123456"],
      ["044/123 45 67", "0441234567"],
      ["(0)30 1234567", "0301234567"],
      [" 112 ", "112"],
    ] as const)
      assert.deepEqual(phoneCell(text), { kind: "value", value, converted: true }, text);
  });

  it("gives the digits back, wherever separators were put between them", () => {
    const separators = fc.constantFrom("", "", " ", "\u00a0", "\u202f", "-", "\u2010", "\u2013", " - ", "  ");
    fc.assert(
      fc.property(
        fc.constantFrom("", "+", "00", "0"),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), separators), { minLength: 3, maxLength: 15 }),
        fc.constantFrom(["", ""], ["(", ") "], ["", "/"], ["", "."]),
        (prefix, parts, [before, after]) => {
          const digits = parts.map(([digit]) => digit).join("");
          const [area, rest] = [parts.slice(0, 2), parts.slice(2)];
          const joined = (some: typeof parts): string => some.map(([digit, by]) => `${digit}${by}`).join("");
          // A zero in brackets after a country code, or a short end after a slash, means something else.
          fc.pre(!(before === "(" && prefix !== "" && digits.startsWith("0")));
          const isPrefixed = prefix !== "" || digits.startsWith("0");
          const restDigits = rest.map(([digit]) => digit).join("");
          // A slash stands behind a prefix, which begins with a plus or zero, and not before another one.
          fc.pre(after !== "/" || (isPrefixed && rest.length > 3 && !restDigits.startsWith("0")));
          fc.pre(!(after === "." && /^0+$/.test(digits.slice(2))));
          const text = `${prefix}${before}${area.map(([digit]) => digit).join("")}${after}${joined(rest)}`;
          fc.pre(
            !/^\d+-\d+-\d+$/.test(text.trim()) && (prefix + digits).replace(/^(\+|00)/, "").length <= 15,
          );
          const cell = phoneCell(text);
          assert.deepEqual(
            [cell.kind, cell.kind === "value" ? cell.value : cell.reason],
            ["value", prefix + digits],
            text,
          );
        },
      ),
    );
  });

  it("refuses what may be another number than the digits spell", () => {
    for (const [text, reason] of [
      ["+49 (0) 30 1234567", /zero in brackets/],
      ["+49(0)30 1234567", /zero in brackets/],
      ["0049 (030) 1234567", /zero in brackets/],
      ["(+49) (0)30 1234567", /zero in brackets/],
      ["040 555-12/13", /second extension/],
      ["0171 1 / 0172 2", /more than one/],
      ["112 / 110", /more than one/],
      ["040 123456 / 0171 555443", /more than one/],
      ["040 1234567 0171 5554433", /more than one/],
      ["030 1234 / 030 123", /more than one/],
      ["24.12.2026", /date/],
      ["2026-12-24", /date/],
      ["12/24/2026", /date/],
      ["++49171", /plus/],
      ["+49+171", /plus/],
      ["49+171", /plus/],
      ["030 1234567\n0171 5554433", /line break/],
      ["030 1234567, 0171 5554433", /comma/],
      ["4,930,123,456", /comma/],
      ["4'930'123", /other than digits/],
      ["030 1234567 ext. 12", /letters/],
      ["030 1234567x12", /letters/],
      ["030 555 DW 12", /letters/],
      ["call me", /letters/],
      ["4,93E+11", /shortened/],
      ["4.93E+11", /shortened/],
      ["493012345678.0", /has changed/],
      ["493012345678,00", /has changed/],
      ["-5554555", /has changed/],
      ["０３０", /other than digits/],
      ["030#12", /other than digits/],
      ["030*12", /other than digits/],
      ["030 12\u202e34", /other than digits/],
      ["+", /no digits/],
      ["()", /no digits/],
      ["NULL", /missing/],
      ["#N/A", /error value/],
      ["030\ufffd1", /U\+FFFD/],
      ["030\0", /NUL/],
      [`030${" ".repeat(500)}1`, /too long/],
    ] as const)
      assert.match(reasonOf(text), reason, text);
  });

  it("gives nothing but digits and a leading plus", () => {
    const unit = fc.constantFrom(...Array.from("0123456789+-()/. ,;xE\u00a0\u200b\u202e\n\0٣１"));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: "binary" })), (text) => {
        const cell = phoneCell(text);
        if (cell.kind === "fault") return;
        assert.match(cell.value, /^(\+?[0-9]+)?$/);
        assert.equal(cell.value.replace("+", ""), text.replace(/[^0-9]/g, ""));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes a blank cell for no number", () => {
    assert.deepEqual(phoneCell(""), { kind: "value", value: "" });
    assert.deepEqual(phoneCell(" \u00a0"), { kind: "value", value: "", converted: true });
  });
});
