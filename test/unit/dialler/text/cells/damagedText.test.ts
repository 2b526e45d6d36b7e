import assert from "node:assert/strict";
import { damage, hasLineBreak, unsendable } from "../../../../../src/dialler/text/cells/damagedText";

describe("damage", () => {
  it("finds what a wrong decoding leaves, besides what cannot be sent", () => {
    for (const text of ["\ud800", "\0"]) assert.equal(damage(text), unsendable(text));
    for (const text of ["\ufffd", "\x80", "\x9f"]) {
      assert.ok(damage(text), JSON.stringify(text));
      assert.equal(unsendable(text), undefined);
    }
    for (const text of ["", "Müller", "\u00a0", "\x01", "👍"]) assert.equal(damage(text), undefined);
  });

  it("leaves the next-line control to what looks for line breaks", () => {
    assert.equal(damage("a\x85"), undefined);
    assert.ok(hasLineBreak("a\x85"));
    assert.equal(hasLineBreak("a\tb"), false);
  });
});
