import assert from "node:assert/strict";
import { ResultWords } from "../../../../../src/editor/view/document/resultWords";

const place = "https://one.example/rest/v1.0/1/";

describe("ResultWords", () => {
  it("knows the codes that records and their calls have explained, on their server alone", () => {
    const words = new ResultWords();
    const call = {
      StatisticsPartA: {
        DiallerCampaignsResultCodesID: 502,
        DiallerCampaignsResultCodes: { Content: "Busy" },
      },
    };
    const record = {
      DiallerCampaignsResultCodesID: 503,
      DiallerCampaignsResultCodes: { ID: 503, Content: "Not reached" },
      DiallerContactsHistory: [call, null, "odd"],
    };
    assert.equal(words.note(place, record), true);
    assert.equal(words.note(place, record), false, "nothing new the second time");
    assert.deepEqual(
      [503, 502, 501].map((id) => words.of(place, id)),
      ["Not reached", "Busy", undefined],
    );
    assert.equal(words.of("https://two.example/rest/v1.0/1/", 503), undefined);
  });

  it("learns nothing from records without words", () => {
    const words = new ResultWords();
    for (const record of [{}, { DiallerCampaignsResultCodesID: 503 }, { DiallerContactsHistory: "x" }])
      assert.equal(words.note(place, record), false);
    assert.equal(words.of(place, 503), undefined);
  });
});
