import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import { pickIds } from "../../support/workbench/pickIds";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who changes contacts of a campaign", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(
      Array.from({ length: 8 }, (_, at) => ({ ID: at + 1, Name: `Person ${at + 1}` })),
    );
    workbench = await openOn(dialler, {
      settings: { "dialler.sortBy": "id", "dialler.groupBy": "campaign" },
    });
    await workbench.contacts.expand("Spring");
    await workbench.contacts.rowsWhen((rows) => rows[0] === "Spring 8");
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  const counts = async (wanted: string): Promise<void> => {
    await workbench.contacts.rowsWhen(([first]) => first === `Spring ${wanted}`);
  };
  const holds = (text: string) => (lines: readonly string[]) => lines.some((line) => line.includes(text));

  it("sees the campaign's counts follow each lock, with the open record", async () => {
    await workbench.contacts.select("Person 2");
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen(holds('"bLocked": false'));
    await workbench.contacts.contextMenu("Person 2", "Lock Contact");
    await counts("8, 1 locked");
    await workbench.editorLinesWhen(holds('"bLocked": true'));
    await workbench.contacts.contextMenu("Person 6", "Lock Contact");
    await counts("8, 2 locked");
    assert.deepEqual(dialler.idsOf("lock"), [2, 6]);
  });

  it("sees them follow a deletion, which the open record shows, too", async () => {
    await workbench.contacts.contextMenu("Person 2", "Delete Contact…");
    await workbench.dialog.click("Delete");
    await counts("7, 1 locked");
    const lens = workbench.page.locator(".monaco-editor .codelens-decoration");
    await until("the record to say so", async () => /Deleted:\s+Person 2/.test(await lens.innerText()));
    await workbench.screenshot("own-actions");
  });

  it("deletes the next one with ArrowDown and Delete, and the one after it", async () => {
    await workbench.contacts.select("Person 3");
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    await focusedRowWhen(workbench, "Person 4");
    await workbench.page.keyboard.press("ArrowDown");
    await focusedRowWhen(workbench, "Person 5");
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).message, /^Delete contact Person 5 #5 on test\?$/);
    await workbench.dialog.click("Delete");
    await focusedRowWhen(workbench, "Person 6");
    await counts("5, 1 locked");
    assert.deepEqual(dialler.idsOf("delete"), [2, 3, 5]);
  });

  it("is asked about three by count and name, and in other words when no record is kept", async () => {
    await workbench.contacts.select("Person 1");
    await workbench.contacts.select("Person 6", "ControlOrMeta");
    await workbench.contacts.select("Person 7", "ControlOrMeta");
    await workbench.page.keyboard.press("Delete");
    const { message, detail, buttons } = await workbench.dialog.read();
    assert.equal(message, "Delete 3 contacts on test?");
    assert.match(detail, /Person 1 #1\nPerson 6 #6\nPerson 7 #7/);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Delete 3 Contacts"]);
    await workbench.dialog.click("Cancel");
    assert.deepEqual(dialler.idsOf("delete"), [2, 3, 5]);
    await workbench.copy("1\n6\n7\n");
    await workbench.runCommand("Dialler: Delete Contacts in List…");
    await pickIds(workbench, "Clipboard: 3 IDs or UserData");
    await workbench.quickInput.itemsWhen((items) => items.length === 3);
    assert.equal(await workbench.quickInput.title(), "Delete 3 Contacts on test");
    await workbench.quickInput.clickButton("Delete for Good, Keep No Record");
    const unkept = await workbench.dialog.read();
    assert.equal(unkept.message, "Delete 3 contacts on test for good and keep no record?");
    assert.deepEqual([...unkept.buttons].sort(), [
      "Cancel",
      "Delete 3 for Good, Keep No Record",
      "Don't Delete",
    ]);
    await workbench.screenshot("unkept");
    await workbench.dialog.click("Cancel");
    assert.deepEqual(dialler.idsOf("delete"), [2, 3, 5]);
  });
});
