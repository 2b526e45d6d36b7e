import assert from "node:assert/strict";
import { byTheBook, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who reads what became of whom", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(
      Array.from({ length: 30 }, (_, at) => ({
        ID: at + 1,
        bLocked: at + 1 === 3,
        ...(at + 1 === 8 ? { PhoneNumber1: null } : {}),
      })),
    );
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length > 5);
    await workbench.activity.expandView();
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  afterEach(async () => {
    dialler.script = byTheBook;
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  const said = async (text: string): Promise<void> => {
    await workbench.statusBarItem(text).waitFor();
  };

  it("sees the name of one locked contact, and takes the lock back by key", async () => {
    await workbench.contacts.contextMenu(/#1\b/, "Lock Contact");
    await said("Locked Name 1 #1 on test.");
    await workbench.activity.rowsWhen((rows) => rows[0]?.startsWith("Locked Name 1") === true);
    await workbench.contacts.select(/#1\b/);
    await workbench.page.keyboard.press("ControlOrMeta+z");
    await said("Unlocked Name 1 #1 on test.");
    assert.deepEqual([dialler.idsOf("lock"), dialler.idsOf("unlock")], [[1], [1]]);
    // The last run is undone: once more does nothing.
    await workbench.contacts.select(/#1\b/);
    await workbench.page.keyboard.press("ControlOrMeta+z");
    await workbench.notifications.read(/The last run has already been undone: Locked Name 1\./);
    assert.deepEqual(dialler.idsOf("unlock"), [1]);
  });

  it("sees three names, and a click on them takes back only what the run changed", async () => {
    await workbench.contacts.select(/#1\b/);
    for (const id of [2, 3]) await workbench.contacts.select(new RegExp(`#${id}\\b`), "ControlOrMeta");
    await workbench.contacts.contextMenu(/#2\b/, "Lock Contact");
    const result = workbench.statusBarItem("Locked Name 1 #1; Name 2 #2; Name 3 #3 on test.");
    await result.waitFor();
    await result.click();
    await said("Unlocked Name 1 #1; Name 2 #2 on test.");
    assert.deepEqual(dialler.idsOf("unlock").slice(1).sort(), [1, 2]);
    await until("the run to be undone", async () =>
      (await workbench.activity.rows()).some((row) => row.includes("Name 3 undone")),
    );
  });

  it("sees the count of 25 locked contacts", async () => {
    await workbench.contacts.select(0);
    await workbench.contacts.select(24, "Shift");
    await workbench.contacts.contextMenu(24, "Lock Contact");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await said("Locked 25 contacts on test.");
    await workbench.activity.rowsWhen((rows) => rows[0]?.startsWith("Locked 25 contacts test") === true);
  });

  it("sees the name of a deleted contact, and is asked by name whether to restore it", async () => {
    await workbench.contacts.select(/#5\b/);
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    const { message, buttons } = await workbench.notifications.read(/^Deleted Name 5 #5 on test\.$/);
    assert.ok(message);
    assert.deepEqual([...buttons].sort(), ["Restore…", "Show Activity"]);
    const row = (
      await workbench.activity.rowsWhen((rows) => rows[0]?.startsWith("Deleted Name 5") === true)
    )[0];
    assert.match(row ?? "", / test · \d{1,2}:\d{2}/);
    await workbench.notifications.click(/Deleted Name 5 #5/, "Restore…");
    assert.equal((await workbench.dialog.read()).message, "Restore Name 5 #5 on test?");
    await workbench.dialog.click("Restore Contact");
    await workbench.statusBarItem(/Restored Name 5 #\d+ on test\./).waitFor();
    assert.ok((await workbench.output.log()).every((line) => !line.includes("Name 5")));
    // The restored contact pushes the rows below it down.
    await workbench.contacts.row(/^Name 5.*#9\d+/);
    await workbench.contacts.select(/#6\b/);
    await workbench.page.keyboard.press("ControlOrMeta+z");
    await workbench.notifications.read(/^Name 5 #5 is restored already\.$/);
  });

  it("reads what has changed of a contact that was not deleted for it, and deletes it as it is now", async () => {
    dialler.contacts.set(7, { ...dialler.contacts.get(7), Name: "Dorn" });
    await workbench.contacts.select(/#7\b/);
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    await workbench.notifications.read(/The name has changed since it was shown \(now Dorn\)\./);
    await workbench.screenshot("changed-since");
    assert.equal(dialler.contacts.has(7), true);
    await workbench.contacts.rowsWhen((rows) => rows.some((row) => /Dorn.*#7\b/.test(row)));
    await workbench.contacts.select(/#7\b/);
    await workbench.page.keyboard.press("Delete");
    assert.equal((await workbench.dialog.read()).message, "Delete contact Dorn #7 on test?");
    await workbench.dialog.click("Delete");
    await workbench.notifications.read(/^Deleted Dorn #7 on test\.$/);
    assert.equal(dialler.contacts.has(7), false);
  });

  it("is not offered to restore a contact that the server would refuse", async () => {
    await workbench.contacts.select(/#8\b/);
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).detail, /it has no phone number/);
    await workbench.dialog.click("Delete");
    const { buttons } = await workbench.notifications.read(/^Deleted Name 8 #8 on test\.$/);
    assert.deepEqual(buttons, ["Show Activity"]);
    const offered = await workbench.activity.contextMenuLabels(/^Deleted Name 8/);
    assert.ok(!offered.includes("Restore Contacts…"), offered.join());
  });
});
