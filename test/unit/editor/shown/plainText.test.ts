import assert from "node:assert/strict";
import fc from "fast-check";
import { plainLine, plainText } from "../../../../src/editor/shown/plainText";

/** Text in which everything that could do harm is frequent. */
const hostile = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: fc.string({ unit: "binary" }) },
      fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.constantFrom(
        "](",
        "$(",
        "]",
        "$",
        "(",
        "\u001b",
        "\u001b[31m",
        "\u001b]8;;https://x\u0007",
        "\u001b]8;;",
        "\u009b31m",
        "\r\n",
        "\u2028",
        "\u0085",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u{e0041}",
        "\ud83d",
        "\ude00",
        "👩‍👩‍👧",
        " ",
        "\t",
        "\0",
      ),
    ),
  )
  .map((parts) => parts.join(""));

const forbidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;
/** Sits between two characters that must not be read together; nothing else may be invisible. */
const joinersTaken = (text: string): string => text.replace(/(?<=[\]$])\u2060(?=\()/g, "");

describe("plainText", () => {
  it("leaves links and icons as the letters they are (D05, D07)", () => {
    assert.equal(plainText("[x](command:workbench.action.quit)"), "[x]\u2060(command:workbench.action.quit)");
    assert.equal(plainText("$(trash) A"), "$\u2060(trash) A");
    assert.equal(plainText("]\u200b(]\u202e("), "]\u2060(]\u2060(");
    assert.equal(plainText("$\u001b[0m(trash)"), "$\u2060(trash)");
    assert.equal(plainText("]\u2060\u2060("), "]\u2060(");
  });

  it("makes one line of many (D10)", () => {
    assert.equal(plainText("Weber\n2026-01-01 [info] deleted 99"), "Weber 2026-01-01 [info] deleted 99");
    for (const end of ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\t", "\n\n"]) {
      assert.equal(plainText(`a${end}b`), "a b");
    }
  });

  it("takes out escape sequences with their parameters, and all that does not show (D11)", () => {
    assert.equal(plainText("\u001b[31mRot\u001b[0m"), "Rot");
    assert.equal(plainText("\u001b]8;;https://example.com\u0007hier\u001b]8;;\u0007"), "hier");
    assert.equal(plainText("\u001b]8;;https://example.com\u001b\\hier\u001b]8;;\u001b\\"), "hier");
    assert.equal(plainText("\u001b\u001b[2Jx"), "x");
    assert.equal(plainText("Anna\u202egnp.exe"), "Annagnp.exe");
    assert.equal(plainText("Me\u200bier\u2060, Ju\u00adlia\ufeff"), "Meier, Julia");
    assert.equal(plainText("a\ud800b\udc00c"), "abc");
  });

  it("keeps what people write", () => {
    for (const text of ["Müller-Lüdenscheidt", "客户", "Ángel O’Neil", "50 % [a] (b) $ 5", "😀", "e\u0301"]) {
      assert.equal(plainText(text), text);
    }
    assert.equal(plainText("  in the middle  only "), "in the middle  only");
  });

  it("cuts long text, and never through a character (D12)", () => {
    assert.equal(plainText("x".repeat(10_000)), `${"x".repeat(199)}…`);
    assert.equal(plainText("x".repeat(200)), "x".repeat(200));
    assert.equal(plainText("abcdef", 4), "abc…");
    assert.equal(plainText("ab 😀d", 5), "ab…");
    assert.equal(plainText("a   bcd", 4), "a…");
  });

  it("is quick with a megabyte of anything", () => {
    for (const piece of ["x", "\u001b]", "\u001b[0", "](", "\u200b", " ", "\n", "\ud83d"]) {
      const text = piece.repeat(1_000_000 / piece.length);
      assert.ok(plainText(text).length <= 300);
    }
  });

  it("is harmless, bounded and the same when done twice, whatever comes in", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, longest) => {
        const plain = plainText(text, longest);
        const shown = joinersTaken(plain);
        assert.doesNotMatch(shown, forbidden);
        assert.doesNotMatch(plain, /\]\(|\$\(/);
        assert.ok(plain.isWellFormed());
        assert.ok(shown.length <= longest);
        assert.equal(plainText(plain, longest), plain);
        assert.equal(shown, shown.trim());
      }),
      { numRuns: 2000 },
    );
  });
});

describe("plainLine", () => {
  it("is one line without anything that does not show, the same when done twice", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = plainLine(text);
        assert.doesNotMatch(line, forbidden);
        assert.equal(plainLine(line), line);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps brackets and blanks: a log, a document and the clipboard show them as they are", () => {
    assert.equal(plainLine(" [x](y) $(z) "), " [x](y) $(z) ");
  });
});
