import assert from "node:assert/strict";
import fc from "fast-check";
import { keyCell } from "../../../../../src/dialler/text/cells/keyCell";

const kindOf = (text: string, marked = false): string => keyCell(text, marked).kind;

describe("keyCell", () => {
  it("gives a key exactly as it is, with the ordinary blanks at its ends", () => {
    for (const text of [
      "CRM-000417",
      " CRM-1 ",
      "CRM-3\t",
      "000417",
      "9007199254740993",
      "ÄÖ ß",
      "a\u0308",
      "1E5",
      "#7",
    ])
      assert.deepEqual(keyCell(text, false), { kind: "value", value: text });
  });

  it("refuses what cannot be sent or was damaged", () => {
    for (const [text, reason] of [
      ["", /blank/],
      [" \t", /blank/],
      ["\u00a0\u200b", /blank/],
      ["CRM\ud83d", /surrogate/],
      ["CRM\0", /NUL/],
      ["CRM\ufffd1", /U\+FFFD/],
      ["M\x81ller", /control/],
      ["CRM-1\nCRM-2", /line break/],
      ["CRM-1\r", /line break/],
      ["CRM-1\u2028", /line break/],
      ["CRM-1\u0085", /line break/],
    ] as const) {
      const cell = keyCell(text, true);
      assert.equal(cell.kind, "fault", JSON.stringify(text));
      assert.match(cell.reason, reason);
    }
  });

  it("refuses words that stand for no value, however the cell is marked", () => {
    for (const text of [
      ...["NULL", "null", "Null", "\\N", "None", "nan", "NaN", "<NA>", "undefined", "(null)", " NULL "],
      ...[
        "#N/A",
        "#NV",
        "#REF!",
        "#BEZUG!",
        "#WERT!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#ZAHL!",
        "#NUM!",
        "#NULL!",
      ],
      ...[
        "#SPILL!",
        "#ÜBERLAUF!",
        "#CALC!",
        "#KALK!",
        "#FEHLER!",
        "#ERROR!",
        "#VALEUR!",
        "#GETTING_DATA",
        "####",
      ],
      ...["Err:502", "Fehler:508", "#N/A\u00a0", "NULL\u200b"],
    ])
      for (const marked of [false, true]) assert.equal(kindOf(text, marked), "fault", text);
    for (const text of ["NULL-1", "Nulla", "#42", "#A!b", "Error", "nano", "#n/a-7"])
      assert.equal(kindOf(text), "value", text);
  });

  it("refuses a number that a spreadsheet changed, unless the cell was marked as text", () => {
    for (const text of [
      "4,0101E+04",
      "40.101",
      "40\u00a0101",
      "40101,00",
      "40101.0",
      "4.93E+11",
      "4,93E\u200b+11",
    ])
      assert.equal(kindOf(text), "fault", text);
    for (const text of ["4,0101E+04", "40.101", "40101,00"])
      assert.deepEqual(keyCell(text, true), { kind: "value", value: text });
  });

  it("asks about invisible signs, and offers the key without them", () => {
    for (const [text, cleaned] of [
      ["CRM-1\u00a0", "CRM-1"],
      ["\ufeffCRM-1", "CRM-1"],
      ["CRM\u00ad-1", "CRM-1"],
      ["CRM\u00a01", "CRM 1"],
      ["CRM\u200b-\u206601", "CRM-01"],
      ["CRM-\x011", "CRM-1"],
      ["CRM\u30001", "CRM 1"],
    ] as const)
      assert.deepEqual(keyCell(text, false), {
        kind: "doubtful",
        value: text,
        reason: "it contains invisible characters",
        cleaned,
      });
  });

  it("never gives another text than the cell's, and never a cleaned key that is refused", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom("1", "0", ".", ",", "E", "+", "\u00a0", "\u200b", "N", "A", "#", "/"),
      }),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (key, marked) => {
        const cell = keyCell(key, marked);
        if (cell.kind === "fault") return;
        assert.equal(cell.value, key);
        if (cell.kind === "doubtful") assert.equal(kindOf(cell.cleaned, marked), "value");
      }),
    );
  });

  it("names no part of the key in its reasons", () => {
    for (const text of ["Geheim\0", "Geheim\u00a0", "Geheim\nGeheim", "Geheim\ufffd"])
      assert.doesNotMatch(JSON.stringify({ ...keyCell(text, false), value: "", cleaned: "" }), /Geheim/);
  });
});
