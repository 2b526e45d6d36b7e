import assert from "node:assert/strict";
import fc from "fast-check";
import type { Contact } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { ContactList } from "../../../../src/dialler/list/contactList";
import { orderRows, type SortBy, sortOrders } from "../../../../src/dialler/list/contactOrder";
import { tableOf } from "../../../support/dialler/tableOf";

async function sorted(records: readonly WireRecord[], sortBy: SortBy, reversed = false): Promise<Contact[]> {
  const list = await ContactList.of(tableOf(records)).sorted((table, rows, lockAt) =>
    orderRows(table, rows, lockAt, { sortBy, reversed }),
  );
  return list.slice().map(({ contact }) => contact);
}

const ids = async (records: readonly WireRecord[], by: SortBy, reversed = false): Promise<string[]> => {
  return (await sorted(records, by, reversed)).map(({ idText }) => idText);
};

/** Contacts as a hostile server would send them. */
const anyRecord = fc.record({
  ID: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom(null, 0, "x", 1.5)),
  Name: fc.oneof(fc.constantFrom("Abel", "abel", "Äbel", "Zorn", "", null), fc.string()),
  Company: fc.oneof(fc.constant(null), fc.string()),
  dtNextTry: fc.constantFrom(
    ...[null, "2026-01-01T00:00:00", "2026-01-02 00:00", "2026-01-01T23:00:00Z", "2026-01-02T00:30+02:00"],
    ...["soon", "2026-02-30", " "],
  ),
  bLocked: fc.constantFrom(true, false, null, "?"),
});

describe("orderRows", () => {
  it("orders by name: umlauts beside their vowels, case of no weight, numbers by value, equals by ID", async () => {
    const found = await ids(
      [
        { ID: 1, Name: "Zorn" },
        { ID: 2, Name: "Österreich" },
        { ID: 3, Name: "ostsee" },
        { ID: 4, Name: "Ärger" },
        { ID: 5, Name: "Arm" },
        { ID: 6, Name: "Team 10" },
        { ID: 7, Name: "Team 9" },
        { ID: 9, Name: "Arm" },
        { ID: 8, Name: "Arm" },
      ],
      "name",
    );
    assert.deepEqual(found, ["4", "5", "8", "9", "2", "3", "7", "6", "1"]);
  });

  it("orders names that differ in case and accents only by ID, whichever comes first", async () => {
    const alike = ["abel", "Äbel", "ABEL", "Abel"].map((Name, index) => ({ ID: 9 - index, Name }));
    assert.deepEqual(await ids(alike, "name"), ["6", "7", "8", "9"]);
    assert.deepEqual(
      await ids(
        alike.map(({ ID, Name }) => ({ ID, Company: Name })),
        "company",
      ),
      ["6", "7", "8", "9"],
    );
  });

  it("orders by first name where the last name is the same, and puts contacts without any name last", async () => {
    const found = await ids(
      [
        { ID: 5 },
        { ID: 1, Name: "Berg", FirstName: "Uta" },
        { ID: 2, Name: "Berg", FirstName: "Ali" },
        { ID: 3, Company: "Acme" },
        { ID: 4, Name: "  " },
      ],
      "name",
    );
    assert.deepEqual(found, ["3", "2", "1", "4", "5"]);
  });

  it("orders by ID as numbers, those that cannot be used last", async () => {
    const found = await ids([{ ID: 100 }, { ID: "x" }, { ID: 9 }, { ID: "20" }, { ID: null }], "id");
    assert.deepEqual(found, ["9", "20", "100", "x", "?"]);
  });

  it("orders the newest first, by the highest ID", async () => {
    const some = [{ ID: 100 }, { ID: "x" }, { ID: 9 }, { ID: "20" }, { ID: null }];
    assert.deepEqual(await ids(some, "newest"), ["100", "20", "9", "x", "?"]);
    assert.deepEqual(await ids(some, "newest", true), ["9", "20", "100", "x", "?"]);
    assert.deepEqual(await ids(some, "id", true), ["100", "20", "9", "x", "?"]);
  });

  it("orders by UserData, numbers in it by value, those without last", async () => {
    const some = [
      { ID: 1, Name: "B", UserData: "CRM-10" },
      { ID: 2, Name: "A", UserData: null },
      { ID: 3, Name: "D", UserData: "CRM-9" },
      { ID: 4, Name: "C", UserData: "crm-10" },
    ];
    assert.deepEqual(await ids(some, "userData"), ["3", "1", "4", "2"]);
    assert.deepEqual(await ids(some, "userData", true), ["1", "4", "3", "2"]);
  });

  it("reverses the value it orders by: equal ones stay by name, and those without one last", async () => {
    const some = [
      { ID: 1, Name: "B", Company: "Acme", bLocked: true },
      { ID: 2, Name: "A", Company: "Zeta", bLocked: false },
      { ID: 3, Name: "D", Company: "Zeta", bLocked: true },
      { ID: 4, Name: "" },
    ];
    assert.deepEqual(await ids(some, "company", true), ["2", "3", "1", "4"]);
    assert.deepEqual(await ids(some, "name", true), ["3", "1", "2", "4"]);
    assert.deepEqual(await ids(some, "lock", true), ["2", "1", "3", "4"]);
  });

  it("orders by next try and by company, those without last", async () => {
    const some = [
      { ID: 1, Name: "D" },
      { ID: 2, Name: "C", dtNextTry: "2026-03-01T00:00:00", Company: "Öl AG" },
      { ID: 3, Name: "B", dtNextTry: "2026-02-01T00:00:00", Company: "acme" },
      { ID: 4, Name: "A" },
      { ID: 5, Name: "E", dtNextTry: "", Company: "Zeta" },
    ];
    assert.deepEqual(await ids(some, "nextTry"), ["3", "2", "4", "1", "5"]);
    assert.deepEqual(await ids(some, "company"), ["3", "2", "5", "4", "1"]);
  });

  const dueAt = (...times: readonly string[]): WireRecord[] =>
    times.map((dtNextTry, index) => ({ ID: index + 1, Name: `N${9 - index}`, dtNextTry }));

  it("orders by the clock over the end of summer time, whatever separates date and time", async () => {
    const some = dueAt(
      "2026-10-25T01:00",
      "2026-10-24 23:00",
      "2026-10-25 23:00",
      "2026-10-25 03:30:00",
      "20261025T0230",
    );
    assert.deepEqual(await ids(some, "nextTry"), ["2", "1", "5", "4", "3"]);
    assert.deepEqual(await ids(some, "nextTry", true), ["3", "4", "5", "1", "2"]);
  });

  it("orders by instant where a zone is given", async () => {
    const some = dueAt(
      "2026-10-25T02:30:00+01:00",
      "2026-10-25T02:45:00+02:00",
      "2026-10-25T01:45:00Z",
      "2026-10-24T19:30-04:00",
    );
    assert.deepEqual(await ids(some, "nextTry"), ["4", "2", "1", "3"]);
  });

  it("puts what is no time after the times and before those without one, in either direction", async () => {
    const some = dueAt("soon", "", "2026-02-30", "2026-03-01", " ", "2026-01-01 12:00");
    assert.deepEqual(await ids(some, "nextTry"), ["6", "4", "3", "1", "5", "2"]);
    assert.deepEqual(await ids(some, "nextTry", true), ["4", "6", "1", "3", "5", "2"]);
  });

  it("takes two spellings of one time for the same, which are then in the order of names", async () => {
    const some = dueAt("2026-10-25T01:00:00", "2026-10-25 01:00", "2026/10/25 01:00:00.000");
    assert.deepEqual(await ids(some, "nextTry"), ["3", "2", "1"]);
  });

  it("orders by lock: locked first, unknown last", async () => {
    const some = [
      { ID: 1, Name: "A" },
      { ID: 2, Name: "B", bLocked: false },
      { ID: 3, Name: "D", bLocked: true },
      { ID: 4, Name: "C", bLocked: 1 },
    ];
    assert.deepEqual(await ids(some, "lock"), ["4", "3", "2", "1"]);
  });

  it("loses none, invents none, and orders the same whatever came first", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyRecord, { selector: ({ ID }) => ID }),
        fc.constantFrom(...sortOrders),
        fc.boolean(),
        async (given, by, reversed) => {
          const table = tableOf(given);
          const listed = ContactList.of(table)
            .slice()
            .map(({ contact }) => contact);
          const found = await sorted(given, by, reversed);
          assert.equal(found.length, given.length);
          const texts = (contacts: readonly Contact[]): string[] =>
            contacts.map((contact) => JSON.stringify(contact)).sort();
          assert.deepEqual(texts(found), texts(listed));
          const usable = given.every(({ ID }) => typeof ID === "number" && ID >= 1 && ID !== 1.5);
          if (usable) assert.deepEqual(await sorted([...given].reverse(), by, reversed), found);
        },
      ),
    );
  });

  it("sorts more than one slice", async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      ID: ((index * 7919) % 20_011) + 1,
      Name: `N${index % 97}`,
    }));
    const found = (await ids(many, "id")).map(Number);
    assert.deepEqual(
      found,
      [...found].sort((a, b) => a - b),
    );
    assert.equal(found.length, new Set(many.map(({ ID }) => ID)).size);
  });
});
