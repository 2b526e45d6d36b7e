import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../../src/dialler/api/record/contact";
import {
  campaignCounts,
  finalSentence,
  listOf,
  placeText,
  unkeptButton,
} from "../../../../../src/editor/commands/ask/confirmWords";
import { leftOutText, previewText } from "../../../../../src/editor/commands/ask/preview";

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

  it("isolates a name that is written from right to left, so that its ID stays behind it", () => {
    const titles = listOf([contactFromRecord({ ID: 9, Name: "\u202eלוי" })], { masked: false });
    assert.deepEqual(titles, ["\u2068לוי\u2069 #9"]);
  });

  it("promises that a contact can be re-created only where it can", () => {
    assert.match(finalSentence({ days: 14 }, 1), /can be re-created/);
    const sentence = finalSentence({ days: 14 }, 1, false);
    assert.doesNotMatch(sentence, /re-created/);
    assert.match(sentence, /kept on this computer for 14 days/);
  });

  it("speaks of one contact and of several in the right number", () => {
    assert.match(
      finalSentence({ days: 14 }, 1),
      /^The contact .* to it are .* Its record is kept .* 14 days\./,
    );
    assert.match(
      finalSentence({ days: 1 }, 3),
      /^The contacts .* to them are .* Their records are .* 1 day\./,
    );
    assert.match(finalSentence("notKept", 3), /Their records are not kept\.$/);
  });

  it("gives a deletion that keeps no record a button of its own", () => {
    assert.equal(unkeptButton(1), "Delete for Good, Keep No Record");
    assert.equal(unkeptButton(16), "Delete 16 for Good, Keep No Record");
  });

  it("says how many of how many, and who was left out, up to three of them", () => {
    const place = { endpoint: "test", production: false, masked: false, campaignName: () => undefined };
    const named = (ID: number, Name: string) => contactFromRecord({ ID, Name });
    const of = (cleared: readonly string[], ids: readonly number[] = []): string =>
      leftOutText({
        change: "lock",
        place,
        contacts: [named(1, "Abel"), named(2, "Bär")],
        offered: [],
        cleared: cleared.map((name, at) => named(10 + at, name)),
        setAside: ids.map((id) => ({ id, outcome: "notFound" })),
        mayGoUnkept: true,
      });
    assert.equal(of([]), "");
    assert.equal(of(["Bézard"]), "2 of 3; left out: Bézard #10");
    assert.equal(of(["Bézard", "Cohn"], [8]), "2 of 5; left out: Bézard #10; Cohn #11; #8");
    assert.equal(
      of(["Bézard", "Cohn", "Dahl", "Eck"]),
      "2 of 6; left out: Bézard #10; Cohn #11; Dahl #12; 1 more",
    );
    assert.equal(of(["Bézard"], [8, 9, 10]), "2 of 6; left out: Bézard #10; #8; #9; 1 more");
  });

  it("says production once where the endpoint's name is that word", () => {
    const of = (endpoint: string, production: boolean): string => placeText({ endpoint, production });
    assert.deepEqual(
      [of("live", true), of("production", true), of("Production", true), of("test", false)],
      ["live (production)", "production", "Production", "test"],
    );
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
