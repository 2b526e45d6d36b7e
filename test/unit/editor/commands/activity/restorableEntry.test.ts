import assert from "node:assert/strict";
import { restorableEntry } from "../../../../../src/editor/commands/activity/restorableEntry";
import { ended, runOf } from "../../../../support/dialler/runOf";

const baseUrl = "https://dialler.example.com/rest/v1.0/7/";
const keyOf = (id: number) => ({ endpoint: "production", baseUrl, id });

describe("restorableEntry", () => {
  // Nothing was sent for the first, so that no record of it was kept.
  const [first, second] = ended("failed", "done");
  const deletion = runOf([{ ...first, recorded: false }, { ...second }], { run: "2" });
  const history = {
    list: () => Promise.resolve([runOf(ended("done", "done"), { run: "3", action: "lock" }), deletion]),
  };

  it("is the entry that deleted the contact on this server", async () => {
    assert.deepEqual(await restorableEntry(history, keyOf(40102)), { run: "2", item: 1 });
  });

  it("is nothing for a contact that no deletion was sent for, that was restored, or belongs to another server", async () => {
    assert.equal(await restorableEntry(history, keyOf(40101)), undefined);
    const other = { ...keyOf(40102), baseUrl: "https://other/" };
    assert.equal(await restorableEntry(history, other), undefined);
    const restored = runOf([{ result: { outcome: "done" }, restored: { outcome: "done", newId: 1 } }]);
    const list = () => Promise.resolve([restored]);
    assert.equal(await restorableEntry({ list }, keyOf(40101)), undefined);
  });
});
