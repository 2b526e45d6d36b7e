import assert from "node:assert/strict";
import { isolated, plainSentence } from "../../../../src/editor/shown/isolated";

const isolate = (text: string): string => `\u2068${text}\u2069`;

describe("isolated", () => {
  it("wraps a text with letters that are written from right to left, and no other", () => {
    for (const text of ["שלום", "محمد Ali", "Levi לוי", "ݐ", "\u{1e900}"])
      assert.equal(isolated(text), isolate(text));
    for (const text of ["", "Bünzli, Beat", "Пётр", "陈 #4", "😀", "→"]) assert.equal(isolated(text), text);
  });
});

describe("plainSentence", () => {
  it("keeps the isolates of names, and nothing else that sets a direction", () => {
    const sentence = `${isolate("שלום")} #5 is no longer on test.`;
    assert.equal(plainSentence(sentence, 500), sentence);
    assert.equal(plainSentence(`\u202e${isolate("שלום")}\u2068 #5\u2067`, 500), `${isolate("שלום")} #5`);
    assert.equal(plainSentence(`${isolate("Ali")} #5`, 500), "Ali #5");
    assert.equal(plainSentence(`\u2068\u2068שלום\u2069 x`, 500), `${isolate("שלום")} x`);
  });

  it("is one harmless line, and leaves no isolate open where it is cut", () => {
    const sentence = `${isolate("של](a)\nום")} $(b)\u0007`;
    assert.equal(plainSentence(sentence, 500), `${isolate("של]\u2060(a) ום")} $\u2060(b)`);
    assert.equal(plainSentence(`${isolate("שלום")} #5 is gone`, 8), "שלום #5…");
  });
});
