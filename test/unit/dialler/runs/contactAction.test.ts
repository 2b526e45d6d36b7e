import assert from "node:assert/strict";
import { startDemoServer } from "../../../../src/dialler/demo/demoServer";
import { commands } from "../../../../src/manifest";
import { clientFor } from "../../../support/dialler/clientFor";
import { contactActions } from "../../../../src/dialler/runs/contactAction";

describe("contactActions", () => {
  it("has words for one and for many", () => {
    const { delete: deletion, lock, unlock } = contactActions;
    assert.deepEqual(
      [deletion, lock, unlock].map((action) => [
        action.change,
        action.button(1),
        action.button(3),
        action.progress("test"),
        action.headline(2, 3, "test"),
      ]),
      [
        ["delete", "Delete", "Delete 3 Contacts", "Deleting contacts on test", "Deleted 2 of 3 on test"],
        ["lock", "Lock", "Lock 3 Contacts", "Locking contacts on test", "Locked 2 of 3 on test"],
        ["unlock", "Unlock", "Unlock 3 Contacts", "Unlocking contacts on test", "Unlocked 2 of 3 on test"],
      ],
    );
  });

  it("knows what is kept in the journal, what takes it back, and what a contact is afterwards", () => {
    const { delete: deletion, lock, unlock } = contactActions;
    assert.deepEqual(
      [deletion, lock, unlock].map(({ keepsRecord: journalled, opposite, effect }) => [
        journalled,
        opposite,
        effect,
      ]),
      [
        [true, undefined, "removes"],
        [false, "unlock", "locks"],
        [false, "lock", "unlocks"],
      ],
    );
  });

  it("has commands for rows, for UserData and for lists, and an answer of the demo, for every action", async () => {
    const demo = await startDemoServer({ contacts: 5 });
    try {
      const client = clientFor(demo.baseUrl, { token: demo.token });
      const ids: ReadonlySet<string> = new Set(Object.values(commands));
      for (const { change } of Object.values(contactActions)) {
        for (const id of [`contact.${change}`, `contact.${change}ByUserData`, `list.${change}`])
          assert.ok(ids.has(`dialler.${id}`), id);
        assert.equal((await client.change(change, { id: 40101 })).outcome, "done", change);
      }
    } finally {
      await demo.stop();
    }
  });
});
