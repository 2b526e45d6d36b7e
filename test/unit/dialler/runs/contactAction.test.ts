import assert from "node:assert/strict";
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
      [deletion, lock, unlock].map(({ journalled, opposite, effect }) => [journalled, opposite, effect]),
      [
        [true, undefined, "removes"],
        [false, "unlock", "locks"],
        [false, "lock", "unlocks"],
      ],
    );
  });
});
