import assert from "node:assert/strict";
import {
  type Confirmation,
  confirmationFor,
  declinesFirst,
  phraseOf,
  type Source,
} from "../../../../src/dialler/runs/confirmationRule";
import type { Change } from "../../../../src/dialler/api/changeRules";

const nothing: Confirmation = { preview: false, question: "none", typed: false };
const preview: Confirmation = { preview: true, question: "none", typed: false };

interface Case {
  readonly change: Change;
  readonly count: number;
  readonly where: "production" | "test";
  /** A person pointed at them if it is left out. */
  readonly source?: Source;
  readonly elsewhere?: true;
  readonly asked: Confirmation;
}

const one: Confirmation = { preview: false, question: "one", typed: false };
const many: Confirmation = { preview: false, question: "many", typed: false };
const typed: Confirmation = { preview: true, question: "none", typed: true };

const table: readonly Case[] = [
  { change: "lock", count: 1, where: "test", asked: nothing },
  { change: "unlock", count: 10, where: "test", asked: nothing },
  { change: "lock", count: 1, where: "test", source: "passed", asked: nothing },
  { change: "lock", count: 2, where: "test", source: "passed", asked: many },
  { change: "unlock", count: 10, where: "test", source: "passed", asked: many },
  { change: "lock", count: 1, where: "test", elsewhere: true, asked: one },
  { change: "lock", count: 3, where: "test", elsewhere: true, asked: many },
  { change: "lock", count: 1, where: "test", source: "chat", asked: one },
  { change: "lock", count: 20, where: "test", source: "chat", asked: many },
  { change: "lock", count: 1, where: "production", asked: one },
  { change: "unlock", count: 1, where: "production", source: "passed", asked: one },
  { change: "lock", count: 10, where: "production", asked: many },
  { change: "lock", count: 11, where: "test", asked: preview },
  { change: "lock", count: 10_000, where: "test", asked: preview },
  { change: "lock", count: 11, where: "production", asked: { ...many, preview: true } },
  { change: "lock", count: 50, where: "production", asked: { ...many, preview: true } },
  { change: "lock", count: 51, where: "production", asked: typed },
  { change: "lock", count: 1, where: "test", source: "list", asked: preview },
  { change: "lock", count: 1, where: "production", source: "list", asked: { ...one, preview: true } },
  { change: "delete", count: 1, where: "production", asked: one },
  { change: "delete", count: 1, where: "test", source: "passed", asked: one },
  { change: "delete", count: 1, where: "test", source: "list", asked: { ...one, preview: true } },
  { change: "delete", count: 2, where: "test", asked: many },
  { change: "delete", count: 10, where: "test", asked: many },
  { change: "delete", count: 11, where: "test", asked: { ...many, preview: true } },
  { change: "delete", count: 50, where: "test", asked: { ...many, preview: true } },
  { change: "delete", count: 51, where: "test", asked: typed },
  { change: "delete", count: 2, where: "production", asked: { ...many, typed: true } },
  { change: "delete", count: 11, where: "production", asked: typed },
  { change: "delete", count: 60, where: "production", asked: typed },
];

describe("confirmationFor", () => {
  for (const { change, count, where, source = "pointed", elsewhere = false, asked } of table) {
    it(`asks before ${change} of ${count}, ${source}, on ${where}${elsewhere ? ", elsewhere," : ""} as the table says`, () => {
      const production = where === "production";
      assert.deepEqual(confirmationFor({ change, count, production, elsewhere, source }), asked);
    });
  }

  it("asks at least once before anything on production, by a chat, or from a list", () => {
    for (const change of ["lock", "unlock", "delete"] as const) {
      for (const source of ["pointed", "passed", "chat", "list"] as const) {
        for (const production of [true, false]) {
          if (!production && source !== "chat" && source !== "list") continue;
          for (const count of [1, 2, 10, 11, 20, 50, 51, 5000]) {
            const asked = confirmationFor({ change, count, production, source });
            const isAsked = asked.question !== "none" || asked.typed;
            assert.ok(isAsked || (asked.preview && !production), `${change} ${count} ${source}`);
          }
        }
      }
    }
  });

  it("never lets a deletion through unasked, whatever the count", () => {
    for (const production of [true, false]) {
      for (let count = 1; count <= 300; count++) {
        const { question, typed: phrase } = confirmationFor({
          change: "delete",
          count,
          production,
          source: "pointed",
        });
        assert.ok(question !== "none" || phrase, `${count}`);
        if (count > 50 || (production && count > 1)) assert.ok(phrase, `${count}`);
      }
    }
  });
});

describe("declinesFirst", () => {
  it("lets Enter accept a question only outside production, and where no list was accepted before it", () => {
    const nothing = { production: false, previewed: false, afterPicker: false };
    assert.equal(declinesFirst(nothing), false);
    for (const before of ["production", "previewed", "afterPicker"] as const)
      assert.equal(declinesFirst({ ...nothing, [before]: true }), true, before);
  });
});

describe("phraseOf", () => {
  it("is the endpoint's name and the plain number, without separators", () => {
    assert.equal(phraseOf("production", 13_700), "production 13700");
  });
});
