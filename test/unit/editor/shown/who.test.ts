import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import { namedFrom, whoText } from "../../../../src/editor/shown/who";

const people = [1, 2, 3, 4, 5].map((id) => ({ id, name: `Person ${id}` }));

describe("whoText", () => {
  it("names up to three contacts with their IDs, and tells the count of more", () => {
    assert.equal(whoText(people.slice(0, 1)), "Person 1 #1");
    assert.equal(whoText(people.slice(0, 3)), "Person 1 #1; Person 2 #2; Person 3 #3");
    assert.equal(whoText(people), "5 contacts");
  });

  it("names three and counts the others where the sentence tells the count already", () => {
    assert.equal(whoText(people.slice(0, 1), "count"), "Person 1");
    assert.equal(whoText(people.slice(0, 3), "count"), "Person 1; Person 2; Person 3");
    assert.equal(whoText(people, "count"), "Person 1; Person 2; Person 3 and 2 more");
  });

  it("puts the ID, else the UserData, in the place of a name that is not known", () => {
    for (const beside of [undefined, "count"] as const) {
      assert.equal(whoText([{ id: 7, userData: "CRM-7" }], beside), "#7");
      assert.equal(whoText([{ userData: "CRM-7" }], beside), "“CRM-7”");
      assert.equal(whoText([{}], beside), "an entry without a contact");
    }
  });

  it("tells the ID of a contact without a name once, and one that cannot be sent as it came", () => {
    const named = namedFrom(
      [{ ID: 7 }, { ID: "x-1" }, { ID: 8, Name: "A" }].map((one) => contactFromRecord(one)),
    );
    assert.equal(whoText(named), "#7; #x-1; A #8");
  });

  it("isolates a name that is written from right to left, so that its ID stays behind it", () => {
    assert.equal(
      whoText([
        { id: 5, name: "לוי" },
        { id: 6, name: "Ali" },
      ]),
      "\u2068לוי\u2069 #5; Ali #6",
    );
    assert.equal(whoText([{ id: 5, name: "\u202eלוי\u2066" }], "count"), "\u2068לוי\u2069");
    assert.equal(whoText([{ userData: "א-7" }]), "“\u2068א-7\u2069”");
  });

  it("keeps a name one line of text", () => {
    assert.equal(whoText([{ id: 1, name: "[x](command:a)\n$(b)" }]), "[x]\u2060(command:a) $\u2060(b) #1");
  });
});
