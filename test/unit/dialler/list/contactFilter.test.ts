import assert from "node:assert/strict";
import fc from "fast-check";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import {
  type ContactFilter,
  keptFilterText,
  readFilter,
  userDataFilter,
  wordsFilter,
} from "../../../../src/dialler/list/contactFilter";
import { type FilterContext, filterFields } from "../../../../src/dialler/list/filterFields";
import { ContactList } from "../../../../src/dialler/list/contactList";
import { demoContacts } from "../../../../src/dialler/demo/demoContacts";
import { tableOf } from "../../../support/dialler/tableOf";

const context: FilterContext = {
  campaignName: (id) => (id === 71 ? "Frühjahrsaktion Optik" : undefined),
  isDuplicate: ({ userData, phoneNumbers }, of) =>
    of === "userData" ? userData === "twice" : phoneNumbers.some(({ number }) => number === "222"),
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
  nPhoneNumber1LastCause: 17,
  PhoneNumber2: "+4930123456",
  bPhoneNumber2Invalid: true,
  ExternalSystemLink: "https://crm.example.com/secret",
  dtNextTry: "2026-08-09T10:30:00",
  DiallerCampaignsResultCodesID: 12,
  bLocked: true,
};

/** A Sunday, an hour and a half after the next try above. */
const now = (): number => new Date(2026, 7, 9, 12, 0).getTime();

function filterOf(text: string): ContactFilter {
  const reading = readFilter(text, now);
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
    "company:optik",
    "city:KIEL",
    'name:"müller-weiß"',
    "name:ida",
    "id:40101",
    "id:>40000",
    "email:example.com",
    "next:overdue",
    "next:today",
    "-next:none",
    "next:2026-08",
    "next:2026-08-09",
    "next:2026-08-09T10:30",
    "result:12",
    "-result:none",
    "cause:17",
    "-cause:none",
    "kiel city:",
    '-"no:field"',
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
    "duplicate:phone",
    "company:kiel",
    "city:optik",
    "name:nordlicht",
    "id:4010",
    "email:nordlicht",
    "next:week",
    "next:later",
    "next:none",
    "next:2026-09",
    "result:1",
    "result:none",
    "cause:16",
    "cause:none",
    '"nosuchfield:kiel"',
  ]) {
    it(`does not find it by ${text}`, () => assert.ok(!matches(text)));
  }

  it("asks whether a UserData comes twice", () => {
    assert.deepEqual(filterOf("duplicate:userdata kiel").asksDuplicates, ["userData"]);
    assert.deepEqual(filterOf("kiel").asksDuplicates, []);
    assert.ok(matches("duplicate:userdata", { ...someone, UserData: "twice" }));
  });

  it("says what a field needs if it has another value", () => {
    const texts = ["locked:maybe", "tries:many", "invalid:perhaps", "duplicate:name", "phone:x", "id:x"];
    for (const text of [...texts, "next:soon", "next:2026-8", "result:done", "cause:busy"]) {
      const reading = readFilter(text);
      assert.ok(!reading.ok);
      assert.match(reading.why, /must be|needs/);
    }
  });

  it("asks whether a number comes twice", () => {
    assert.deepEqual(filterOf("duplicate:phone").asksDuplicates, ["phone"]);
    assert.ok(matches("duplicate:phone", { ...someone, PhoneNumber3: "222" }));
  });

  it("tells the times of a next try apart, and reads no time into what is none", () => {
    const at = (dtNextTry: unknown): string[] =>
      ["overdue", "today", "week", "later", "none"].filter((word) =>
        matches(`next:${word}`, { ...someone, dtNextTry }),
      );
    assert.deepEqual(at("2026-08-08T23:59:59"), ["overdue"]);
    assert.deepEqual(at("2026-08-09 12:30:00"), ["today", "week"]);
    assert.deepEqual(at("2026-08-16T11:59:00.500"), ["week"]);
    assert.deepEqual(at("2026-08-16T12:00:00"), ["later"]);
    assert.deepEqual(at(new Date(now() + 60_000).toISOString()), ["today", "week"]);
    assert.deepEqual(at(null), ["none"]);
    assert.deepEqual(at("soon"), []);
    assert.deepEqual(at("2026-13-45T99:00"), []);
  });

  it("names a field that does not exist, and those that do", () => {
    for (const text of ["city2:kiel", "kiel -colour:red", "crm:417", "crm:"]) {
      const reading = readFilter(text);
      assert.ok(!reading.ok, text);
      assert.match(reading.why, /^There is no field (city2|colour|crm):\. Fields: campaign, name, /);
      for (const field of Object.keys(filterFields)) assert.ok(reading.why.includes(field), field);
    }
    for (const text of ["https://crm.example.com/1", "http:", "12:30", '"crm:417"', "City:kiel", "city:"])
      assert.ok(readFilter(text).ok, text);
  });

  it("is no filter when nothing is asked", () => {
    for (const text of ["", "   ", "-", '""', "city:", "-locked:"])
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

describe("keptFilterText", () => {
  const kept: readonly [typed: string, kept: string][] = [
    ["locked:yes brandt", "locked:yes"],
    ["-locked:no Tries:>3", "-locked:no Tries:>3"],
    [
      'invalid:yes duplicate:phone campaign:"Spring 2026"',
      'invalid:yes duplicate:phone campaign:"Spring 2026"',
    ],
    ["Ida Brandt +494315550117 ida@example.com CRM-000417 40101", ""],
    ["name:ida phone:0431 email:ida userdata:CRM-1 id:40101 city:kiel company:optik tag:vip", ""],
    ["next:2026-08-09 next:overdue result:3 cause:17", ""],
    ['"locked:yes" locked:ida tries:Brandt invalid:0431 duplicate:ida', ""],
    ["locked: campaign: changed:yes nosuchfield:kiel", ""],
    ['locked:"yes" x"locked:no"', 'locked:"yes"'],
  ];
  for (const [typed, expected] of kept)
    it(`keeps ${expected === "" ? "nothing" : expected} of ${typed}`, () =>
      assert.equal(keptFilterText(typed), expected));

  it("keeps only what can be read again, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const again = keptFilterText(`${text} locked:yes ${text}`);
        assert.ok(readFilter(again).ok, again);
        assert.equal(keptFilterText(again), again);
      }),
    );
  });
});

describe("the filters of a search", () => {
  const contact = contactFromRecord(someone);

  it("finds by every word of a text, in which colons and quotes mean nothing", () => {
    for (const text of [
      "ida kiel",
      "0049 431/555",
      "+49 431 5550117",
      "CRM-000417",
      "müller",
      "40101",
      " ida ",
    ])
      assert.ok(wordsFilter(text)?.matches(contact, context), text);
    for (const text of ["ida hamburg", "locked:yes", '"ida"', "-hamburg"])
      assert.ok(wordsFilter(text)?.matches(contact, context) === false, text);
    assert.equal(wordsFilter("  "), undefined);
  });

  it("finds a UserData only exactly", () => {
    assert.ok(userDataFilter("CRM-000417").matches(contact, context));
    for (const text of ["crm-000417", "CRM-00041", " CRM-000417", "CRM-0004170"])
      assert.ok(!userDataFilter(text).matches(contact, context), text);
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
        "id:>40300",
        "next:2026",
        "cause:17",
        "result:1",
        "city:i",
        "name:ß",
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
