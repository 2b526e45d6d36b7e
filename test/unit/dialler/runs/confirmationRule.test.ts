import assert from "node:assert/strict";
import { type Confirmation, confirmationFor, phraseOf } from "../../../../src/dialler/runs/confirmationRule";
import type { Change } from "../../../../src/dialler/api/changeRules";

const nothing: Confirmation = { preview: false, question: "none", typed: false };
const preview: Confirmation = { preview: true, question: "none", typed: false };

interface Case {
  readonly change: Change;
  readonly count: number;
  readonly where: "production" | "test";
  readonly fromList?: true;
  readonly asked: Confirmation;
}

const one: Confirmation = { preview: false, question: "one", typed: false };
const many: Confirmation = { preview: false, question: "many", typed: false };
const typed: Confirmation = { preview: true, question: "none", typed: true };

const table: readonly Case[] = [
  { change: "lock", count: 1, where: "production", asked: nothing },
  { change: "unlock", count: 1, where: "test", asked: nothing },
  { change: "lock", count: 2, where: "production", asked: many },
  { change: "unlock", count: 10, where: "test", asked: many },
  { change: "lock", count: 11, where: "test", asked: preview },
  { change: "lock", count: 10_000, where: "production", asked: preview },
  { change: "lock", count: 2, where: "test", fromList: true, asked: preview },
  { change: "delete", count: 1, where: "production", asked: one },
  { change: "delete", count: 1, where: "test", fromList: true, asked: { ...one, preview: true } },
  { change: "delete", count: 2, where: "test", asked: many },
  { change: "delete", count: 10, where: "test", asked: many },
  { change: "delete", count: 11, where: "test", asked: { ...many, preview: true } },
  { change: "delete", count: 50, where: "test", asked: { ...many, preview: true } },
  { change: "delete", count: 51, where: "test", asked: typed },
  { change: "delete", count: 2, where: "production", asked: { ...many, typed: true } },
  { change: "delete", count: 11, where: "production", asked: typed },
  { change: "delete", count: 60, where: "production", asked: typed },
];

describe("askingFor", () => {
  for (const { change, count, where, fromList = false, asked } of table) {
    const source = fromList ? " from a list" : "";
    it(`asks before ${change} of ${count}${source} on ${where} as the table of confirmations says`, () => {
      const production = where === "production";
      assert.deepEqual(confirmationFor({ change, count, production, fromList }), asked);
    });
  }

  it("never lets a deletion through unasked, whatever the count", () => {
    for (const production of [true, false]) {
      for (let count = 1; count <= 300; count++) {
        const { question, typed: phrase } = confirmationFor({
          change: "delete",
          count,
          production,
          fromList: false,
        });
        assert.ok(question !== "none" || phrase, `${count}`);
        if (count > 50 || (production && count > 1)) assert.ok(phrase, `${count}`);
      }
    }
  });
});

describe("phraseOf", () => {
  it("is the endpoint's name and the plain number, without separators", () => {
    assert.equal(phraseOf("production", 13_700), "production 13700");
  });
});
