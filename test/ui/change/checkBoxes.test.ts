import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { pickIds } from "../../support/workbench/pickIds";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who clicks check boxes", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1, UserData: "TWINS" },
      { ID: 2, UserData: "TWINS" },
      { ID: 3 },
      { ID: 4 },
      { ID: 5 },
    ]);
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("reads what to do when nothing is chosen, and accepts with Enter after a click on a box", async () => {
    const { page, quickInput, notifications } = workbench;
    await workbench.runCommand("Dialler: Lock Contacts by UserData…");
    await quickInput.type("TWINS");
    await quickInput.accept();
    await quickInput.itemsWhen((items) => items.length === 2);
    await page.keyboard.press("Enter");
    await notifications.read(/No contact is chosen\. Select at least one, or press Esc to cancel\./);
    await workbench.screenshot("nothing-chosen");
    assert.equal((await quickInput.items()).length, 2);
    assert.deepEqual(dialler.idsOf("lock"), []);
    await quickInput.tick("Name 2 #2");
    await quickInput.boxLeft();
    await page.keyboard.press("Enter");
    await until("the lock", () => dialler.idsOf("lock").length > 0);
    await workbench.output.logged(/test lock #2 done/);
    assert.deepEqual(dialler.idsOf("lock"), [2]);
  });

  it("leaves a contact out of a list with a click, and accepts the others with Enter", async () => {
    const { page, quickInput } = workbench;
    await workbench.copy("3\n4\n5");
    await workbench.runCommand("Dialler: Lock Contacts in List…");
    await pickIds(workbench, "Clipboard: 3 IDs or UserData");
    await quickInput.itemsWhen((items) => items.filter((item) => item.startsWith("Name")).length === 3);
    await quickInput.tick("Name 4 #4");
    await quickInput.boxLeft();
    await page.keyboard.press("Enter");
    await workbench.output.logged(/test lock #5 done/);
    assert.deepEqual(dialler.idsOf("lock").sort(), [2, 3, 5]);
  });

  it("holds Enter down in a list to delete, and deletes nothing", async () => {
    const { page, quickInput, dialog } = workbench;
    const from = dialler.changing().length;
    await workbench.copy("3\n4\n5");
    await workbench.runCommand("Dialler: Delete Contacts in List…");
    await pickIds(workbench, "Clipboard: 3 IDs or UserData");
    await quickInput.itemsWhen((items) => items.filter((item) => item.startsWith("Name")).length === 3);
    await page.keyboard.down("Enter");
    await dialog.readWhen(/^Delete 3 contacts on test\?/);
    await until("the question to be answered by the held key", async () => {
      await page.keyboard.down("Enter");
      return !(await dialog.isShown());
    });
    await page.keyboard.up("Enter");
    // A deletion would read the contacts again at once, and then delete them.
    await page.waitForTimeout(1000);
    assert.equal(dialler.changing().length, from);
    assert.deepEqual([...dialler.contacts.keys()], [1, 2, 3, 4, 5]);
  });
});
