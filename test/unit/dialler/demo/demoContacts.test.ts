import assert from "node:assert/strict";
import { demoCampaigns } from "../../../../src/dialler/demo/demoCampaigns";
import { demoCountries } from "../../../../src/dialler/demo/demoCountries";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { demoContact, demoContacts, inWireOrder } from "../../../../src/dialler/demo/demoContacts";

describe("demoContacts", () => {
  const people = demoContacts();

  it("invents 400 contacts, the same for the same seed", () => {
    assert.equal(people.length, 400);
    assert.deepEqual(demoContacts(), people);
    assert.notDeepEqual(demoContacts(400, 2), people);
    assert.deepEqual(demoContacts(20), people.slice(0, 20));
    assert.deepEqual(demoContact(300_000, 5), demoContact(300_000, 5));
  });

  it("begins with the contact that the API's page shows", () => {
    const first = people[0];
    assert.ok(first);
    assert.deepEqual(
      [first.ID, first.DiallerCampaignsID, first.UserData, first.Name, first.City, first.PhoneNumber1],
      [40101, 71, "CRM-000417", "Brandt", "Kiel", "494315550117"],
    );
  });

  it("gives every contact all members in one order, most of them null", () => {
    const members = Object.keys(people[0] ?? {});
    assert.ok(members.length >= 105 && members.length <= 115);
    assert.equal(new Set(members).size, members.length);
    for (const record of people) assert.deepEqual(Object.keys(record), members);
    const nulls = people.reduce(
      (sum, record) => sum + Object.values(record).filter((value) => value === null).length,
      0,
    );
    assert.ok(nulls / people.length > members.length / 2);
    for (const number of [1, 2, 3, 4, 5, 6]) {
      for (const member of [
        `nTriesPhoneNumber${number}`,
        `bPhoneNumber${number}Invalid`,
        `nPhoneNumber${number}LastCause`,
        `PhoneNumber${number}LastAcdAgentEndReasonsID`,
      ]) {
        assert.ok(members.includes(member), member);
      }
    }
  });

  it("takes only its own members into a record", () => {
    const record = inWireOrder({ Name: "A" }, { Name: "B", Nickname: "C", toString: "D" });
    assert.deepEqual([record.Name, Object.keys(record).length], ["B", Object.keys(people[0] ?? {}).length]);
  });

  it("puts every contact into one of five campaigns and fills each", () => {
    const known = demoCampaigns().map(({ ID }) => ID);
    assert.equal(known.length, 5);
    assert.deepEqual(new Set(people.map(({ DiallerCampaignsID }) => DiallerCampaignsID)), new Set(known));
  });

  it("keeps the odd data in a campaign of its own, the last one, and ordinary people in the others", () => {
    assert.deepEqual([demoCampaigns().at(-1)?.ID, demoCampaigns().at(-1)?.Name], [75, "Odd data"]);
    const isOrdinary = ({ Name, Company, Comment, UserData, ExternalSystemLink }: WireRecord): boolean =>
      /^\p{L}[\p{L}\p{M} .'’־-]{0,30}$/u.test(String(Name)) &&
      !/^[=+@-]/.test(String(Company)) &&
      !/[<>\u001b\u2028]|.{200}/u.test(String(Comment)) &&
      /^(null|CRM-\d{6})$/.test(String(UserData)) &&
      /^(null|https?:\/\/crm\.example\.com\/c\/\d+)$/.test(String(ExternalSystemLink));
    const odd = people.filter(({ DiallerCampaignsID }) => DiallerCampaignsID === 75);
    assert.equal(odd.length, 27);
    const others = people.filter((record) => !odd.includes(record));
    assert.deepEqual(
      others.filter((record) => !isOrdinary(record)).map(({ ID, Name }) => [ID, Name]),
      [],
    );
    assert.ok(odd.filter((record) => !isOrdinary(record)).length > 15);
  });

  it("locks about one contact in twelve", () => {
    const many = demoContacts(5000).filter(({ bLocked }) => bLocked === true).length;
    assert.ok(many > 5000 * 0.06 && many < 5000 * 0.1, String(many));
  });

  it("shares some UserData between two and three contacts, and leaves some out", () => {
    const sizes = new Map<unknown, number>();
    for (const { UserData } of people) sizes.set(UserData, (sizes.get(UserData) ?? 0) + 1);
    const nobody = sizes.get(null) ?? 0;
    sizes.delete(null);
    assert.ok(nobody > 10 && nobody < 40);
    assert.deepEqual([...sizes.values()].filter((size) => size > 1).toSorted(), [2, 2, 3]);
  });

  it("uses no number that could be somebody's, and no mail address outside the example domains", () => {
    const patterns = demoCountries
      .flatMap(({ numbers }) => numbers)
      .map((pattern) => new RegExp(`^\\+?${pattern.replaceAll("#", "[0-9]")}$`));
    const odd = new Set(["494315550117", "tel:*21*4930231250", "n/a"]);
    for (const record of demoContacts(3000)) {
      for (const member of ["PhoneNumber1", "PhoneNumber2", "PhoneNumber3", "FaxNumber"]) {
        const number = record[member];
        if (typeof number !== "string" || odd.has(number)) continue;
        assert.ok(
          patterns.some((pattern) => pattern.test(number)),
          number,
        );
      }
      assert.match(String(record.Email), /^(null|[a-z0-9.]+@example\.(com|org|net))$/);
      assert.match(String(record.AccountIBAN), /^(null|DE00[0-9]{18})$/);
    }
  });

  it("keeps within the lengths that the server documents, so that each can be imported again", () => {
    for (const record of people) {
      for (const member of ["UserData", "Name", "FirstName", "Company", "Address", "City", "Country"]) {
        assert.ok(String(record[member]).length <= 64, `${member} of ${String(record.ID)}`);
      }
      for (const member of ["PhoneNumber1", "PhoneNumber2"]) assert.ok(String(record[member]).length <= 32);
      assert.ok(String(record.PostalCode).length <= 10);
    }
  });

  it("writes the next try in the four formats of the product", () => {
    const shapes = new Set(people.map(({ dtNextTry }) => String(dtNextTry).replace(/[0-9]/g, "9")));
    assert.deepEqual(
      shapes,
      new Set([
        "null",
        "9999-99-99T99:99:99.999",
        "9999-99-99T99:99:99.999999Z",
        "9999-99-99T99:99:99",
        "9999-99-99 99:99:99",
      ]),
    );
  });

  it("has numbers known to be invalid, external links of both kinds, and a contact without any number", () => {
    const some = (member: string, test: RegExp) => people.some((record) => test.test(String(record[member])));
    assert.ok(some("bPhoneNumber1Invalid", /^(true|1)$/));
    assert.ok(some("ExternalSystemLink", /^https:/) && some("ExternalSystemLink", /^http:/));
    assert.ok(people.some(({ PhoneNumber1 }) => PhoneNumber1 === null));
  });

  it("holds what a hostile import may have left", () => {
    const texts = JSON.stringify(people);
    for (const text of [
      "[x](command:workbench.action.quit)",
      "$(trash) A",
      "=HYPERLINK(",
      "<img src=x>",
      "javascript:alert(1)",
      "__proto__",
      "\u202e",
      "\u200b",
      "\\u001b[31m",
      "Weber\\n2026-01-01",
    ]) {
      assert.ok(texts.includes(text), text);
    }
  });

  it("keeps towns and their postal codes apart", () => {
    const places = new Map(demoContacts(3000).map(({ City, PostalCode }) => [City, PostalCode]));
    assert.deepEqual(
      [
        "London",
        "Manchester",
        "Leeds",
        "Warszawa",
        "Frankfurt am Main",
        "Αθήνα",
        "Göteborg",
        "東京",
        "New York",
      ].map((city) => places.get(city)),
      ["SW1A", "M1 1AE", "LS1 4AP", "00-001", "60311", "104 31", "411 03", "100-0001", "10001"],
    );
  });
});
