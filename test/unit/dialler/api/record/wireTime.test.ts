import assert from "node:assert/strict";
import fc from "fast-check";
import { placeInTime, type WireTime, wireTimeOf } from "../../../../../src/dialler/api/record/wireTime";

const oclock = (text: string): string | undefined => {
  const time = wireTimeOf(text);
  return time && new Date(time.clockMs).toISOString();
};

describe("wireTimeOf", () => {
  it("reads a time with any separators", () => {
    for (const text of [
      "2026-10-25T01:02:03",
      "2026-10-25 01:02:03",
      " 2026/10/25 01:02:03.000 ",
      "2026.10.25 01.02.03",
      "20261025T010203",
      "20261025010203",
      "2026-10-25t01:02:03,0Z",
      "2026-10-25T01:02:03 +05:30",
    ])
      assert.equal(oclock(text), "2026-10-25T01:02:03.000Z", text);
    assert.equal(oclock("2026-10-25"), "2026-10-25T00:00:00.000Z");
    assert.equal(oclock("2026-10-25 24:00"), "2026-10-26T00:00:00.000Z");
    assert.equal(oclock("2026-10-25T01:02:03.4567"), "2026-10-25T01:02:03.456Z");
    assert.equal(oclock("0001-01-01T00:00:00"), "0001-01-01T00:00:00.000Z");
  });

  it("reads the zone, or that there is none", () => {
    const zones = ["", "Z", " UTC", "+02:00", "-0330", "+05"].map(
      (zone) => wireTimeOf(`2026-10-25T01:00${zone}`)?.zone,
    );
    assert.deepEqual(zones, [undefined, 0, 0, 120, -210, 300]);
    assert.equal(wireTimeOf("2026-10-25")?.zone, undefined);
  });

  it("reads nothing that is no time", () => {
    for (const text of [
      "",
      "soon",
      "2026-02-30",
      "2026-13-01",
      "2026-10-25 25:00",
      "2026-10-25T01:60",
      "25.10.2026 1",
      "2026-10-25Z",
      "1",
    ])
      assert.equal(wireTimeOf(text), undefined, text);
    assert.equal(wireTimeOf("2028-02-29")?.zone, undefined);
  });
});

describe("placeInTime", () => {
  const zone = process.env.TZ;
  const before = (a: WireTime | undefined, b: WireTime | undefined): number => {
    assert.ok(a !== undefined && b !== undefined);
    const [one, other] = [placeInTime(a), placeInTime(b)];
    return one.instantMs - other.instantMs || one.clockMs - other.clockMs;
  };
  const isBefore = (a: string, b: string): void => {
    assert.ok(before(wireTimeOf(a), wireTimeOf(b)) < 0, `${a} before ${b}`);
    assert.ok(before(wireTimeOf(b), wireTimeOf(a)) > 0, `${b} after ${a}`);
  };

  beforeEach(() => {
    process.env.TZ = "Europe/Berlin";
  });

  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it("takes a time without a zone for one on this computer's clock", () => {
    isBefore("2026-07-01T09:59", "2026-07-01T08:00Z");
    isBefore("2026-07-01T08:00Z", "2026-07-01T10:01");
    assert.equal(before(wireTimeOf("2026-07-01T10:00"), wireTimeOf("2026-07-01T08:00Z")), 0);
  });

  it("keeps the order of the clock where clocks skip an hour, and where they show one twice", () => {
    const spring = [
      "2026-03-29 01:59",
      "2026-03-29 02:00",
      "2026-03-29 02:15",
      "2026-03-29 02:45",
      "2026-03-29 03:00",
      "2026-03-29 03:01",
    ];
    const autumn = [
      "2026-10-25 01:59",
      "2026-10-25 02:00",
      "2026-10-25 02:59",
      "2026-10-25 03:00",
      "2026-10-25 23:00",
    ];
    for (const times of [spring, autumn])
      times.slice(1).forEach((time, at) => isBefore(times[at] ?? "", time));
    isBefore("2026-03-29 02:45", "2026-03-29T01:00:00Z");
  });

  it("is one order for all times: by the clock without a zone, by the instant with one", () => {
    const around = fc.oneof(
      ...[Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25)].map((day) =>
        fc.integer({ min: -4 * 3600, max: 8 * 3600 }).map((seconds) => day + seconds * 1000),
      ),
    );
    const anyTime = fc.record({
      clockMs: around,
      zone: fc.option(fc.constantFrom(0, 60, 120, -210), { nil: undefined }),
    });
    fc.assert(
      fc.property(anyTime, anyTime, anyTime, (a, b, c) => {
        if (a.zone === undefined && b.zone === undefined) {
          assert.equal(Math.sign(before(a, b)), Math.sign(a.clockMs - b.clockMs));
        }
        if (a.zone !== undefined && b.zone !== undefined) {
          const instant = ({ clockMs, zone: minutes = 0 }: WireTime): number => clockMs - minutes * 60_000;
          assert.equal(Math.sign(before(a, b)), Math.sign(instant(a) - instant(b)));
        }
        if (before(a, b) <= 0 && before(b, c) <= 0) assert.ok(before(a, c) <= 0);
      }),
      { numRuns: 500 },
    );
  });
});
