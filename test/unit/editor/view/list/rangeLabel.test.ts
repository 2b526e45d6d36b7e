import assert from "node:assert/strict";
import { rangeLabel } from "../../../../../src/editor/view/list/rangeLabel";

describe("rangeLabel", () => {
  it("needs four letters where nothing else begins like that", () => {
    const names = {
      first: "Bernhard, Ida",
      last: "Birkenwald, Käthe",
      before: "Adam, A",
      after: "Bünzli, Beat",
    };
    assert.equal(rangeLabel(names), "Bern – Birk");
  });

  it("takes as much as tells an end from the neighbour and from the other end", () => {
    const names = {
      first: "Bernhard, Ida",
      last: "Bernstein, Leo",
      before: "Bernegger, Jo",
      after: "Berntsen, A",
    };
    assert.equal(rangeLabel(names), "Bernh – Berns");
    assert.equal(rangeLabel({ ...names, before: "Bernhard, Hans" }), "Bernhard, I – Berns");
    assert.equal(rangeLabel({ ...names, before: "bernhard, Hans" }), "Bernhard, I – Berns");
  });

  it("is short where no length tells them apart, and whole where the name is", () => {
    const same = "Müller, Anna";
    assert.equal(rangeLabel({ first: same, last: same, before: same, after: same }), "Müll – Müll");
    const names = { first: "Aal", last: "Zoo", before: undefined, after: undefined };
    assert.equal(rangeLabel(names), "Aal – Zoo");
    assert.equal(rangeLabel({ ...names, first: "Meier", before: "Meier, Zoe" }), "Meier – Zoo");
  });

  it("ends after thirty letters, and never inside of one", () => {
    const long = "x".repeat(40);
    const [first = ""] = rangeLabel({
      first: `${long}a`,
      last: "Z",
      before: `${long}b`,
      after: undefined,
    }).split(" ");
    assert.ok(first.length <= 30, first);
    const family = "👩‍👩‍👧";
    const many = { first: family.repeat(6), last: "e\u0301".repeat(9), before: undefined, after: undefined };
    assert.equal(rangeLabel(many), `${family.repeat(4)} – ${"e\u0301".repeat(4)}`);
  });

  it("leaves no comma or blank at the end", () => {
    assert.equal(
      rangeLabel({ first: "Ida, A", last: "Zoo", before: undefined, after: undefined }),
      "Ida – Zoo",
    );
  });
});
