import assert from "node:assert/strict";
import { type StepEnd, walkSteps } from "../../../../../src/editor/commands/endpoint/walkSteps";

/** Walks with scripted ends, and tells which steps were asked. */
async function walked(ends: StepEnd[], start?: number): Promise<[finished: boolean, asked: string]> {
  const asked: number[] = [];
  const step = (number: number) => (): Promise<StepEnd> => {
    asked.push(number);
    assert.ok(ends.length > 0, "more was asked than is scripted");
    return Promise.resolve(ends.shift());
  };
  const finished = await walkSteps([step(1), step(2), step(3)], start);
  assert.deepEqual(ends, []);
  return [finished, asked.join(" ")];
}

describe("walkSteps", () => {
  it("goes forwards, back from every step, and not before the first", async () => {
    assert.deepEqual(await walked(["next", "next", "next"]), [true, "1 2 3"]);
    const thereAndBack = await walked(["next", "next", "back", "back", "next", "next", "next"]);
    assert.deepEqual(thereAndBack, [true, "1 2 3 2 1 2 3"]);
    assert.deepEqual(await walked(["back", "next", "next", "next"]), [true, "1 1 2 3"]);
  });

  it("begins at a later step, and ends where the person gives up", async () => {
    assert.deepEqual(await walked(["back", "next", "next"], 2), [true, "3 2 3"]);
    assert.deepEqual(await walked(["next", undefined]), [false, "1 2"]);
  });
});
