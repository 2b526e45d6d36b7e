import assert from "node:assert/strict";
import fc from "fast-check";
import { type Contact, contactFromRecord } from "../../../src/api/contact";
import { sortContacts, sortOrders } from "../../../src/contacts/contactFilter";
import { ContactList, keyOf } from "../../../src/contacts/contactList";

const contact = (record: Record<string, unknown>): Contact => contactFromRecord(record);
const names = (list: ContactList): string[] => list.slice().map((listed) => listed.contact.name);

const anyContacts = fc.uniqueArray(fc.integer({ min: 1, max: 60 })).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          Name: fc.constantFrom("Abel", "Äbel", "Zorn", "", "b"),
          bLocked: fc.boolean(),
          odd: fc.boolean(),
        })
        .map(({ Name, bLocked, odd }) => contact({ ID: odd ? null : id, Name, bLocked })),
    ),
  ),
);

describe("ContactList", () => {
  const some = ContactList.of(
    [
      contact({ ID: 1, Name: "C", bLocked: true }),
      contact({ ID: 2, Name: "A" }),
      contact({ ID: null, Name: "B" }),
    ],
    "name",
  );

  it("finds contacts by place, by key, and keys by place", () => {
    assert.deepEqual(names(some), ["A", "B", "C"]);
    assert.deepEqual(
      some.slice(1, 2).map(({ contact: { name } }) => name),
      ["B"],
    );
    assert.deepEqual(some.slice(3), []);
    assert.deepEqual([some.count, some.lockedCount], [3, 1]);
    assert.equal(some.byKey("1")?.name, "C");
    assert.equal(some.indexOf("1"), 2);
    assert.deepEqual([some.byKey("9"), some.indexOf("9")], [undefined, undefined]);
  });

  it("lists a contact once that comes twice, as it stood last", () => {
    const list = ContactList.of(
      [contact({ ID: 1, Name: "Old" }), contact({ ID: "1", Name: "New" }), contact({ ID: 2, Name: "B" })],
      "name",
    );
    assert.deepEqual(names(list), ["B", "New"]);
  });

  it("tells contacts without a usable ID apart by place and list, and never takes them for one with an ID", () => {
    const odd = contact({ ID: "5/lock" });
    const keys = [
      keyOf(odd, 0),
      keyOf(odd, 1),
      keyOf(odd, 0, "71"),
      keyOf(odd, 0, "7"),
      keyOf(odd, 10, "7"),
      keyOf(odd, 0, "71"),
      keyOf(contact({ ID: 5 }), 0, "71"),
    ];
    assert.equal(new Set(keys).size, keys.length - 1);
    assert.ok(keys.slice(0, -1).every((key) => !/^\d+$/.test(key)));
    assert.equal(keyOf(contact({ ID: 5 }), 3), "5");
  });

  it("is its own sorted self, and does not change when another order is made", () => {
    const byId = some.sorted("id");
    assert.equal(some.sorted("name"), some);
    assert.deepEqual(names(byId), ["C", "A", "B"]);
    assert.deepEqual(names(some), ["A", "B", "C"]);
    assert.deepEqual(names(byId.sorted("name")), names(some));
  });

  it("holds the same contacts under the same keys in every order", () => {
    fc.assert(
      fc.property(
        anyContacts,
        fc.constantFrom(...sortOrders),
        fc.constantFrom(...sortOrders),
        (given, one, other) => {
          const list = ContactList.of(given, one);
          const sorted = list.sorted(other);
          const entries = (of: ContactList) =>
            new Map(of.slice().map((listed) => [listed.key, listed.contact]));
          assert.deepEqual(entries(sorted), entries(list));
          assert.equal(sorted.count, given.length);
          assert.deepEqual(
            sorted.slice().map((listed) => listed.contact),
            sortContacts(
              sorted.slice().map((listed) => listed.contact),
              other,
            ),
          );
          for (const [place, { key, contact: listed }] of sorted.slice().entries()) {
            assert.equal(sorted.indexOf(key), place);
            assert.equal(sorted.byKey(key), listed);
          }
        },
      ),
    );
  });

  it("keeps everybody's place when some change and some go", () => {
    fc.assert(
      fc.property(
        anyContacts,
        fc.dictionary(fc.integer({ min: 1, max: 70 }).map(String), fc.boolean()),
        (given, wishes) => {
          const list = ContactList.of(given, "name");
          const before = list.slice();
          const changes = new Map<string, Contact | undefined>();
          for (const [key, goes] of Object.entries(wishes)) {
            const old = list.byKey(key);
            changes.set(key, goes || old === undefined ? undefined : { ...old, name: "Zzz", lock: "locked" });
          }
          const after = list.with(changes);
          assert.deepEqual(list.slice(), before);
          const expected = before.filter(({ key }) => !changes.has(key) || changes.get(key) !== undefined);
          assert.deepEqual(
            after.slice().map(({ key }) => key),
            expected.map(({ key }) => key),
          );
          for (const { key, contact: listed } of after.slice()) {
            assert.equal(listed, changes.get(key) ?? list.byKey(key));
          }
          assert.equal(
            after.lockedCount,
            after.slice().filter((listed) => listed.contact.lock === "locked").length,
          );
          if (before.every(({ key }) => !changes.has(key))) assert.equal(after, list);
        },
      ),
    );
  });
});
