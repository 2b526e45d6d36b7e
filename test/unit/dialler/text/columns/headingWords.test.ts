import assert from "node:assert/strict";
import { headingWords, plainHeading } from "../../../../../src/dialler/text/columns/headingWords";

describe("headingWords", () => {
  it("ignores case, accents, signs and the way words are joined", () => {
    assert.deepEqual(headingWords("Straße (geschäftlich) *"), ["strasse", "geschaeftlich"]);
    assert.deepEqual(headingWords("Phone 1 - Value"), ["phone", "1", "value"]);
    for (const heading of [
      "Last Name",
      "LastName",
      "LAST_NAME",
      "last-name:",
      "\ufefflast name",
      "Lást Name",
    ])
      assert.equal(plainHeading(heading), "lastname", heading);
    for (const heading of ["Nächster Anruf", "Naechster Anruf", "Na\u0308chster-Anruf"])
      assert.equal(plainHeading(heading), "naechsteranruf", heading);
    assert.deepEqual(headingWords(" -/ "), []);
  });
});
