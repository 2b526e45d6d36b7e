import assert from "node:assert/strict";
import fc from "fast-check";
import {
  foldedText,
  searchDigits,
  searchFolded,
  separator,
} from "../../../../../src/dialler/api/scan/byteSearch";

const holds = (bytes: Uint8Array, wanted: string): boolean => searchFolded(wanted)(bytes, 0, bytes.length);

/** Characters that fold to other ones, to several, to none, and to no letter of ASCII. */
const odd = [
  "ß",
  "ẞ",
  "Ä",
  "é",
  "Ł",
  "İ",
  "ﬁ",
  "Ａ",
  "K",
  "℡",
  "u\u0308",
  "\u0301",
  "ø",
  "ж",
  "会",
  "𝐚",
  "😀",
];
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...odd),
      fc.constantFrom(...Array.from("asSf iK1@`[")),
      fc.string({ unit: "grapheme" }),
    ),
  )
  .map((parts) => parts.join(""));
const anyWanted = fc.array(fc.constantFrom(...Array.from("asfiltelku1@`[")), { minLength: 1, maxLength: 5 });

describe("foldedText", () => {
  it("is without case, accents, umlauts and ß", () => {
    assert.equal(foldedText("ÄÖÜ ßé İ"), foldedText("aou sse i"));
  });
});

describe("searchFolded", () => {
  it("finds in bytes what the folded text holds, and nothing else", () => {
    fc.assert(
      fc.property(anyText, anyWanted, fc.nat(), fc.nat(), (text, letters, from, length) => {
        const bytes = Buffer.from(text);
        const plain = foldedText(bytes.toString());
        const start = from % (plain.length + 1);
        for (const wanted of [letters.join(""), plain.slice(start, start + 1 + (length % 8))]) {
          if (/^[\x21-\x7e]+$/.test(wanted))
            assert.equal(holds(bytes, wanted), plain.includes(wanted), wanted);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("finds the letters of one character, all of them and some, where nothing else is near", () => {
    for (const character of ["ß", "ﬁ", "℡", "㏂", "⑽", "Ⅷ", "É", "K", "X"]) {
      const plain = foldedText(character);
      for (let start = 0; start < plain.length; start++) {
        for (let end = start + 1; end <= plain.length; end++) {
          const wanted = plain.slice(start, end);
          assert.ok(holds(Buffer.from(`;${character};`), wanted), `${wanted} in ${character}`);
          assert.ok(holds(Buffer.from(character), wanted), `${wanted} in ${character} alone`);
        }
      }
    }
  });

  it("overlooks nothing in bytes that are no UTF-8", () => {
    const bytes = fc.array(
      fc.oneof(fc.constantFrom(0xc3, 0x9f, 0xe0, 0x80, 0xf0, 0xff, 0x73, 0x53), fc.nat(255)),
    );
    fc.assert(
      fc.property(bytes, anyWanted, (some, letters) => {
        const wanted = letters.join("");
        const plain = foldedText(Buffer.from(some).toString());
        for (const each of [wanted, plain.replace(/[^\x21-\x7e]/g, "").slice(0, 2)]) {
          if (each !== "" && plain.includes(each)) assert.ok(holds(Buffer.from(some), each), each);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("looks at nothing before the start and behind the end", () => {
    const bytes = Buffer.from("xkielx");
    const search = searchFolded("kiel");
    assert.deepEqual(
      [
        [1, 5],
        [2, 6],
        [0, 4],
      ].map(([start = 0, end = 0]) => search(bytes, start, end)),
      [true, false, false],
    );
  });
});

describe("searchDigits", () => {
  const finds = (text: string | Uint8Array, digits: string): boolean => {
    const bytes = Buffer.from(text);
    return searchDigits(digits)(bytes, 0, bytes.length);
  };

  it("finds digits in any notation, not in another order and not with others between", () => {
    assert.ok(finds("0049 (431) 555-0117", "494315550117"));
    assert.ok(finds("4 44 31", "431"));
    assert.ok(!finds("4131", "431"));
    assert.ok(!finds("43", "431"));
  });

  it("does not put them together out of two texts", () => {
    const two = Buffer.concat([Buffer.from("43"), Buffer.of(separator), Buffer.from("1")]);
    assert.ok(!finds(two, "431"));
  });
});
