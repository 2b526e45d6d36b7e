import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../../src/dialler/api/record/contact";
import { campaignCounts, finalSentence, listOf } from "../../../../../src/editor/commands/ask/confirmWords";
import { previewText } from "../../../../../src/editor/commands/ask/preview";

const contact = contactFromRecord({ ID: 8, Name: "Ida +49 431 5550117", Email: "ida@example.com" });

function textsOf(masked: boolean): string[] {
  const place = { endpoint: "test", production: false, masked, campaignName: () => undefined };
  const rest = { offered: [], setAside: [], mayGoUnkept: true };
  return [
    ...listOf([contact], place),
    previewText({ change: "delete", place, contacts: [contact], ...rest }),
  ];
}

describe("what is asked before contacts are changed", () => {
  it("shows a number in a name masked while the mask is on, and the ID always", () => {
    for (const masked of [false, true])
      for (const text of textsOf(masked)) {
        assert.equal(text.includes("5550117"), !masked, text);
        assert.match(text, /#8/);
      }
  });

  it("promises that a contact can be made anew only where it can", () => {
    assert.match(finalSentence({ days: 14 }), /can be made anew/);
    const sentence = finalSentence({ days: 14 }, false);
    assert.doesNotMatch(sentence, /made anew/);
    assert.match(sentence, /kept on this computer for 14 days/);
  });

  it("counts one contact of a campaign as one", () => {
    const place = { endpoint: "test", production: false, masked: false, campaignName: () => "Spring" };
    const of = (id: number, campaign: number) => contactFromRecord({ ID: id, DiallerCampaignsID: campaign });
    assert.deepEqual(campaignCounts([of(1, 71), of(2, 72), of(3, 72)], place), [
      "Campaign: Spring #71: 1 contact",
      "Campaign: Spring #72: 2 contacts",
    ]);
  });
});
