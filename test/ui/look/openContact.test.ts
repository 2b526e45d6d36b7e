import assert from "node:assert/strict";
import { linesInSight } from "../../support/workbench/inPage";
import { until } from "../../support/workbench/until";
import {
  asked,
  lookAtContacts,
  pointAt,
  seen,
  seenByOther,
  switchToOldDialler,
  workbench,
} from "../../support/workbench/contactsToLookAt";

describe("a person who looks closer at contacts", () => {
  lookAtContacts();

  it("reads in the hover the result code and where the link leads", async () => {
    const hover = await workbench.contacts.hover(/^Aaronson/);
    assert.match(hover, /External link: crm\.example\.com/);
    assert.match(hover, /\+494315550199,\s0\stries/);
    await workbench.screenshot("hover");
    await workbench.movePointerAway();
    assert.deepEqual(asked(), []);
  });

  it("opens the history with result and calls, and reads it again with Refresh", async () => {
    await pointAt(/#40101\b/);
    await workbench.contacts.contextMenu(/#40101\b/, "Show Contact History");
    await workbench.editorLinesWhen(
      (lines) =>
        lines.some((line) => /^Time\s+Number\s+Duration\s+Cause\s+Agent\s+Result/.test(line)) &&
        lines.some((line) => line.includes("#40101")),
    );
    await workbench.screenshot("history");
    assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    await workbench.runCommand("Dialler: Refresh Contact");
    await until("the history to be read", () => seen.length > 0);
    assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    const lines = await workbench.editorLinesWhen((all) => all.some((line) => /^Time\s+Number/.test(line)));
    assert.ok(!lines.join("\n").includes("Email"));
  });

  it("compares two contacts, and only two", async () => {
    await pointAt(/#40101\b/);
    await workbench.contacts.select(/#40102\b/, "ControlOrMeta");
    await workbench.contacts.contextMenu(/#40102\b/, "Compare Contacts");
    const sides = workbench.page.locator(".monaco-diff-editor .editor");
    await until("both records", async () => {
      const texts = await Promise.all((await sides.all()).map((side) => linesInSight(side)));
      return [40101, 40102].every((id, place) => texts[place]?.some((line) => line.includes(`"ID": ${id}`)));
    });
    // VS Code writes the titles of tabs to disk.
    const label = await workbench.page.locator(".tab.active").getAttribute("aria-label");
    assert.ok(label?.startsWith("#40101 ↔ #40102 (mine)"), String(label));
    await workbench.screenshot("compare");
    assert.deepEqual(asked(), ["GET /contacts/40101", "GET /contacts/40102"]);
    await workbench.contacts.select(/#40103\b/, "ControlOrMeta");
    assert.ok(!(await workbench.contacts.contextMenuLabels(/#40103\b/)).includes("Compare Contacts"));
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Dialler: Compare Contacts");
    await workbench.notifications.read(/Two contacts can be compared; 3 are selected/);
    await workbench.runCommand("Notifications: Clear All Notifications");
    await pointAt(/#40101\b/);
    assert.ok(!(await workbench.contacts.contextMenuLabels(/#40101\b/)).includes("Compare Contacts"));
    assert.deepEqual(asked(), []);
  });

  it("opens with the button of a row that contact, whatever else is selected, and none of several by a command", async () => {
    await pointAt(/#40101\b/);
    await workbench.contacts.select(/#40102\b/, "ControlOrMeta");
    await workbench.contacts.clickRowAction(/#40102\b/, "Open Contact");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 40102')));
    assert.deepEqual(asked(), ["GET /contacts/40102"]);
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Dialler: Open Contact");
    await workbench.notifications.read(
      /2 contacts are selected, but this command works on one\. Select one\./,
    );
    await workbench.runCommand("Notifications: Clear All Notifications");
    assert.deepEqual(asked(), []);
  });

  it("opens the contact that a line of the log names, and nothing is requested before the click", async () => {
    // An open record would be read again after the lock.
    await workbench.runCommand("View: Close All Editors");
    await workbench.contacts.contextMenu(/#40102\b/, "Lock Contact");
    await workbench.output.logged(/mine lock #40102 done/);
    asked();
    await workbench.showOutput();
    const link = workbench.page.locator(".part.panel .output-view .detected-link", { hasText: "40102" });
    await link.first().waitFor();
    await workbench.screenshot("log-link");
    assert.deepEqual(asked(), []);
    await link.first().click({ modifiers: ["ControlOrMeta"] });
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 40102')));
    assert.deepEqual(asked(), ["GET /contacts/40102"]);
  });

  it("opens a record, and Refresh Contact reads it again with one request", async () => {
    await pointAt(/#40101\b/);
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 40101')));
    await until("the record to be read for its tab", () => seen.length > 0);
    seen.splice(0);
    await workbench.runCommand("Dialler: Refresh Contact");
    await until("the record to be read", () => seen.length > 0);
    assert.deepEqual(
      seen.map(({ method, path }) => `${method} ${path}`),
      ["GET /rest/v1.0/7/dialler/contacts/40101"],
    );
  });

  describe("at another endpoint, an old one", () => {
    switchToOldDialler();

    it("says that the server offers no history", async () => {
      await workbench.contacts.contextMenu(/#40101\b/, "Show Contact History");
      await workbench.notifications.read(/The server of old does not offer the history of a contact\./);
      await workbench.runCommand("Notifications: Clear All Notifications");
    });

    it("says that a line of the log belongs to another endpoint", async () => {
      await workbench.showOutput();
      const link = workbench.page.locator(".part.panel .output-view .detected-link", { hasText: "40102" });
      await link.first().click({ modifiers: ["ControlOrMeta"] });
      await workbench.notifications.read(/The active endpoint is old, not mine\. Nothing was sent\./);
      assert.deepEqual(asked(), []);
      assert.deepEqual(
        seenByOther.filter(({ path }) => path.includes("40102")),
        [],
      );
    });
  });
});
