import assert from "node:assert/strict";
import { commonOrder, documentText } from "../../../../../src/editor/view/document/recordText";

const redact = (text: string) => text.replaceAll("SECRET", "***");
const membersOf = (text: string) => Object.keys(JSON.parse(text) as object);

describe("documentText", () => {
  it("is JSON with the identifying members first, then those with a value, then the empty ones", () => {
    const text = documentText(
      { Tag: null, City: "Kiel", Name: "Brandt", Email: "", ID: 1, nTries: 0, UserData: null },
      redact,
    );
    assert.deepEqual(membersOf(text), ["ID", "UserData", "Name", "City", "nTries", "Tag", "Email"]);
    assert.ok(text.endsWith("}\n"));
  });

  it("holds no token in any depth", () => {
    const text = documentText({ ID: 1, a: "SECRET", b: [{ c: "x SECRET" }] }, redact);
    assert.deepEqual(JSON.parse(text), { ID: 1, a: "***", b: [{ c: "x ***" }] });
  });
});

describe("commonOrder", () => {
  it("puts the members of two records into one order, those with a value in either before the empty ones", () => {
    const left = { Tag: "x", ID: 1, City: null, Name: "A", Own: null };
    const right = { City: "Kiel", Name: "B", Tag: null, ID: 2, Other: 1 };
    const order = commonOrder([left, right]);
    assert.deepEqual(order, ["ID", "Name", "Tag", "City", "Other", "Own"]);
    assert.deepEqual(membersOf(documentText(left, redact, order)), ["ID", "Name", "Tag", "City", "Own"]);
    assert.deepEqual(membersOf(documentText(right, redact, order)), ["ID", "Name", "Tag", "City", "Other"]);
  });

  it("keeps a member that came later at the end", () => {
    const order = commonOrder([{ ID: 1, a: 1 }]);
    assert.deepEqual(membersOf(documentText({ z: 1, ID: 1, a: 1 }, redact, order)), ["ID", "a", "z"]);
  });
});
