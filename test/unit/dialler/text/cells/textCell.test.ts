import assert from "node:assert/strict";
import fc from "fast-check";
import { textCell } from "../../../../../src/dialler/text/cells/textCell";

describe("textCell", () => {
  it("leaves every sendable text without a line break as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!/[\n\v\f\r\u0085\u2028\u2029\0]/.test(text));
        assert.deepEqual(textCell(text, "Company", "Firma"), { kind: "value", value: text });
      }),
    );
    assert.deepEqual(textCell("#N/A", "Company", "Firma"), { kind: "value", value: "#N/A" });
  });

  it("allows line breaks in comments and addresses only, and names the column", () => {
    for (const text of ["a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\vb"]) {
      assert.deepEqual(textCell(text, "Comment", "Notizen"), { kind: "value", value: text });
      assert.deepEqual(textCell(text, "Address", "Straße"), { kind: "value", value: text });
      assert.deepEqual(textCell(text, "City", "Ort"), { kind: "fault", reason: "a line break in Ort" });
    }
  });

  it("refuses what cannot be sent", () => {
    assert.equal(textCell("\ud800", "Comment", "Notizen").kind, "fault");
    assert.equal(textCell("a\0", "Comment", "Notizen").kind, "fault");
  });
});
