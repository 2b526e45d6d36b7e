import assert from "node:assert/strict";
import fc from "fast-check";
import { looksLikeHeader } from "../../../../../src/dialler/text/columns/looksLikeHeader";

describe("looksLikeHeader", () => {
  it("knows a row of headings, also between unknown and empty ones", () => {
    for (const cells of [
      ["Kundennummer", "Nachname", "Vorname", "Firma", "Telefon"],
      ["ID", "Name"],
      ["Id", "Spalte 2", "UserData", "", ""],
      ["Nachname", "", "PhoneNumber1"],
      ["UserData"],
      ["ID"],
    ])
      assert.ok(looksLikeHeader(cells), cells.join());
  });

  it("refuses titles, blank rows and rows with values", () => {
    for (const cells of [
      [],
      ["", ""],
      ["Kundenliste", "", ""],
      ["Kontakt", "", ""],
      ["Kunden, Stand 24.12.2026"],
      ["Berg", "Ida"],
      ["Land", "Ida", "Kiel"],
      ["x", "y"],
    ])
      assert.equal(looksLikeHeader(cells), false, cells.join());
    for (const value of [
      ...[
        "40101",
        "-1",
        "4,0101E+04",
        "40.101,00",
        "030 1234567",
        "+49 (171) 5554433",
        "tel@example.com",
        "24.12.2026",
      ],
      ...["2026-12-24T10:00Z", "12/24/2026 10:00 AM", "4.5 kg", "x".repeat(65), "Name\nVorname", "٣٤"],
    ])
      assert.equal(looksLikeHeader(["Name", "UserData", "Telefon", value]), false, value);
  });

  it("is no row with any number in it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        assert.equal(looksLikeHeader(["Name", "UserData", String(number)]), false);
      }),
    );
  });
});
