import assert from "node:assert/strict";
import { notUndoneSentence } from "../../../../../src/editor/commands/activity/lastRunSentence";
import { ended, runOf } from "../../../../support/dialler/runOf";

const speech = { language: "en", redact: (text: string) => text.replace("S3CRET", "•••") };
const restored = (id: number, name: string) =>
  ({ id, name, result: { outcome: "done" }, restored: { outcome: "done", newId: id + 100 } }) as const;

describe("notUndoneSentence", () => {
  it("names the contacts that were restored already", () => {
    const one = runOf([restored(4, "Dorn, Dirk")]);
    assert.equal(notUndoneSentence(one, speech), "Dorn, Dirk #4 is restored already.");
    const two = runOf([restored(4, "Dorn, Dirk"), restored(5, "S3CRET")]);
    assert.equal(notUndoneSentence(two, speech), "Dorn, Dirk #4; ••• #5 are restored already.");
  });

  it("says whether the run changed nothing, has been undone, or cannot be", () => {
    const again = runOf([{ id: 4, name: "Dorn, Dirk", result: { outcome: "done" }, lockBefore: "locked" }], {
      action: "lock",
    });
    assert.equal(notUndoneSentence(again, speech), "The last run changed nothing: Locked Dorn, Dirk.");
    const lock = runOf(ended("done"), { action: "lock", undone: true });
    assert.equal(notUndoneSentence(lock, speech), "The last run has already been undone: Locked #40101.");
    const kept = runOf([{ id: 4, result: { outcome: "done" }, notImportable: "it has no name" }]);
    assert.equal(notUndoneSentence(kept, speech), "The last run cannot be undone: Deleted #4.");
  });
});
