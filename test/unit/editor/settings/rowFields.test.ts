import assert from "node:assert/strict";
import { readRowFields } from "../../../../src/editor/settings/rowFields";
import { settingWords } from "../../../../src/manifest";

describe("readRowFields", () => {
  it("keeps the fields that exist, in their order and each once", () => {
    assert.deepEqual(readRowFields(["phone", "city", "phone", "colour", 7, null, "id"]), [
      "phone",
      "city",
      "id",
    ]);
    assert.deepEqual(readRowFields([...settingWords.rowFields]), settingWords.rowFields);
  });

  it("takes an empty list at its word, and the default for anything else", () => {
    assert.deepEqual(readRowFields([]), []);
    for (const value of [undefined, null, "phone", { 0: "phone" }, 3])
      assert.deepEqual(readRowFields(value), ["userData", "company"]);
  });
});
