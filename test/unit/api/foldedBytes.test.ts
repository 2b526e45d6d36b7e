import assert from "node:assert/strict";
import fc from "fast-check";
import { foldedText, holdsFolded } from "../../../src/api/foldedBytes";

const holds = (bytes: Uint8Array, wanted: string): boolean =>
  holdsFolded(bytes, 0, bytes.length, Buffer.from(wanted));

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
const anyWanted = fc.array(fc.constantFrom(...Array.from("asfiltelku1@`[")), { minLength: 1, maxLength: 4 });

describe("foldedText", () => {
  it("is without case, accents, umlauts and ß", () => {
    assert.equal(foldedText("ÄÖÜ ßé İ"), foldedText("aou sse i"));
  });
});

describe("holdsFolded", () => {
  it("finds in bytes what the folded text holds, and nothing else", () => {
    fc.assert(
      fc.property(anyText, anyWanted, fc.nat(), fc.nat(), (text, letters, from, length) => {
        const bytes = Buffer.from(text);
        const plain = foldedText(bytes.toString());
        const start = from % (plain.length + 1);
        for (const wanted of [letters.join(""), plain.slice(start, start + 1 + (length % 5))]) {
          if (/^[\x21-\x7e]+$/.test(wanted))
            assert.equal(holds(bytes, wanted), plain.includes(wanted), wanted);
        }
      }),
      { numRuns: 3000 },
    );
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
    const wanted = Buffer.from("kiel");
    assert.deepEqual(
      [
        [1, 5],
        [2, 6],
        [0, 4],
      ].map(([start = 0, end = 0]) => holdsFolded(bytes, start, end, wanted)),
      [true, false, false],
    );
  });
});
