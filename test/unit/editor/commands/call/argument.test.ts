import assert from "node:assert/strict";
import { InvalidKey } from "../../../../../src/dialler/api/record/key";
import {
  argumentOf,
  isLink,
  isProgram,
  passedIds,
  PressedRows,
  usableIds,
} from "../../../../../src/editor/commands/call/argument";
import { Refusal } from "../../../../../src/editor/commands/call/refusal";
import { fromLink } from "../../../../../src/manifest";

describe("the argument of a command", () => {
  it("is nothing from the palette, and from a key in the list the rows it was pressed on, even if there are none", () => {
    assert.deepEqual(argumentOf([]), { kind: "nothing" });
    assert.deepEqual(argumentOf([new PressedRows([])]), { kind: "rows", rows: [] });
  });

  it("is refused if it only looks like the rows of a key", () => {
    assert.throws(() => argumentOf([{ rows: [] }]), InvalidKey);
  });

  it("is refused for a row that is no longer there, instead of meaning the selection", () => {
    assert.throws(() => argumentOf([undefined]), Refusal);
    assert.throws(() => argumentOf([null, []]), Refusal);
  });

  it("is exactly one of the documented objects", () => {
    assert.deepEqual(argumentOf([{ ids: [7], endpoint: "test" }]), {
      kind: "ids",
      ids: [7],
      endpoint: "test",
    });
    assert.deepEqual(argumentOf([{ userData: "CRM-7" }]), {
      kind: "userData",
      userData: "CRM-7",
      endpoint: undefined,
    });
    const wrong: unknown[] = [
      ...["7", 7, {}, [], { ids: [] }, { ids: 7 }, { userData: 7 }, { ids: [7], userData: "CRM-7" }],
      ...[{ ids: [7], url: "https://elsewhere" }, { ids: [7], endpoint: 1 }, new Date(0), { id: 7 }],
    ];
    for (const argument of wrong) assert.throws(() => argumentOf([argument]), InvalidKey);
  });

  it("comes from a program only if a program can have passed it", () => {
    for (const argument of [undefined, null, new PressedRows([]), new Date(0)])
      assert.equal(isProgram([argument]), false);
    for (const argument of [{ ids: [7] }, "7", 7, []]) assert.equal(isProgram([argument]), true);
    assert.equal(isLink([{ ids: [7] }, fromLink]), true);
    assert.equal(isLink([{ ids: [7] }]), false);
  });

  it("gives the IDs of a program to a command that takes them alone, each once", () => {
    assert.deepEqual(passedIds([{ ids: [7, 8, 7] }]), { ids: [7, 8], endpoint: undefined });
    assert.equal(passedIds([]), undefined);
    assert.equal(passedIds([new PressedRows([])]), undefined);
    assert.throws(() => passedIds([{ userData: "CRM-7" }]), InvalidKey);
    assert.deepEqual(usableIds([7, 8, 7]), { ids: [7, 8], repeated: [7] });
    for (const id of [0, -1, 1.5, "x", "07", 2 ** 53]) assert.throws(() => usableIds([7, id]), InvalidKey);
  });
});
