import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JournalUnavailable } from "../../../../src/dialler/journal/journalFailure";
import {
  ageingOf,
  readSightings,
  type Sightings,
  writeSightings,
} from "../../../../src/dialler/journal/retention";
import { folders, journalIn, numbered, planOf } from "../../../support/dialler/journals";

const dayMs = 86_400_000;

describe("the age of a journal", () => {
  const folder = folders();
  const born = Date.parse("2026-07-01T08:00:00.000Z");

  /** The starts of windows, in days after the run began; the days on which the run was to be removed. */
  const removedOn = (...days: readonly number[]): number[] => {
    let sightings: Sightings = new Map();
    return days.filter((day) => {
      const ageing = ageingOf([{ run: "a", startedAt: born }], sightings, 14, born + day * dayMs);
      ({ sightings } = ageing);
      return ageing.due.length > 0;
    });
  };

  it("ends it at the second of two starts that found it too old, at least a day apart (B28)", () => {
    assert.deepEqual(removedOn(0, 1, 13, 14.1, 14.5, 15.05), []);
    assert.deepEqual(removedOn(0, 1, 13, 14.1, 14.5, 15.1), [15.1]);
    assert.deepEqual(removedOn(0, 40, 41), [41]);
  });

  it("does not end by one clock that was 15 days ahead, for a moment or for a day (B28)", () => {
    assert.deepEqual(removedOn(0, 1, 16, 2, 3, 4), []);
    assert.deepEqual(removedOn(0, 1, 16, 16.9, 2, 16, 3), []);
    // In the moment of a wrong clock it was even begun to count.
    assert.deepEqual(removedOn(16, 1.1, 14.9, 15.2, 16), []);
    assert.deepEqual(removedOn(0, 16, 15, 15.9), []);
    assert.deepEqual(removedOn(0, 16, 15, 16), [16]);
  });

  it("counts from the first start that saw it, where that is later than its own date", () => {
    assert.deepEqual(removedOn(100, 101, 102, 113), []);
    assert.deepEqual(removedOn(100, 114.1, 115.1), [115.1]);
  });

  it("counts from a start that is still to come as from this one, so that one wrong clock keeps nothing for ever", () => {
    assert.deepEqual(removedOn(10_000, 1, 15.5, 16.5), [16.5]);
  });

  it("is found in what was noted, and begins anew where that cannot be read", async () => {
    const path = join(await folder(), "retention.json");
    assert.deepEqual(await readSightings(path), new Map());
    const sightings = new Map([
      ["a", { seen: 1 }],
      ["b", { seen: 2, old: 3 }],
    ]);
    await writeSightings(path, sightings);
    assert.deepEqual(await readSightings(path), sightings);
    for (const text of ["", "{", "{}", "null", '[null, 5, {"run":1,"seen":2}, {"run":"a"}]']) {
      await writeFile(path, text);
      assert.deepEqual(await readSightings(path), new Map());
    }
    assert.deepEqual(await readdir(join(path, "..")), ["retention.json"]);
  });

  it("removes nothing where it cannot be noted, and says so", async () => {
    const journal = journalIn(await folder());
    const recorder = await journal.begin(planOf(numbered(1), { startedAt: "2026-07-01T08:00:00.000Z" }));
    await recorder.end();
    await mkdir(join(journal.directory, "retention.json"));
    for (const day of [0, 20, 40]) {
      const now = new Date(born + day * dayMs);
      await assert.rejects(journal.removeOlderThan(14, now), JournalUnavailable);
    }
    assert.equal((await journal.list()).length, 1);
  });

  it("is looked at by one of several windows that start at once", async () => {
    const journal = journalIn(await folder());
    await (await journal.begin(planOf(numbered(1), { startedAt: "2026-07-01T08:00:00.000Z" }))).end();
    for (const day of [0, 20, 21]) {
      const now = new Date(born + day * dayMs);
      const all = await Promise.all([1, 2, 3, 4].map(() => journal.removeOlderThan(14, now)));
      assert.equal(
        all.reduce((sum, { removed }) => sum + removed, 0),
        day === 21 ? 1 : 0,
      );
    }
    assert.doesNotMatch(await readFile(join(journal.directory, "retention.json"), "utf8"), /CRM|Name/);
  });
});
