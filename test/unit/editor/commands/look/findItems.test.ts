import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../../src/dialler/api/record/contact";
import { foundItems, recentItem } from "../../../../../src/editor/commands/look/findItems";

const place = { endpoint: "test", production: false, masked: false, campaignName: () => undefined };
const ida = contactFromRecord({
  ID: 40101,
  Name: "Brandt",
  FirstName: "Ida",
  Company: "[Optik](command:x)",
  City: "Kiel",
  PhoneNumber1: "+494315550117",
  Email: "ida@example.com",
  UserData: "CRM-000417",
  bLocked: true,
});
const none = { exact: [], matching: [], more: false };

describe("foundItems", () => {
  it("offers exact matches, then others, then the server, and nothing that VS Code would hide", () => {
    const other = contactFromRecord({ ID: 7, Name: "Zorn", UserData: "40101" });
    const items = foundItems("40101", { exact: [ida], matching: [other], more: false }, place);
    assert.deepEqual(
      items.map(({ choice }) => (choice.kind === "loaded" ? choice.id : choice.key)),
      [40101, 7, { kind: "id", id: 40101 }, { kind: "userData", userData: "40101" }],
    );
    assert.ok(items.every(({ alwaysShow }) => alwaysShow === true));
  });

  it("names a contact with what tells it apart, and keeps its text from becoming a link", () => {
    const [item] = foundItems("ida", { ...none, matching: [ida] }, place);
    assert.equal(item?.label, "$(lock) Brandt, Ida");
    assert.match(item.description ?? "", /· Kiel · \+494315550117 · ida@example\.com · CRM-000417 · #40101$/);
    assert.doesNotMatch(item.description ?? "", /\]\(/);
  });

  it("masks numbers and addresses where the mask is on", () => {
    const [item] = foundItems("ida", { ...none, matching: [ida] }, { ...place, masked: true });
    assert.doesNotMatch(item?.description ?? "", /4315550|ida@/);
    assert.match(item?.description ?? "", /CRM-000417 · #40101$/);
  });

  it("offers no contact whose ID cannot be sent", () => {
    const contact = contactFromRecord({ ID: "x", Name: "Ida" });
    const items = foundItems("ida", { ...none, matching: [contact] }, place);
    assert.deepEqual(
      items.map(({ choice }) => choice),
      [{ kind: "asked", key: { kind: "userData", userData: "ida" } }],
    );
    assert.deepEqual(foundItems(" ", none, place), []);
  });

  it("keeps what was typed out of the labels, by which VS Code would sort the items", () => {
    for (const { label } of foundItems("40101", none, place)) assert.equal(label, "$(cloud)");
    const find = { baseUrl: "x", key: { kind: "id", id: 7 }, label: "Zorn" } as const;
    const item = recentItem(find, (text) => text.toUpperCase());
    assert.deepEqual([item.label, item.description], ["$(history) ZORN", "ID 7"]);
  });
});
