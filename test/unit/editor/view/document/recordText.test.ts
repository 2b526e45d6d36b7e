import assert from "node:assert/strict";
import fc from "fast-check";
import { demoContact } from "../../../../../src/dialler/demo/demoContacts";
import { commonOrder, groupOf } from "../../../../../src/editor/view/document/recordOrder";
import { documentText, emptyTail } from "../../../../../src/editor/view/document/recordText";

const redact = (text: string) => text.replaceAll("SECRET", "***");
const membersOf = (text: string) => Object.keys(JSON.parse(text) as object);
const mixed = {
  Region: null,
  AccountIBAN: "DE00",
  Zulu: 1,
  City: "Kiel",
  PhoneNumber2: "2",
  nPhoneNumber1LastCause: 17,
  bLocked: false,
  dtNextTry: "2026-03-04T10:00:00",
  Name: "Brandt",
  Alpha: 2,
  PhoneNumber1: "1",
  DiallerCampaignsResultCodesID: 504,
  nTriesPhoneNumber1: 0,
  Email: "",
  ID: 1,
  UserData: null,
};

describe("documentText", () => {
  it("groups who, dialling, lock and result, business, unknown members, bank data, and what has no value", () => {
    assert.equal(
      documentText(mixed, redact),
      `{
  "ID": 1,
  "Name": "Brandt",

  "PhoneNumber1": "1",
  "nTriesPhoneNumber1": 0,
  "nPhoneNumber1LastCause": 17,
  "PhoneNumber2": "2",
  "dtNextTry": "2026-03-04T10:00:00",

  "bLocked": false,
  "DiallerCampaignsResultCodesID": 504,

  "City": "Kiel",

  "Alpha": 2,
  "Zulu": 1,

  "AccountIBAN": "DE00",

  "UserData": null,
  "Email": "",
  "Region": null
}
`,
    );
  });

  it("is the same text whatever the order in which the server writes the members", () => {
    const text = documentText(mixed, redact);
    const reversed = Object.fromEntries(Object.entries(mixed).reverse());
    assert.equal(documentText(reversed, redact), text);
  });

  it("puts the member that the setting names beside the result, as the lock", () => {
    assert.equal(groupOf("bBlocked", ""), "unknown");
    assert.equal(groupOf("bBlocked", "bBlocked"), "result");
  });

  it("stays JSON with every member, whatever a server sends", () => {
    const json = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>("a\u2028b\nc", ["\u2028", { a: "\r" }]));
    const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "1", "a\nb", "\u2028"));
    fc.assert(
      fc.property(fc.array(fc.tuple(names, json)), (members) => {
        const record = Object.fromEntries(members);
        const read: unknown = JSON.parse(documentText(record, (text) => text));
        assert.deepEqual(read, JSON.parse(JSON.stringify(record)));
      }),
    );
  });

  it("holds no token in any depth", () => {
    const text = documentText({ ID: 1, a: "SECRET", b: [{ c: "x SECRET" }], SECRET: 1 }, redact);
    assert.deepEqual(JSON.parse(text), { ID: 1, a: "***", b: [{ c: "x ***" }], "***": 1 });
  });
});

describe("commonOrder", () => {
  it("puts two records into one order, a member with a value in either before those without", () => {
    const left = { Tag: "x", ID: 1, City: null, Name: "A", Own: null };
    const right = { City: "Kiel", Name: "B", Tag: null, ID: 2, Other: 1 };
    const order = commonOrder([left, right]);
    const membersIn = (record: typeof left | typeof right) =>
      membersOf(documentText(record, redact, "", order));
    assert.deepEqual(membersIn(left), ["ID", "Name", "City", "Tag", "Own"]);
    assert.deepEqual(membersIn(right), ["ID", "Name", "City", "Tag", "Other"]);
  });

  it("keeps a member that came later at the end", () => {
    const order = commonOrder([{ ID: 1, a: 1 }]);
    assert.deepEqual(membersOf(documentText({ z: 1, ID: 1, a: 1 }, redact, "", order)), ["ID", "a", "z"]);
  });
});

describe("emptyTail", () => {
  it("is exactly the lines of the members without a value", () => {
    const text = documentText(demoContact(0), redact);
    const tail = emptyTail(text);
    const folded = text.split("\n").slice(tail?.start, (tail?.end ?? 0) + 1);
    const expected = Object.entries(demoContact(0)).filter(([, value]) => value === null || value === "");
    assert.ok(folded.length > 20 && folded.length === expected.length);
    assert.ok(folded.every((line) => /": (null|""),?$/.test(line)));
    assert.ok(!text.split("\n").slice(0, tail?.start).join("\n").includes(": null"));
  });

  it("is nothing where there is nothing to fold, and takes no text for a member", () => {
    assert.equal(emptyTail("{}\n"), undefined);
    assert.equal(emptyTail(documentText({ ID: 1, Tag: null }, redact)), undefined);
    assert.equal(emptyTail(documentText({ ID: 1, Tag: 'x": null,' }, redact)), undefined);
  });
});
