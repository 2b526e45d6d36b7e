import assert from "node:assert/strict";
import fc from "fast-check";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import {
  type ContactFilter,
  type FilterContext,
  readFilter,
} from "../../../../src/dialler/list/contactFilter";
import { ContactList } from "../../../../src/dialler/list/contactList";
import { demoContacts } from "../../../../src/dialler/demo/demoContacts";
import { tableOf } from "../../../support/dialler/tableOf";

const context: FilterContext = {
  campaignName: (id) => (id === 71 ? "Frühjahrsaktion Optik" : undefined),
  isDuplicate: ({ userData }) => userData === "twice",
};

const someone: WireRecord = {
  ID: 40101,
  DiallerCampaignsID: 71,
  UserData: "CRM-000417",
  Name: "Müller-Weiß",
  FirstName: "Ida",
  Company: "Nordlicht Optik GmbH",
  City: "Kiel",
  Tag: "spring",
  Email: "ida@example.com",
  PhoneNumber1: "0049 431/555-0117",
  nTriesPhoneNumber1: 4,
  PhoneNumber2: "+4930123456",
  bPhoneNumber2Invalid: true,
  ExternalSystemLink: "https://crm.example.com/secret",
  bLocked: true,
};

function filterOf(text: string): ContactFilter {
  const reading = readFilter(text);
  assert.ok(reading.ok && reading.filter !== undefined, text);
  return reading.filter;
}

const matches = (text: string, record: WireRecord = someone): boolean =>
  filterOf(text).matches(contactFromRecord(record), context);

describe("readFilter", () => {
  for (const text of [
    "müller",
    "MULLER",
    "weiss",
    "nordlicht kiel",
    '"optik gmbh"',
    "CRM-000417",
    "40101",
    "spring",
    "ida@example",
    "+49 431 5550117".replace(/ /g, ""),
    "004943155",
    '"+49 431 555"',
    "4930123456",
    "campaign:optik",
    "campaign:71",
    "locked:yes",
    "-locked:no",
    "userdata:000417",
    "phone:030123",
    "phone:(431)555",
    "tag:spring",
    "tries:>3",
    "tries:4",
    "tries:<=4",
    "invalid:yes",
    "-hamburg",
    "http://x -http://x".split(" ")[1] ?? "",
  ]) {
    it(`finds a contact by ${text}`, () => assert.ok(matches(text)));
  }

  for (const text of [
    "hamburg",
    "nordlicht hamburg",
    "secret",
    "-kiel",
    "locked:no",
    "locked:unknown",
    "tries:>4",
    "tries:<4",
    "invalid:no",
    "campaign:7",
    "phone:999",
    "duplicate:userdata",
    "nosuchfield:kiel",
  ]) {
    it(`does not find it by ${text}`, () => assert.ok(!matches(text)));
  }

  it("asks whether a UserData comes twice", () => {
    assert.ok(filterOf("duplicate:userdata").asksDuplicates);
    assert.ok(matches("duplicate:userdata", { ...someone, UserData: "twice" }));
  });

  it("says what a field needs if it has another value", () => {
    for (const text of ["locked:maybe", "tries:many", "invalid:perhaps", "duplicate:name", "phone:x"]) {
      const reading = readFilter(text);
      assert.ok(!reading.ok);
      assert.match(reading.why, /must be|needs/);
    }
  });

  it("is no filter when nothing is asked", () => {
    for (const text of ["", "   ", "-", '""'])
      assert.deepEqual(readFilter(text), { ok: true, filter: undefined });
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const reading = readFilter(text);
        if (reading.ok) reading.filter?.matches(contactFromRecord(someone), context);
      }),
    );
  });
});

const textOf = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

describe("ContactList.filtered", () => {
  const accented = [
    "ÄÖÜäöüß",
    "Ærø ÞÐð",
    "é è ÿ Ÿ",
    "u\u0308ber",
    "Łódź Ç ç Ñ",
    "Weiß",
    "Ångström",
    "STRASSE",
  ];
  const records: readonly WireRecord[] = [
    ...demoContacts(600, 3),
    ...accented.map((Name, index) => ({ ID: 900 + index, Name })),
  ];
  const list = ContactList.of(tableOf(records, 200));
  const never = new AbortController().signal;

  it("finds by bytes exactly those that match as contacts, in the order of the list", async () => {
    const typed = fc.oneof(
      fc.constantFrom(
        "mül",
        "optik kiel",
        "locked:yes",
        "-locked:yes gmbh",
        "49301",
        "tries:>2",
        "crm-0004",
        "ø",
        "n",
        "+49 30",
        "aou",
        "uber",
        "angstrom",
        "weiss",
        "ss",
        "o",
        "y",
        "c",
      ),
      fc.constantFrom(...records.map(({ Name }) => textOf(Name, "x").slice(0, 4))),
      fc.constantFrom(...records.map(({ PhoneNumber1 }) => textOf(PhoneNumber1, "123").slice(1, 6))),
      fc.string({ maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        const reading = readFilter(text);
        if (!reading.ok || reading.filter === undefined) return;
        const { filter } = reading;
        const found = await list.filtered(filter, context, never, () => undefined);
        const expected = list.slice().filter(({ contact }) => filter.matches(contact, context));
        assert.deepEqual(found?.slice(), expected);
      }),
      { numRuns: 60 },
    );
  });

  it("tells of a single match long before the last contact was looked at", async () => {
    let looked = 0;
    const slowly: ContactFilter = {
      ...filterOf("x"),
      searches: [],
      matches: () => {
        const began = performance.now();
        while (performance.now() - began < 1);
        return ++looked === 1;
      },
    };
    const told: [found: number, looked: number][] = [];
    await list.filtered(slowly, context, never, (sofar) => told.push([sofar.count, looked]));
    const [count, lookedAtFirst = Infinity] = told[0] ?? [];
    assert.equal(count, 1);
    assert.ok(lookedAtFirst < list.count / 2, `${lookedAtFirst} of ${list.count}`);
  });

  it("gives nothing when it was cancelled", async () => {
    assert.equal(
      await list.filtered(filterOf("brandt"), context, AbortSignal.abort(), () => undefined),
      undefined,
    );
  });
});
