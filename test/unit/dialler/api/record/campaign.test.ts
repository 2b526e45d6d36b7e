import assert from "node:assert/strict";
import { campaignFromRecord } from "../../../../../src/dialler/api/record/campaign";

describe("campaignFromRecord", () => {
  it("reads ID, name and language", () => {
    assert.deepEqual(campaignFromRecord({ ID: 71, Name: "Frühjahr", LanguagesID: 2, x: null }), {
      id: 71,
      name: "Frühjahr",
      languageId: 2,
    });
    assert.deepEqual(campaignFromRecord({ ID: "71", Name: null, LanguagesID: 0 }), {
      id: 71,
      name: "",
      languageId: undefined,
    });
  });

  it("is none without an ID that contacts can be asked for by", () => {
    for (const ID of [null, undefined, 0, -1, 1.5, "x", "../5", true, 2 ** 53]) {
      assert.equal(campaignFromRecord({ ID, Name: "x" }), undefined);
    }
  });
});
