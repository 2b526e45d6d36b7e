import assert from "node:assert/strict";
import { gate, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who deletes on a slow server", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  const answers = gate();

  before(async () => {
    dialler = await startSmallDialler(4, async ({ kind }, ordinary) => {
      if (kind === "delete") await answers.opened;
      return ordinary();
    });
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("sees in the row that the contact is being deleted, and is refused a second time, by name", async () => {
    await workbench.contacts.contextMenu("Name 2", "Delete Contact…");
    await workbench.dialog.click("Delete");
    await until("the delete", () => dialler.idsOf("delete").length === 1);
    await workbench.contacts.rowsWhen((rows) => rows.some((row) => /Name 2\s*being deleted/.test(row)));
    await workbench.screenshot("being-deleted");
    await workbench.contacts.contextMenu("Name 2", "Delete Contact…");
    await workbench.notifications.read(/^Name 2 #2 is being deleted\. Nothing was sent\.$/);
    assert.equal(await workbench.dialog.isShown(), false);
    answers.open();
    await workbench.notifications.read(/^Deleted Name 2 #2 on test\.$/);
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    assert.deepEqual(dialler.idsOf("delete"), [2]);
  });
});
