import assert from "node:assert/strict";
import fc from "fast-check";
import { formulaText } from "../../../../../src/dialler/text/cells/formulaText";

describe("formulaText", () => {
  it("reads a formula that is a text", () => {
    assert.deepEqual(formulaText('="000417"'), { text: "000417", markedAsText: true });
    assert.deepEqual(formulaText('="Kurz"'), { text: "Kurz", markedAsText: true });
    assert.deepEqual(formulaText('="a""b"'), { text: 'a"b', markedAsText: true });
    assert.deepEqual(formulaText('=""'), { text: "", markedAsText: true });
  });

  it("leaves other formulas and texts alone", () => {
    for (const text of [
      "000417",
      "=000417",
      '="a"&"b"',
      '="a',
      '="a""',
      '= "a"',
      '"a"',
      "=1+1",
      "",
      '="a"b"',
    ])
      assert.deepEqual(formulaText(text), { text, markedAsText: false });
  });

  it("gives back any text that is written as a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        assert.deepEqual(formulaText(`="${text.replaceAll('"', '""')}"`), { text, markedAsText: true });
      }),
    );
  });
});
