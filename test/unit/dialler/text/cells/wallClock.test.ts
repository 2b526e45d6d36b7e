import assert from "node:assert/strict";
import { hasRealDate, isoDay, isoTime, isRealDay } from "../../../../../src/dialler/text/cells/wallClock";

describe("isRealDay", () => {
  it("knows the length of every month, and leap years", () => {
    for (const [year, month, day, real] of [
      [2026, 12, 31, true],
      [2026, 2, 29, false],
      [2028, 2, 29, true],
      [2100, 2, 29, false],
      [2026, 4, 31, false],
      [2026, 13, 1, false],
      [2026, 0, 1, false],
      [2026, 1, 0, false],
      [2026, 1, 32, false],
      [1, 1, 1, true],
    ] as const)
      assert.equal(isRealDay({ year, month, day }), real, `${year}-${month}-${day}`);
    assert.equal(isoDay({ year: 1, month: 2, day: 3 }), "0001-02-03");
  });
});

describe("isoTime", () => {
  it("reads the clock with 24 and with 12 hours", () => {
    for (const [text, time] of [
      ["9:30", "09:30"],
      ["09:30:00", "09:30:00"],
      ["02:33:50.347", "02:33:50.347"],
      ["02:33:50,347", "02:33:50.347"],
      ["10:00 AM", "10:00"],
      ["12:00 AM", "00:00"],
      ["12:05pm", "12:05"],
      ["1:05 p.m.", "13:05"],
      ["10:00 Uhr", "10:00"],
      ["23:59", "23:59"],
    ] as const)
      assert.equal(isoTime(text), time, text);
    for (const text of [
      "24:00",
      "10:60",
      "10:00:60",
      "13:00 PM",
      "0:30 AM",
      "10",
      "10:0",
      "10.00",
      "",
      "10:00.5",
      "10:00 x",
    ])
      assert.equal(isoTime(text), undefined, text);
  });
});

describe("hasRealDate", () => {
  it("recognises a day in every order, but no phone number", () => {
    for (const text of ["24.12.2026", "12/24/2026", "2026-12-24", "1-2-2026"])
      assert.ok(hasRealDate(text), text);
    for (const text of ["030-12-2026", "24.12.20.26", "24.13.2026", "24-12/2026", "171-555-443", "24.12.26"])
      assert.equal(hasRealDate(text), false, text);
  });
});
