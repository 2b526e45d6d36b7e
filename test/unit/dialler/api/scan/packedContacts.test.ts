import assert from "node:assert/strict";
import fc from "fast-check";
import { type Contact, contactFromRecord } from "../../../../../src/dialler/api/record/contact";
import { exactJson } from "../../../../../src/dialler/api/record/exactJson";
import type { WireRecord } from "../../../../../src/dialler/api/record/wire";
import { ContactPacker } from "../../../../../src/dialler/api/scan/contactPacker";
import type { PackedContacts } from "../../../../../src/dialler/api/scan/packedContacts";
import { RecordScanner } from "../../../../../src/dialler/api/scan/recordScanner";

/** The contacts of a list, its bytes coming in portions of `size`. */
function packed(list: string | Buffer, lockField: string, size = list.length): PackedContacts {
  const packer = new ContactPacker(lockField);
  const scanner = new RecordScanner(packer);
  const bytes = Buffer.from(list);
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  assert.ok(scanner.end());
  return packer.take();
}

function contactsOf(packing: PackedContacts): readonly Contact[] {
  return Array.from({ length: packing.count }, (_, index) => packing.contactAt(index));
}

const names = [
  "ID",
  "DiallerCampaignsID",
  "UserData",
  "Name",
  "FirstName",
  "Company",
  "PhoneNumber1",
  "nTriesPhoneNumber1",
  "bPhoneNumber1Invalid",
  "nPhoneNumber1LastCause",
  "PhoneNumber6",
  "nPhoneNumber6LastCause",
  "bLocked",
  "isLock",
  "Comment",
  "x",
  "ä",
  "__proto__",
];

/** A value as JSON text, as odd as a server may write it. */
const valueText = fc.oneof(
  { weight: 5, arbitrary: fc.constant("null") },
  { weight: 2, arbitrary: fc.constantFrom("1", "0", "true", "false", '"1"', '""', "40101", '"40102"', "17") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "-0",
      "1.0",
      "1e3",
      "0.5",
      "-1",
      "9007199254740991",
      "9007199254740993",
      "1E+2",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '"\\u004d\\u00fc"',
      '"a\\"b\\\\"',
      '"\\/"',
      '"null"',
      '"\\n"',
      '"}],"',
      "{}",
      "[]",
      '{"ID":5}',
      "[null]",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)) },
);
const keyText = fc
  .constantFrom(...names)
  .chain((name) =>
    fc.constantFrom(
      JSON.stringify(name),
      JSON.stringify(name),
      JSON.stringify(name),
      `"\\u${name.charCodeAt(0).toString(16).padStart(4, "0")}${name.slice(1)}"`,
    ),
  );
const space = fc.constantFrom("", "", "", " ", "\r\n\t");

/** Records that repeat each other's members mostly in one order, as a server writes them, and sometimes not. */
const listText = fc
  .tuple(
    fc.array(keyText, { minLength: 1, maxLength: 12 }),
    fc.array(fc.array(fc.tuple(valueText, fc.nat(9), keyText, space), { minLength: 12, maxLength: 12 }), {
      maxLength: 7,
    }),
  )
  .map(([keys, rows]) => {
    const records = rows.map((row) => {
      const seen = new Set<unknown>();
      const members = keys.flatMap((usual, place) => {
        const [value, chance, other, blank] = row[place] ?? ["null", 0, usual, ""];
        const key = chance === 8 ? other : usual;
        const name: unknown = JSON.parse(key);
        // Of one lock member twice in a record, a list takes the first and JSON.parse the last.
        const isLockTwice = seen.has(name) && ["bLocked", "isLock", "x", "Comment"].includes(String(name));
        seen.add(name);
        return chance === 9 || isLockTwice ? [] : [`${key}${blank}:${blank}${value}`];
      });
      return `{${members.join(",")}}`;
    });
    return `{"status":200,"records":[${records.join(",")}],"count":${records.length}}`;
  });

function recordsIn(list: string): readonly WireRecord[] {
  return (exactJson(list) as { records: WireRecord[] }).records;
}

describe("PackedContacts", () => {
  it("holds the same contacts as are read from whole records, however the bytes are written and divided", () => {
    fc.assert(
      fc.property(
        listText,
        fc.constantFrom("", "bLocked", "x", "Comment"),
        fc.integer({ min: 1, max: 90 }),
        (list, lockField, size) => {
          const expected = recordsIn(list).map((record) => contactFromRecord(record, lockField));
          const actual = contactsOf(packed(list, lockField, size));
          assert.deepEqual(actual, expected);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("tells the same ID as the contact itself", () => {
    const id = fc.oneof(
      fc.constantFrom(
        "null",
        '""',
        "0",
        '"007"',
        '"12a"',
        '"é"',
        "1.5",
        "-3",
        "9007199254740991",
        "9007199254740992",
      ),
      fc
        .integer({ min: 1, max: 17 })
        .chain((length) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))),
    );
    fc.assert(
      fc.property(fc.array(id, { maxLength: 9 }), fc.boolean(), (ids, isAlone) => {
        const others = isAlone ? "" : ',"UserData":"5"';
        const packing = packed(`{"records":[${ids.map((text) => `{"ID":${text}${others}}`).join()}]}`, "");
        for (const [index, contact] of contactsOf(packing).entries()) {
          assert.equal(packing.idAt(index), contact.id);
        }
      }),
    );
  });

  it("never gives a contact another one's ID or lock", () => {
    const list =
      '{"records":[{"ID":1,"UserData":null,"bLocked":true},{"UserData":"K","bLocked":null},{"ID":3},{"bLocked":false,"ID":"4"},{}]}';
    for (let size = 1; size <= list.length; size++) {
      const contacts = contactsOf(packed(list, "", size));
      assert.deepEqual(
        contacts.map(({ id, userData, lock }) => [id, userData, lock]),
        [
          [1, undefined, "locked"],
          [undefined, "K", "unlocked"],
          [3, undefined, "unknown"],
          [4, undefined, "unlocked"],
          [undefined, undefined, "unknown"],
        ],
      );
    }
  });

  it("refuses an ID above 2^53 and shows all its digits", () => {
    const [contact] = contactsOf(packed('{"records":[{"ID":9007199254740993}]}', ""));
    assert.deepEqual([contact?.id, contact?.idText], [undefined, "9007199254740993"]);
  });

  it("is not confused by bytes that are no UTF-8, nor by the one it separates texts with", () => {
    const list = Buffer.from(
      '{"records":[{"ID":5,"UserData":"a?b","Name":"c?"},{"ID":6,"Name":"d"}]}',
      "latin1",
    );
    for (const byte of [0xff, 0xc3, 0x80, 0xf8]) {
      const bytes = Buffer.from(list.map((one) => (one === 0x3f ? byte : one)));
      const contacts = contactsOf(packed(bytes, ""));
      assert.deepEqual(
        contacts.map(({ id }) => id),
        [5, 6],
      );
      assert.match(contacts[0]?.userData ?? "", /^a[?\ufffd]b?$/);
      assert.equal(contacts[1]?.name, "d");
    }
  });

  it("keeps each contact whole when some are picked, in their order", () => {
    const all = packed('{"records":[{"ID":1,"Name":"a"},{"ID":2,"bLocked":1},{"ID":3,"Name":"c"}]}', "");
    const some = contactsOf(all.pick([2, 1, 7]));
    assert.deepEqual(
      some.map(({ id, name, lock }) => [id, name, lock]),
      [
        [3, "c", "unknown"],
        [2, "", "locked"],
        [undefined, "", "unknown"],
      ],
    );
    assert.equal(all.textAt(0, 3), "a");
    assert.equal(all.textAt(1, 3), "");
    assert.equal(all.lockAt(1), "locked");
  });
});
