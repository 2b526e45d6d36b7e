import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import {
  checkedId,
  checkedUserData,
  contactIdOf,
  folded,
  InvalidKey,
  looksAlike,
  userDataFault,
  userDataLength,
} from "../../../../../src/dialler/api/record/key";

describe("contactIdOf", () => {
  it("takes whole numbers from 1 to 2^53 - 1, also as text", () => {
    for (const [value, id] of [
      [1, 1],
      ["1", 1],
      [40101, 40101],
      ["123", 123],
      [1e3, 1000],
      [2 ** 53 - 1, 9007199254740991],
      ["9007199254740991", 9007199254740991],
    ] as const) {
      assert.equal(contactIdOf(value), id);
      assert.equal(checkedId(value), id);
    }
  });

  it("refuses everything else", () => {
    const others: unknown[] = [
      "..",
      ".",
      "",
      " ",
      "1/../2",
      "../5",
      "5/lock",
      "%2e",
      "%2e%2e",
      "%31",
      0,
      "0",
      -0,
      -1,
      "-1",
      "+1",
      1.5,
      "1.5",
      "1.0",
      2 ** 53,
      "9007199254740992",
      "9007199254740993",
      1e21,
      "1e3",
      "0x10",
      "007",
      " 7",
      "7 ",
      "7\n",
      "７",
      "٣",
      "1_000",
      NaN,
      Infinity,
      true,
      false,
      null,
      undefined,
      [],
      [5],
      {},
      { toString: () => "5" },
      5n,
      Symbol("5"),
    ];
    for (const value of others) {
      assert.equal(contactIdOf(value), undefined, inspect(value));
      assert.throws(() => checkedId(value), InvalidKey);
    }
  });

  it("lets nothing through that is not digits once it is in a path (I08)", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.double(), fc.bigInt().map(String)), (value) => {
        const id = contactIdOf(value);
        return id === undefined || (/^[1-9][0-9]{0,15}$/.test(String(id)) && String(id) === String(value));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("checkedUserData", () => {
  it("refuses blank text and half characters, with a sentence", () => {
    for (const value of ["", " ", "\t", "\r\n", "\u00a0", "\u3000", "\ufeff"]) {
      assert.match(userDataFault(value) ?? "", /empty/);
      assert.throws(() => checkedUserData(value), InvalidKey);
    }
    for (const value of ["\ud800", "a\udc00b", "\udc00\ud800", "x\ud83d"]) {
      assert.match(userDataFault(value) ?? "", /lone surrogate/);
      assert.throws(() => checkedUserData(value), InvalidKey);
    }
  });

  it("changes nothing: blanks at the ends, composed and decomposed letters and long keys stay as they are (I05)", () => {
    const long = "K".repeat(userDataLength + 1);
    for (const value of [" CRM-1 ", "\tx", "é", "e\u0301", long, "🙂", "..", "\u0000", "a\r\nb", "007"]) {
      assert.equal(userDataFault(value), undefined);
      assert.equal(checkedUserData(value), value);
    }
    assert.equal(userDataLength, 64);
  });
});

describe("looksAlike", () => {
  it("tells keys that a lenient server may take for the same", () => {
    for (const [a, b] of [
      ["CRM-1", "crm-1"],
      ["CRM-1", "CRM-1 "],
      ["Müller", "Muller"],
      ["é", "e\u0301"],
      ["Ａ1", "a1"],
    ] as const) {
      assert.ok(looksAlike(a, b), `${a} ${b}`);
      assert.ok(looksAlike(b, a));
      assert.equal(folded(a), folded(b));
    }
  });

  it("does not call a key like itself, nor like another one", () => {
    assert.equal(looksAlike("CRM-1", "CRM-1"), false);
    assert.equal(looksAlike("CRM-1", "CRM-2"), false);
    assert.equal(looksAlike("CRM-1", "CRM 1"), false);
  });
});
