import assert from "node:assert/strict";
import { modalItems } from "../../../../../src/editor/commands/ask/modalItems";

describe("modalItems", () => {
  it("puts a declining button first, where Enter finds it", () => {
    assert.deepEqual(
      modalItems(["Delete", "Lock Instead"], "Don't Delete").map(({ title }) => title),
      ["Don't Delete", "Delete", "Lock Instead"],
    );
    assert.deepEqual(
      modalItems(["Delete"]).map(({ title }) => title),
      ["Delete"],
    );
  });

  it("gives Escape to no button, so that Escape never acts and a declining button is not moved to the end", () => {
    for (const item of [...modalItems(["Lock"]), ...modalItems(["Lock", "More"], "Don't Lock")]) {
      assert.notEqual(item.isCloseAffordance, true, item.title);
    }
  });
});
