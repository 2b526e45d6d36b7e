import assert from "node:assert/strict";
import fc from "fast-check";
import { asRead, hasInvisibleSigns, visible } from "../../../../../src/dialler/text/cells/visible";
import { withoutInvisible } from "../../../../../src/dialler/api/record/invisible";

describe("visible", () => {
  it("writes out what cannot be seen or looks like a blank", () => {
    for (const [text, shown] of [
      ["CRM-1\u00a0", "CRM-1⟨U+00A0⟩"],
      ["\ufeffCRM\u202f1", "⟨U+FEFF⟩CRM⟨U+202F⟩1"],
      ["a\0b\u00adc\u200bd\u202ee", "a⟨U+0000⟩b⟨U+00AD⟩c⟨U+200B⟩d⟨U+202E⟩e"],
      ["a\x1b[1mb\x85\t", "a⟨U+001B⟩[1mb⟨U+0085⟩⟨U+0009⟩"],
      ["M\ufffdller \ud83d!", "M⟨U+FFFD⟩ller ⟨U+D83D⟩!"],
      ["a\u{e0041}", "a⟨U+E0041⟩"],
    ] as const)
      assert.equal(visible(text), shown);
  });

  it("leaves every other text alone", () => {
    for (const text of ["", "CRM 000417", "Müller-Weiß, Änne", "花子", "👍🏽", "it's “so”"])
      assert.equal(visible(text), text);
  });

  it("leaves nothing that is removed where texts are shown", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(withoutInvisible(visible(text)), visible(text));
        assert.ok(visible(text).isWellFormed());
      }),
    );
  });
});

describe("asRead", () => {
  it("has no invisible signs, and keeps what can be read", () => {
    assert.equal(asRead("\u00a0CRM\u00a01\u200b\ufeff "), "CRM 1");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(hasInvisibleSigns(asRead(text)), false);
      }),
    );
  });
});
