import assert from "node:assert/strict";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";

const campaign = "Customer Survey 2026";
const brandt = "Brandt, Sönke";

describe("a person who tries the demo dialler", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await workbench.openView();
  });

  after(() => workbench.close());

  it("is offered an endpoint or the demo, and sees campaigns after one click", async () => {
    const welcome = await workbench.contacts.welcome();
    assert.ok(welcome.includes("Add Endpoint…"), welcome.join());
    await workbench.screenshot("welcome");
    await workbench.contacts.clickWelcome("Try the Demo Dialler");
    const rows = await workbench.contacts.rowsWhen((all) => all.length === 5);
    assert.deepEqual(
      rows.map((row) => row.trim()),
      [
        "Customer Survey 2026",
        "Frühjahrsaktion Optik",
        "Rückrufe „dringend“",
        "Zahlungserinnerung",
        "Odd data",
      ],
    );
    assert.ok((await workbench.statusBar()).includes("Demo"));
  });

  it("expands a campaign into contacts, and the campaign tells how many", async () => {
    await workbench.contacts.expand(campaign);
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
    await workbench.contacts.rowsWhen((rows) => rows.some((row) => /2026 \d+, \d+ locked/.test(row)));
    await workbench.screenshot("contacts");
  });

  it("locks a contact from its menu: icon and word change, and the server has it locked", async () => {
    await workbench.contacts.contextMenu(brandt, "Lock Contact");
    await workbench.contacts.locked(new RegExp(`^${brandt}`));
    const row = await workbench.contacts.row(brandt);
    assert.equal(await row.locator(".codicon-lock").count(), 1);
    assert.match(String(await row.getAttribute("aria-label")), /^Locked\. Brandt, Sönke\. ID 40225/);
    assert.match(await recordOf(brandt), /"bLocked": ?true/);
  });

  it("unlocks it with the inline button", async () => {
    await workbench.contacts.clickRowAction(brandt, "Unlock Contact");
    await workbench.contacts.unlocked(new RegExp(`^${brandt}`));
    assert.match(await recordOf(brandt), /"bLocked": ?false/);
  });

  it("is asked before a delete, and Cancel deletes nothing", async () => {
    await chooseDelete();
    const { message, detail, buttons } = await workbench.dialog.read();
    assert.equal(message, "Delete contact Brandt, Sönke #40225 on Demo?");
    assert.match(detail, /Campaign: Customer Survey 2026 #72\nUserData: “CRM-000541”\nEndpoint: Demo/);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Delete", "Lock Instead"]);
    await workbench.screenshot("delete");
    await workbench.dialog.click("Cancel");
    assert.ok(await workbench.contacts.has(brandt));
  });

  it("deletes it after the modal: the row goes, and the server has it gone", async () => {
    await chooseDelete();
    await workbench.dialog.click("Delete");
    await workbench.contacts.rowsWhen((rows) => !rows.some((row) => row.startsWith(brandt)));
    await workbench.contacts.goneOn();
    await workbench.runCommand("Dialler: Find Contact…");
    await workbench.quickInput.type("40225");
    await workbench.quickInput.itemsWhen((items) => items.length > 0);
    await workbench.quickInput.accept();
    await workbench.notifications.read(/The server has no contact #40225\./);
  });

  it("chooses among two contacts with one UserData, and only the chosen one is touched", async () => {
    await workbench.runCommand("Dialler: Lock Contacts by UserData…");
    await workbench.quickInput.type("CRM-000477");
    await workbench.quickInput.accept();
    const items = await workbench.quickInput.itemsWhen((all) => all.length === 2);
    assert.match(items.join("\n"), /UserData “CRM-000477”.*\n.*UserData “CRM-000477”/);
    await workbench.screenshot("which");
    await workbench.quickInput.tick("Moorring, Zoë #40221");
    await workbench.quickInput.accept();
    await workbench.output.logged(/Demo lock #40221 done HTTP 200/);
    assert.match(await recordOf("Moorring, Zoë"), /"bLocked": ?true/);
    await workbench.contacts.locked(/Moorring, Zoë/);
    await workbench.contacts.row(/Grünwald, Sönke.*#40161/);
  });

  it("opens a contact with Enter as a read-only JSON document", async () => {
    await workbench.contacts.select("Moorring, Zoë");
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 40221')));
    await workbench.screenshot("document");
  });

  it("deletes with the Delete key the row that has the focus, not the one clicked before", async () => {
    await workbench.contacts.select("Moorring, Zoë");
    await workbench.page.keyboard.press("ArrowDown");
    await workbench.page.keyboard.press("ArrowDown");
    const focused = await workbench.page.locator(".monaco-list-row.focused .label-name").first().innerText();
    await workbench.page.keyboard.press("Delete");
    const { message } = await workbench.dialog.read();
    assert.ok(message.includes(focused), `${message} should name ${focused}`);
    await workbench.dialog.click("Cancel");
  });

  it("finds one line per result in the output channel", async () => {
    await workbench.showOutput();
    const results = (await workbench.output.log()).filter((line) =>
      /\bDemo (lock|unlock|delete) #/.test(line),
    );
    assert.deepEqual(
      results.map((line) => line.replace(/^.*\] /, "").replace(/\d+ ms/, "N ms")),
      [
        "Demo lock #40225 done HTTP 200 N ms",
        "Demo unlock #40225 done HTTP 200 N ms",
        "Demo delete #40225 done HTTP 200 N ms",
        "Demo lock #40221 done HTTP 200 N ms",
      ],
    );
    await workbench.screenshot("output");
  });

  /** A refresh in progress redraws the tree and closes its menu; a person would try again. */
  async function chooseDelete(): Promise<void> {
    const question = workbench.page.locator(".monaco-dialog-box");
    await until("the question", async () => {
      await workbench.contacts.contextMenu(brandt, "Delete Contact…");
      return question.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** The record is read from the server again. */
  async function recordOf(name: string): Promise<string> {
    await workbench.copy("");
    await workbench.contacts.contextMenu(name, "Copy As", "Copy as JSON");
    return workbench.clipboard(/"bLocked"/);
  }
});
