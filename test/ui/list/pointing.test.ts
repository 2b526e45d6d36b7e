import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

const records = Array.from({ length: 9 }, (_, at) => ({
  ID: at + 1,
  Name: `Person ${at + 1}`,
  UserData: `CRM-${at + 1}`,
}));

describe("a person who points at a contact", () => {
  let dialler: SmallDialler;
  let workbench: Workbench;

  beforeEach(async () => {
    dialler = await startSmallDialler(records);
    workbench = await openOn(dialler, { settings: { "dialler.sortBy": "id" } });
  });

  afterEach(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("sees the record of the row that is clicked, in the preview tab, with the focus still in the list", async () => {
    await workbench.contacts.select(/#3\b/);
    await tabsWhen(["3 (test)"]);
    await workbench.contacts.select(/#4\b/);
    await tabsWhen(["4 (test)"]);
    assert.match(await tabClass(/^4 /), /italic/);
    assert.deepEqual(dialler.idsOf("read"), [3, 4]);
    await focusedRowWhen(workbench, "Person 4");
    await press("Enter");
    await until("a tab that stays", async () => !(await tabClass(/^4 /)).includes("italic"));
  });

  it("opens nothing when clicks select several rows", async () => {
    await workbench.contacts.select(/#3\b/);
    await tabsWhen(["3 (test)"]);
    await workbench.contacts.select(/#5\b/, "ControlOrMeta");
    await press("ControlOrMeta+c");
    assert.equal(await workbench.clipboard(/^\d/), "3\n5");
    assert.deepEqual(dialler.idsOf("read"), [3]);
  });

  it("deletes the row that has the focus, and goes on from the next one", async () => {
    await workbench.contacts.select(/#3\b/);
    await tabsWhen(["3 (test)"]);
    await press("ArrowDown");
    await focusedRowWhen(workbench, "Person 4");
    await press("Delete");
    assert.match((await workbench.dialog.read()).message, /Person 4 #4/);
    await workbench.dialog.click("Delete");
    await workbench.contacts.rowsWhen((rows) => !rows.some((row) => row.includes("#4")));
    assert.deepEqual(dialler.idsOf("delete"), [4]);
    await focusedRowWhen(workbench, "Person 5");
    await press("ArrowDown");
    await focusedRowWhen(workbench, "Person 6");
    await press("ControlOrMeta+l");
    await until("the lock", () => dialler.idsOf("lock").length === 1);
    assert.deepEqual(dialler.idsOf("lock"), [6]);
    await tabsWhen(["3 (test)"]);
  });

  it("goes back to the row before when the last one is deleted", async () => {
    await workbench.contacts.select(/#9\b/);
    await press("Delete");
    await workbench.dialog.read();
    await workbench.dialog.click("Delete");
    await focusedRowWhen(workbench, "Person 8");
  });

  it("is asked in the palette whether the record in front or the selected row is meant", async () => {
    await workbench.contacts.select(/#2\b/);
    await press("Enter");
    await until("a tab that stays", async () => !(await tabClass(/^2 /)).includes("italic"));
    await workbench.contacts.select(/#7\b/, "ControlOrMeta");
    // Takes the row of the record in front out of the selection.
    const row = (await workbench.contacts.row(/#2\b/)).locator(".label-name");
    await row.click({ modifiers: ["ControlOrMeta"] });
    await workbench.runCommand("Dialler: Lock Contact");
    const items = await workbench.quickInput.itemsWhen((all) => all.length === 3);
    assert.match(items[0] ?? "", /^Lock Person 2 · CRM-2 · #2 record in front$/);
    assert.match(items[1] ?? "", /^Lock Person 7 · CRM-7 · #7 selected in the Contacts view$/);
    assert.match(items[2] ?? "", /^Another contact on test… \(ID or UserData\)$/);
    await workbench.screenshot("candidates");
    await workbench.quickInput.accept();
    await until("the lock", () => dialler.idsOf("lock").length === 1);
    assert.deepEqual(dialler.idsOf("lock"), [2]);
  });

  it("names several selected contacts in the palette, and another one by ID or UserData", async () => {
    await workbench.contacts.select(/#2\b/);
    await tabsWhen(["2 (test)"]);
    await workbench.contacts.select(/#3\b/, "ControlOrMeta");
    await workbench.contacts.select(/#5\b/, "ControlOrMeta");
    await workbench.contacts.select(/#6\b/, "ControlOrMeta");
    await workbench.runCommand("Dialler: Lock Contact");
    const items = await workbench.quickInput.itemsWhen((all) => all.length === 3);
    assert.match(items[1] ?? "", /^Lock 4 selected contacts: Person 2; Person 3; Person 5 and 1 more/);
    await workbench.quickInput.pick("Another contact on test… (ID or UserData)");
    await workbench.quickInput.pick("By ID…");
    await workbench.quickInput.type("8");
    await workbench.quickInput.accept();
    await until("the lock", () => dialler.idsOf("lock").length === 1);
    assert.deepEqual(dialler.idsOf("lock"), [8]);
  });

  it("locks from the palette what was chosen, with the focus on another row, and reads whom", async () => {
    await workbench.contacts.select(/#3\b/);
    await tabsWhen(["3 (test)"]);
    // The focus goes back to the list when the palette closes.
    await workbench.runCommand("View: Close All Editors");
    await press("ArrowDown");
    await focusedRowWhen(workbench, "Person 4");
    await workbench.runCommand("Dialler: Lock Contact");
    const items = await workbench.quickInput.itemsWhen((all) => all.length === 2);
    assert.match(items[0] ?? "", /^Lock Person 3 · CRM-3 · #3 selected in the Contacts view$/);
    await workbench.quickInput.pick("Lock Person 3 · CRM-3 · #3");
    await workbench.statusBarItem("Locked Person 3 #3 on test.").waitFor();
    assert.deepEqual(dialler.idsOf("lock"), [3]);
  });

  it("reads whose ID was copied", async () => {
    await workbench.contacts.select(/#3\b/);
    await tabsWhen(["3 (test)"]);
    await workbench.runCommand("Dialler: Copy ID");
    await workbench.statusBarItem("Copied ID 3 of Person 3.").waitFor();
    assert.equal(await workbench.clipboard(/^\d/), "3");
  });

  async function press(key: string): Promise<void> {
    await workbench.page.keyboard.press(key);
  }

  async function tabsWhen(wanted: readonly string[]): Promise<void> {
    let tabs: string[] = [];
    await until(
      () => `the tabs ${wanted.join()}; there are: ${tabs.join()}`,
      async () => {
        tabs = await workbench.page.locator(".part.editor .tab .label-name").allInnerTexts();
        // Newer versions show the ending of the name apart.
        const records = tabs.flatMap((tab) => /^\d+ \(test\)/.exec(tab) ?? []);
        return records.join() === wanted.join();
      },
    );
  }

  async function tabClass(name: RegExp): Promise<string> {
    const tab = workbench.page.locator(".part.editor .tab .monaco-icon-label", { hasText: name }).first();
    return (await tab.getAttribute("class")) ?? "";
  }
});
