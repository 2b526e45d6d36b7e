import assert from "node:assert/strict";
import * as l10n from "../../../../src/l10n";
import {
  durationText,
  localTime,
  localTimeAndDistance,
  momentOf,
} from "../../../../src/editor/shown/serverTime";

describe("momentOf", () => {
  it("reads every format that the product writes", () => {
    const local = new Date(2022, 6, 8, 11, 33, 18).getTime();
    for (const text of ["2022-07-08T11:33:18", "2022-07-08 11:33:18", "2022-07-08T11:33:18.000"])
      assert.equal(momentOf(text)?.getTime(), local, text);
    assert.equal(momentOf("2022-07-08T11:33:18.900977Z")?.toISOString(), "2022-07-08T11:33:18.900Z");
    assert.equal(momentOf("2022-07-08T11:33:18+0200")?.toISOString(), "2022-07-08T09:33:18.000Z");
  });

  it("takes nothing else for a time, and shows it as it is", () => {
    for (const text of ["", "soon", "2022-13-08T11:33:18", "2022-07-08", "12:00"]) {
      assert.equal(momentOf(text), undefined, text);
      assert.equal(localTime(text), text);
    }
  });
});

describe("durationText", () => {
  it("is minutes and seconds, with hours where there are some", () => {
    assert.deepEqual([0, 95, 3725, 59.6].map(durationText), ["0:00", "1:35", "1:02:05", "1:00"]);
  });
});

describe("localTimeAndDistance", () => {
  afterEach(() => l10n.speakWith());

  it("is the local time and how far away it is, in the unit that a person would use", () => {
    const now = new Date(2026, 10, 25, 12, 0);
    const distance = (text: string): string | undefined => localTimeAndDistance(text, now).split(", ").at(-1);
    for (const [text, wanted] of [
      ["2026-11-25T12:00:20", "this minute"],
      ["2026-11-25T12:05:00", "in 5 minutes"],
      ["2026-11-25T12:59:50", "in 1 hour"],
      ["2026-11-25T09:00:00", "3 hours ago"],
      ["2026-11-26T11:59:00", "in 1 day"],
      ["2026-11-28T12:24:00", "in 3 days"],
      ["2026-12-25T12:00:00", "in 1 month"],
      ["2028-11-25T12:00:00", "in 2 years"],
    ] as const)
      assert.equal(distance(text), wanted, text);
  });

  it("speaks the language of the window, and shows what is no time as it came", () => {
    l10n.speakWith(undefined, "de");
    const now = new Date(2026, 10, 25, 12, 24);
    assert.equal(localTimeAndDistance("2026-11-28T12:24:00", now), "28.11.2026, 12:24, in 3 Tagen");
    assert.equal(localTimeAndDistance("soon", now), "soon");
  });
});
