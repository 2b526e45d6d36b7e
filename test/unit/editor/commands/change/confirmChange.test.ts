import assert from "node:assert/strict";
import { ContactStore } from "../../../../../src/dialler/list/contactStore";
import { placeOf } from "../../../../../src/editor/commands/call/placeOf";
import { type SmallDialler, startSmallDialler } from "../../../../support/dialler/smallDialler";

describe("the place that a question names", () => {
  let dialler: SmallDialler;
  let other: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(1);
    other = await startSmallDialler(1);
  });

  after(async () => {
    await dialler.stop();
    await other.stop();
  });

  it("has the campaigns of its own endpoint, and never another one's of the same number", async () => {
    const store = new ContactStore(() => ({ groupBy: "campaign", sortBy: "name", lockField: "" }));
    const [listed, chosen] = [await dialler.connect(), await other.connect()];
    store.open(listed);
    await store.load();
    const preferences = { now: { mask: false } };
    assert.equal(placeOf({ store, preferences }, listed).campaignName(71), "Spring");
    assert.equal(placeOf({ store, preferences }, chosen).campaignName(71), undefined);
  });
});
