import assert from "node:assert/strict";
import { durationText, localTime, momentOf } from "../../../../src/editor/shown/serverTime";

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
