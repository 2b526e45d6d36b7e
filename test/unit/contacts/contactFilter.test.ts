import assert from "node:assert/strict";
import fc from "fast-check";
import { type Contact, contactFromRecord } from "../../../src/api/contact";
import type { WireRecord } from "../../../src/api/wire";
import { sortContacts, sortOrders } from "../../../src/contacts/contactFilter";

const contacts = (records: readonly WireRecord[]): Contact[] =>
  records.map((record) => contactFromRecord(record));
const ids = (sorted: readonly Contact[]) => sorted.map(({ idText }) => idText);

/** Contacts as a hostile server would send them. */
export const anyContact = fc
  .record({
    ID: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom(null, 0, "x", 1.5)),
    Name: fc.oneof(fc.constantFrom("Abel", "abel", "Äbel", "Zorn", "", null), fc.string()),
    Company: fc.oneof(fc.constant(null), fc.string()),
    dtNextTry: fc.constantFrom(null, "2026-01-01T00:00:00", "2026-01-02T00:00:00", "soon"),
    bLocked: fc.constantFrom(true, false, null, "?"),
  })
  .map((record) => contactFromRecord(record));

describe("sortContacts", () => {
  it("orders by name: umlauts beside their vowels, case of no weight, numbers by value, equals by ID", () => {
    const sorted = sortContacts(
      contacts([
        { ID: 1, Name: "Zorn" },
        { ID: 2, Name: "Österreich" },
        { ID: 3, Name: "ostsee" },
        { ID: 4, Name: "Ärger" },
        { ID: 5, Name: "Arm" },
        { ID: 6, Name: "Team 10" },
        { ID: 7, Name: "Team 9" },
        { ID: 9, Name: "Arm" },
        { ID: 8, Name: "Arm" },
      ]),
      "name",
    );
    assert.deepEqual(ids(sorted), ["4", "5", "8", "9", "2", "3", "7", "6", "1"]);
  });

  it("orders by first name where the last name is the same, and puts contacts without any name last", () => {
    const sorted = sortContacts(
      contacts([
        { ID: 5 },
        { ID: 1, Name: "Berg", FirstName: "Uta" },
        { ID: 2, Name: "Berg", FirstName: "Ali" },
        { ID: 3, Company: "Acme" },
        { ID: 4, Name: "  " },
      ]),
      "name",
    );
    assert.deepEqual(ids(sorted), ["3", "2", "1", "4", "5"]);
  });

  it("orders by ID as numbers, those that cannot be used last", () => {
    const sorted = sortContacts(
      contacts([{ ID: 100 }, { ID: "x" }, { ID: 9 }, { ID: "20" }, { ID: null }]),
      "id",
    );
    assert.deepEqual(ids(sorted), ["9", "20", "100", "x", "?"]);
  });

  it("orders by next try and by company, those without last", () => {
    const some = contacts([
      { ID: 1, Name: "D" },
      { ID: 2, Name: "C", dtNextTry: "2026-03-01T00:00:00", Company: "Öl AG" },
      { ID: 3, Name: "B", dtNextTry: "2026-02-01T00:00:00", Company: "acme" },
      { ID: 4, Name: "A" },
      { ID: 5, Name: "E", dtNextTry: "", Company: "Zeta" },
    ]);
    assert.deepEqual(ids(sortContacts(some, "nextTry")), ["3", "2", "4", "1", "5"]);
    assert.deepEqual(ids(sortContacts(some, "company")), ["3", "2", "5", "4", "1"]);
  });

  it("orders by lock: locked first, unknown last", () => {
    const some = contacts([
      { ID: 1, Name: "A" },
      { ID: 2, Name: "B", bLocked: false },
      { ID: 3, Name: "D", bLocked: true },
      { ID: 4, Name: "C", bLocked: 1 },
    ]);
    assert.deepEqual(ids(sortContacts(some, "lock")), ["4", "3", "2", "1"]);
  });

  it("loses none, invents none, changes nothing it was given, and orders the same whatever came first", () => {
    fc.assert(
      fc.property(fc.array(anyContact), fc.constantFrom(...sortOrders), (given, by) => {
        const before = [...given];
        const sorted = sortContacts(given, by);
        assert.deepEqual(given, before);
        assert.notEqual(sorted, given);
        assert.deepEqual(new Set(sorted), new Set(given));
        assert.equal(sorted.length, given.length);
        assert.deepEqual(sortContacts(sorted, by), sorted);
        if (new Set(given.map(({ id }) => id)).size === given.length) {
          assert.deepEqual(sortContacts([...given].reverse(), by), sorted);
        }
      }),
    );
  });
});
