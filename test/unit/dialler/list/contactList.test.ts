import assert from "node:assert/strict";
import fc from "fast-check";
import { contactFromRecord, type LockState } from "../../../../src/dialler/api/record/contact";
import { readFilter, wordsFilter } from "../../../../src/dialler/list/contactFilter";
import { ContactList } from "../../../../src/dialler/list/contactList";
import { orderRows, type SortBy, sortOrders } from "../../../../src/dialler/list/contactOrder";
import { addTo, tableOf } from "../../../support/dialler/tableOf";

const names = (list: ContactList): string[] => list.slice().map(({ contact }) => contact.name);
const sorted = (list: ContactList, sortBy: SortBy): Promise<ContactList> =>
  list.sorted((table, rows, lockAt) => orderRows(table, rows, lockAt, { sortBy }));

const anyRecords = fc.uniqueArray(fc.integer({ min: 1, max: 60 })).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          Name: fc.constantFrom("Abel", "Äbel", "Zorn", "", "b"),
          bLocked: fc.boolean(),
          odd: fc.boolean(),
        })
        .map(({ Name, bLocked, odd }) => ({ ID: odd ? null : id, Name, bLocked })),
    ),
  ),
);

describe("ContactList", () => {
  const records = [
    { ID: 1, Name: "C", bLocked: true },
    { ID: 2, Name: "A" },
    { ID: null, Name: "B" },
  ];

  it("finds contacts by place, by key, and places by key", async () => {
    const some = await sorted(ContactList.of(tableOf(records)), "name");
    assert.deepEqual(names(some), ["A", "B", "C"]);
    assert.deepEqual(
      some.slice(1, 2).map(({ contact }) => contact.name),
      ["B"],
    );
    assert.deepEqual(some.slice(3), []);
    assert.deepEqual([some.count, some.lockedCount], [3, 1]);
    assert.equal(some.byKey("1")?.name, "C");
    assert.equal(some.at(0)?.name, "A");
    assert.equal(some.indexOf("1"), 2);
    assert.deepEqual(
      [some.byKey("9"), some.indexOf("9"), some.at(3), some.has("9")],
      [undefined, undefined, undefined, false],
    );
  });

  it("shows a contact that was read again, in its place, in later versions, and to a filter", async () => {
    const read = contactFromRecord({ ID: 1, Name: "Zorn", bLocked: false });
    const list = ContactList.of(tableOf(records)).with(new Map([["1", read]]));
    const later = await sorted(list.with(new Map([["2", "locked" as const]])), "name");
    assert.deepEqual([list.byKey("1")?.name, list.byKey("1")?.lock], ["Zorn", "unlocked"]);
    assert.deepEqual([later.byKey("1")?.name, later.lockedCount], ["Zorn", 1]);
    const filter = wordsFilter("zorn");
    assert.ok(filter);
    const context = { campaignName: () => undefined, isDuplicate: () => false };
    const { signal } = new AbortController();
    const found = await later.filtered(filter, context, signal, () => undefined);
    assert.deepEqual(found && names(found), ["Zorn"]);
    assert.equal(list.with(new Map([["1", undefined]])).has("1"), false);
  });

  it("has only the contacts that a filter leaves, in every list that is made from it", async () => {
    const reading = readFilter("b");
    assert.ok(reading.ok && reading.filter);
    const all = ContactList.of(
      tableOf(["Abel", "Bach", "Zorn", "Bonn"].map((Name, at) => ({ ID: at + 1, Name }))),
    );
    const context = { campaignName: () => undefined, isDuplicate: () => false };
    const part = await all.filtered(reading.filter, context, new AbortController().signal, () => undefined);
    assert.ok(part);
    const having = (list: ContactList): string[] => ["1", "2", "3", "4", "9"].filter((key) => list.has(key));
    assert.deepEqual(having(all), ["1", "2", "3", "4"]);
    assert.deepEqual(having(part), ["1", "2", "4"]);
    assert.deepEqual(having(await sorted(part, "name")), ["1", "2", "4"]);
    assert.deepEqual(having(part.with(new Map([["2", undefined]]))), ["1", "4"]);
    assert.deepEqual(having(part.with(new Map([["1", "locked"]]))), ["1", "2", "4"]);
    // The list itself knows its hidden contacts still.
    assert.equal(part.byKey("3")?.name, "Zorn");
    assert.equal(part.indexOf("3"), undefined);
  });

  it("counts the contacts with exactly a UserData, without those that are gone or came again later", async () => {
    const keys = ["A", "B", "A", "", "a", "A", "Jörg 😀", "Jörg 😀"];
    const table = tableOf(
      keys.map((UserData, at) => ({ ID: at + 1, UserData })),
      2,
    );
    const all = ContactList.of(table);
    assert.equal(all.countWithUserData("A", 9), 0);
    await table.indexUserData();
    const counts = (list: ContactList): number[] =>
      ["A", "B", "a", "C", "", "Jörg 😀"].map((key) => list.countWithUserData(key, 9));
    assert.deepEqual(counts(all), [3, 1, 1, 0, 0, 2]);
    assert.equal(all.countWithUserData("A", 2), 2);
    assert.deepEqual(counts(all.with(new Map([["1", undefined]]))), [2, 1, 1, 0, 0, 2]);
    // The table goes on growing, and contact 3 changes its UserData.
    const more = Array.from({ length: 100 }, (_, at) => ({ ID: 100 + at, UserData: `K${at % 50}` }));
    for (const batch of [[{ ID: 3, UserData: "B" }], more]) addTo(table, batch);
    await table.indexUserData();
    assert.deepEqual(counts(ContactList.of(table)), [2, 2, 1, 0, 0, 2]);
    assert.equal(ContactList.of(table).countWithUserData("K49", 9), 2);
  });

  it("lists a contact once that comes twice, as it stood last", () => {
    const table = tableOf(
      [
        { ID: 1, Name: "Old" },
        { ID: "1", Name: "New" },
        { ID: 2, Name: "B" },
      ],
      2,
    );
    assert.deepEqual(names(ContactList.of(table)), ["New", "B"]);
  });

  it("lists what the table held when it was made, however the table grows", () => {
    const table = tableOf(records.slice(0, 2));
    const before = ContactList.of(table);
    const [more] = [tableOf([{ ID: 3, Name: "D" }])];
    assert.equal(more.count, 1);
    assert.deepEqual(names(before), ["C", "A"]);
  });

  it("tells contacts without a usable ID apart by place and list, and never takes them for one with an ID", () => {
    const odd = [{ ID: "5/lock" }, { ID: "5/lock" }, { ID: 5 }];
    const keys = [...ContactList.of(tableOf(odd), "71").keys(), ...ContactList.of(tableOf(odd), "7").keys()];
    assert.equal(new Set(keys).size, 5);
    assert.deepEqual(
      keys.filter((key) => /^\d+$/.test(key)),
      ["5", "5"],
    );
    const list = ContactList.of(tableOf(odd), "71");
    for (const key of list.keys())
      assert.equal(list.slice(list.indexOf(key), (list.indexOf(key) ?? 0) + 1)[0]?.key, key);
    assert.equal(list.byKey("?7.0"), undefined);
    assert.equal(list.byKey("?71.9"), undefined);
  });

  it("holds the same contacts under the same keys in every order", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords, fc.constantFrom(...sortOrders), async (given, by) => {
        const list = ContactList.of(tableOf(given));
        const other = await sorted(list, by);
        const entries = (of: ContactList) => new Map(of.slice().map(({ key, contact }) => [key, contact]));
        assert.deepEqual(entries(other), entries(list));
        assert.equal(other.count, given.length);
        for (const [place, { key, contact }] of other.slice().entries()) {
          assert.equal(other.indexOf(key), place);
          assert.deepEqual(other.byKey(key), contact);
          assert.equal(other.keys()[place], key);
        }
      }),
    );
  });

  it("keeps everybody's place when some change and some go", () => {
    fc.assert(
      fc.property(
        anyRecords,
        fc.dictionary(fc.integer({ min: 1, max: 70 }).map(String), fc.boolean()),
        (given, wishes) => {
          const list = ContactList.of(tableOf(given));
          const before = list.slice();
          const changes = new Map<string, LockState | undefined>(
            Object.entries(wishes).map(([key, goes]) => [key, goes ? undefined : "locked"]),
          );
          const after = list.with(changes);
          assert.deepEqual(list.slice(), before);
          const expected = before.filter(({ key }) => !changes.has(key) || changes.get(key) !== undefined);
          assert.deepEqual(
            after.slice().map(({ key }) => key),
            expected.map(({ key }) => key),
          );
          for (const { key, contact } of after.slice()) {
            assert.equal(contact.lock, changes.get(key) ?? list.byKey(key)?.lock);
          }
          assert.equal(
            after.lockedCount,
            after.slice().filter(({ contact }) => contact.lock === "locked").length,
          );
          if (before.every(({ key }) => !changes.has(key))) assert.equal(after, list);
        },
      ),
    );
  });
});
