import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isProtected,
  protectedText,
  unprotectedText,
} from "../../../../../src/dialler/text/cells/spreadsheetSafe";

/** Texts that Excel or LibreOffice saves in another spelling, in one of their languages. */
const changed: Readonly<Record<string, readonly string[]>> = {
  "digits with a leading zero": ["000417", "01067", "00", "0301234567", "00491751234567"],
  "more digits than a cell shows": ["123456789012", "4930123456789", "9007199254740993", "1".repeat(40)],
  "scientific notation": ["1E5", "1e-5", "4,93E+11", "1.5E10", "12e03", "1D5"],
  "ISO dates": [
    "2026-10-25",
    "2026-10-25T01:00:00",
    "2026-10-25 01:00",
    "2026-10-25T01:00:00.5+02:00",
    "20260101T0100Z",
  ],
  "German dates": [
    "25.10.2026",
    "1.2.",
    "1.2",
    "1.2.26",
    "5. Dez",
    "5. März 2026",
    "Mo 5. Jan 2026",
    "8:30 Uhr",
  ],
  "American dates": ["10/25/2026", "1/2", "3-4", "Mar-5", "MARCH1", "SEPT2", "October 25, 2026", "1-Jan-26"],
  times: ["12:30", "8 A", "8 pm", "12:30:01", "8:00 a.m."],
  "numbers with separators": [
    "1.234,50",
    "1,234.5",
    "1 234",
    "1'234",
    "12.50",
    "-1",
    "5-",
    "(5)",
    "1 1/2",
    "٠٠٧",
  ],
  percentages: ["5%", "12,5 %", "3‰"],
  currency: ["12 €", "€12", "$5.00", "12 EUR", "CHF 5", "5 kr", "£3"],
  "truth values": ["TRUE", "false", "WAHR", "Falsch", "vrai", " true"],
  errors: ["#N/A", "#NV", "#REF!", "#DIV/0!"],
  "phone numbers with a plus": ["+494315550117", "+49 431 555-0117"],
  formulas: ["=1+1", "-x", "@SUM(A1)", "\t=1", "\r", "=HYPERLINK(1)", "＝1", "\u22125", " =1"],
  "numbers between blanks": [" 12", "12 ", "\u00a07", " 007 "],
  "a leading apostrophe": ["'", "'x", "''", "'007", "''=1", "'s-Gravenhage"],
};

const unchanged = [
  ...["", "0", "7", "40101", "12345678901", "Berg", "Müller, Ida", "CRM-000417", "CRM 9", "A1B2", "K1A 0B1"],
  ...[
    "Hauptstr. 8 A",
    "Team 10",
    "Mai",
    "May",
    "SW1A 1AA",
    " Berg ",
    "Mail 5",
    "O'Neill",
    "99 Luftballons",
    "a\nb",
  ],
  ...[
    "https://crm.example.com/1?x=0",
    "ida@example.com",
    "DE44500105175407324931",
    "true love",
    "DDR 1",
    "•••17",
    "#12",
  ],
];

/** Texts of everything that numbers, dates and formulas consist of. */
const alike = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from("'=+-@\t\r .,:/%()0123456789eETZ€$#").map((sign) => sign)),
      fc.constantFrom("Jan", "März", "WAHR", "TRUE", "pm", "EUR", "007", "\u00a0", "\u2212", "x", "\n"),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(
  alike,
  fc.string({ unit: "binary" }),
  fc.constantFrom(...Object.values(changed).flat(), ...unchanged),
);

describe("protectedText", () => {
  for (const [kind, texts] of Object.entries(changed)) {
    it(`puts an apostrophe in front of ${kind}`, () => {
      for (const text of texts) assert.equal(protectedText(text), `'${text}`, JSON.stringify(text));
    });
  }

  it("leaves names, keys and plain numbers as they are", () => {
    for (const text of unchanged) assert.equal(protectedText(text), text);
  });

  it("leaves nothing that starts like a formula", () => {
    fc.assert(fc.property(anyText, (text) => assert.doesNotMatch(protectedText(text), /^[=+\-@\t\r]/)));
  });

  it("leaves no number that would be written in another way", () => {
    const number = fc.oneof(fc.double(), fc.bigInt().map(String), fc.stringMatching(/^[0-9]{1,20}$/));
    fc.assert(
      fc.property(number, (value) => {
        const text = String(value);
        const isPlain = text === String(Number(text)) && /^\d{1,11}$/.test(text);
        fc.pre(/\d/.test(text));
        assert.equal(protectedText(text), isPlain ? text : `'${text}`);
      }),
    );
  });
});

describe("unprotectedText", () => {
  it("gives back every text that was protected", () => {
    fc.assert(
      fc.property(anyText, (text) => assert.equal(unprotectedText(protectedText(text)), text)),
      { numRuns: 2000 },
    );
  });

  it("gives back a text that was protected twice as it was after the first time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = protectedText(text);
        assert.equal(unprotectedText(protectedText(once)), once);
      }),
    );
  });

  it("takes an apostrophe only off a text that needs one", () => {
    for (const text of ["'t Hooft", "'98", "'Berg'", "'", ""]) {
      assert.equal(isProtected(text), false, text);
      assert.equal(unprotectedText(text), text);
    }
    assert.equal(unprotectedText("''t Hooft"), "'t Hooft");
    assert.equal(unprotectedText("007"), "007");
  });
});
