import assert from "node:assert/strict";
import { missingKey, missingValue } from "../../../../../src/dialler/text/cells/errorWords";

describe("missingValue", () => {
  it("tells a spreadsheet's error from a program's missing value", () => {
    assert.match(missingValue(" #REF! ") ?? "", /error value/);
    assert.match(missingValue("#") ?? "", /error value/);
    assert.match(missingValue("NULL") ?? "", /missing value/);
    assert.equal(missingValue("Null"), undefined);
    assert.equal(missingValue(""), undefined);
  });
});

describe("missingKey", () => {
  it("also refuses words that are surnames", () => {
    for (const word of ["Null", "None", "none"]) {
      assert.match(missingKey(word) ?? "", /missing value/);
      assert.equal(missingValue(word), undefined);
    }
  });
});
