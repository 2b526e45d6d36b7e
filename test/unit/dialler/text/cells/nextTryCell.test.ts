import assert from "node:assert/strict";
import fc from "fast-check";
import { nextTryCell } from "../../../../../src/dialler/text/cells/nextTryCell";

const reasonOf = (text: string): string => {
  const cell = nextTryCell(text);
  return cell.kind === "fault" ? cell.reason : `${cell.kind} ${cell.value}`;
};
const valueOf = (text: string): string => {
  const cell = nextTryCell(text);
  return cell.kind === "value" ? cell.value : JSON.stringify(cell);
};

const moment = fc.record({
  day: fc.date({ min: new Date("1950-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
});
const two = (number: number): string => String(number).padStart(2, "0");

describe("nextTryCell", () => {
  it("leaves the server's own form with a T alone", () => {
    for (const text of [
      "2026-12-24T10:00",
      "2026-12-24T09:30:00",
      "2020-08-09T02:33:50.347",
      "2022-07-08T11:33:18.900977Z",
      "2026-12-24T09:30:00+01:00",
      "0001-01-01T00:00:00",
      // The wall clock skips this hour in Germany.
      "2026-03-29T02:30:00",
    ])
      assert.deepEqual(nextTryCell(text), { kind: "value", value: text });
  });

  it("converts ISO, German and unambiguous other forms", () => {
    for (const [text, value] of [
      ["24.12.2026 10:00", "2026-12-24T10:00"],
      ["2026-12-24 09:30", "2026-12-24T09:30"],
      ["2026-12-24 09:30:15", "2026-12-24T09:30:15"],
      ["2026-12-24t09:30z", "2026-12-24T09:30Z"],
      ["2026-12-24 09:30+0100", "2026-12-24T09:30+01:00"],
      ["2026-12-24 09:30 +01", "2026-12-24T09:30+01:00"],
      ["2026-12-24", "2026-12-24T00:00"],
      ["2026/12/24 9:30", "2026-12-24T09:30"],
      ["24.12.26", "2026-12-24T00:00"],
      ["1.2.2026 8:05", "2026-02-01T08:05"],
      ["1. 2. 2026, 8:05 Uhr", "2026-02-01T08:05"],
      ["12/24/2026 10:00 AM", "2026-12-24T10:00"],
      ["12/24/2026, 10:00\u202fPM", "2026-12-24T22:00"],
      ["12/24/2026", "2026-12-24T00:00"],
      ["12/24/26", "2026-12-24T00:00"],
      ["24/12/2026", "2026-12-24T00:00"],
      ["24-12-2026 10:00", "2026-12-24T10:00"],
      ["02/02/2026", "2026-02-02T00:00"],
    ] as const)
      assert.deepEqual(nextTryCell(text), { kind: "value", value, converted: true }, text);
  });

  it("reads every day and minute back in every form that has one meaning", () => {
    fc.assert(
      fc.property(moment, ({ day: date, hour, minute }) => {
        const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        const time = `${two(hour)}:${two(minute)}`;
        const half = `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? "AM" : "PM"}`;
        const iso = `${year}-${two(month)}-${two(day)}T${time}`;
        for (const form of [
          iso,
          iso.replace("T", " "),
          `${day}.${month}.${year} ${time}`,
          `${two(day)}.${two(month)}.${year}, ${time}`,
        ])
          assert.equal(valueOf(form), iso, form);
        for (const form of [`${month}/${day}/${year} ${half}`, `${two(day)}/${two(month)}/${year} ${time}`]) {
          if (day > 12 || day === month) assert.equal(valueOf(form), iso, form);
          else assert.match(reasonOf(form), /several ways/, form);
        }
        const short = `${day}.${month}.${two(year % 100)} ${time}`;
        if (year >= 2000 && year < 2050) assert.equal(valueOf(short), iso, short);
      }),
    );
  });

  it("names the days that an ambiguous date may mean, but not in the log", () => {
    assert.deepEqual(nextTryCell("01/02/2026 10:00"), {
      kind: "fault",
      reason: "its day and month can be read in several ways; write the year first, as in 2026-12-24",
      shown: "it can mean 2026-02-01 | 2026-01-02; write the year first, as in 2026-12-24",
    });
    assert.match(reasonOf("24/12/26"), /several ways/);
    assert.match(reasonOf("01-02-2026"), /several ways/);
  });

  it("refuses what is no date or cannot be known", () => {
    for (const [text, reason] of [
      ["31.2.2026", /no such day/],
      ["29.2.2027", /no such day/],
      ["2027-02-29", /no such day/],
      ["13/13/2026", /no such day/],
      ["24.12.0026", /no such day/],
      ["24.12.2026 24:00", /no such time/],
      ["24.12.2026 10:61", /no such time/],
      ["24.12.97", /two digits/],
      ["46380", /spreadsheet keeps/],
      ["46380,4166", /spreadsheet keeps/],
      ["20261224", /known form/],
      ["24.12.", /known form/],
      ["24.12.2026 10", /known form/],
      ["24.12.2026 10 Uhr", /known form/],
      ["24.12.2026 10:00Z", /known form/],
      ["24.12/2026", /known form/],
      ["2026-12-24T", /known form/],
      ["2026-12-24Z", /known form/],
      ["2026-123-24", /known form/],
      ["morgen", /known form/],
      ["#N/A", /known form/],
      ["10:00", /known form/],
    ] as const)
      assert.match(reasonOf(text), reason, text);
  });

  it("takes a blank cell for no next try", () => {
    assert.equal(valueOf(""), "");
    assert.equal(valueOf(" \u00a0"), "");
  });

  it("gives nothing but the server's form, for any text", () => {
    const unit = fc.constantFrom(...Array.from("0123456789-/.: TZ+APM,"));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: "binary" })), (text) => {
        assert.match(
          valueOf(text),
          /^(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?|\{"kind":"fault".*|)$/s,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
