import assert from "node:assert/strict";
import { until } from "../../support/workbench/until";
import { asked, bank, ids, lookAtContacts, workbench } from "../../support/workbench/contactsToLookAt";

const activeTab = ".part.editor .editor-group-container.active .tab.active";

describe("a person who reads a record", () => {
  lookAtContacts();

  const holds = (text: string) => (lines: readonly string[]) => lines.some((line) => line.includes(text));
  /** Newer versions of VS Code show what follows the last dot apart from the label. */
  const label = async (): Promise<string> =>
    (await workbench.page.locator(`${activeTab} .label-name`).innerText()).trim().replace(/\.\w+$/, "");
  const open = async (name: RegExp, id: number): Promise<void> => {
    await workbench.contacts.select(name);
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen(holds(`"ID": ${id}`));
    asked();
  };

  it("sees who it is first, and no name in the label of the tab", async () => {
    await open(/^Aaronson/, ids.banked);
    assert.equal(await label(), `${ids.banked} (mine)`);
    const members = ['"ID"', '"PhoneNumber1"', '"bLocked"', '"Email"', '"AccountIBAN"'];
    const placesIn = (lines: readonly string[]): number[] =>
      members.map((member) => lines.findIndex((line) => line.includes(member)));
    const lines = await workbench.editorLinesWhen((all) => placesIn(all).every((place) => place >= 0));
    const places = placesIn(lines);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      lines.join("\n"),
    );
    await workbench.screenshot("record");
  });

  it("sees bank data only after Reveal, also after a refresh, until the tab is closed", async () => {
    const hidden = await workbench.editorLinesWhen(holds('"AccountIBAN": "•••"'));
    assert.ok(!hidden.join("\n").includes(bank.AccountOwner));
    await workbench.clickEditorAction("Reveal");
    await workbench.editorLinesWhen(holds(bank.AccountIBAN));
    assert.deepEqual(asked(), []);
    await until("the button to go", async () => (await workbench.editorAction("Reveal").count()) === 0);
    await workbench.clickEditorAction("Refresh Contact");
    await until("the record to be read", () => asked().length > 0);
    await workbench.editorLinesWhen(holds(bank.AccountIBAN));
    await workbench.runCommand("View: Close All Editors");
    await open(/^Aaronson/, ids.banked);
    await workbench.editorLinesWhen(holds('"AccountIBAN": "•••"'));
    const folded = workbench.page.locator(".monaco-editor .cldr.codicon-folding-collapsed");
    await until("the members without a value to be folded", async () => (await folded.count()) === 1);
  });

  it("locks with the title's button the contact of the document, whatever is selected, and sees it at once", async () => {
    await workbench.contacts.select(/#40102\b/);
    await workbench.editorLinesWhen(holds('"ID": 40102'));
    await workbench.contacts.contextMenu(/^Aaronson/, "Open Contact");
    await workbench.editorLinesWhen(holds(`"ID": ${ids.banked}`));
    asked();
    await workbench.clickEditorAction("Lock Contact");
    await workbench.editorLinesWhen(holds('"bLocked": true'));
    assert.deepEqual(asked(), [`GET /contacts/${ids.banked}`, `PATCH /contacts/contact/${ids.banked}/lock`]);
    assert.equal(await workbench.editorAction("Lock Contact").count(), 0);
    await workbench.screenshot("record-locked");
    await workbench.contacts.contextMenu(/^Aaronson/, "Unlock Contact");
    await workbench.editorLinesWhen(holds('"bLocked": false'));
    assert.deepEqual(asked(), [`PATCH /contacts/contact/${ids.banked}/unlock`]);
  });

  it("reads the history from the title, and the same as JSON", async () => {
    await open(/#40101\b/, 40101);
    await workbench.clickEditorAction("Show Contact History");
    await workbench.editorLinesWhen((lines) => lines.some((line) => /^Time\s+Number\s+Duration/.test(line)));
    assert.equal(await label(), "40101 (mine) history");
    await workbench.screenshot("history-table");
    await workbench.clickEditorAction("Show History as JSON");
    await workbench.editorLinesWhen(holds('"CalledNumber"'));
    assert.deepEqual(asked(), ["POST /contacts?languagesID=1", "POST /contacts?languagesID=1"]);
  });

  it("is told that the contact was deleted, and restores it from there", async () => {
    await open(/^Aaronson/, ids.banked);
    await workbench.clickEditorAction("Delete Contact…");
    const { message } = await workbench.dialog.read();
    assert.match(message, /Aaronson/);
    await workbench.dialog.click("Delete");
    const lens = workbench.page.locator(".monaco-editor .codelens-decoration");
    await until("the lens", async () => /Deleted:\s+Aaronson[^]*Restore…/.test(await lens.innerText()));
    await workbench.screenshot("record-deleted");
    assert.equal(asked().filter((one) => one === `DELETE /contacts/contact/${ids.banked}`).length, 1);
    assert.equal(await workbench.editorAction("Delete Contact…").count(), 0);
    await workbench.clickEditorAction("Refresh Contact");
    await workbench.notifications.read(
      /Aaronson #\d+ was deleted on mine\. The document shows its last state/,
    );
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.editorLinesWhen(holds(`"ID": ${ids.banked}`));
    await lens.locator("a", { hasText: "Restore…" }).click();
    await workbench.dialog.click("Restore Contact");
    await until("the contact to be there again", () => asked().some((one) => one.includes("import")));
    await until("no offer to restore", async () => !(await lens.innerText()).includes("Restore…"));
  });
});
