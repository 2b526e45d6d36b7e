import assert from "node:assert/strict";
import { json } from "../../support/dialler/scriptedReply";
import { type ScriptedServer, startScriptedServer } from "../../support/dialler/scriptedServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { enterToken } from "../../support/workbench/openOn";
import { lookAtContacts, workbench } from "../../support/workbench/contactsToLookAt";

describe("a person who looks closer at contacts", () => {
  lookAtContacts();

  describe("on a shared screen", () => {
    before(() => setMask(true));
    after(() => setMask(false));

    it("reads no number and no address in hover and clipboard", async () => {
      await workbench.contacts.select(/^Aaronson/);
      await workbench.movePointerAway();
      const hover = await workbench.contacts.hover(/^Aaronson/);
      assert.match(hover, /•••99,\s0\stries/);
      assert.match(hover, /a•••@\u2060•••\.com/);
      assert.ok(!hover.includes("4315550199"), hover);
      await workbench.screenshot("masked");
      await workbench.movePointerAway();
      await workbench.contacts.contextMenu(/^Aaronson/, "Copy Phone Number");
      assert.equal(await workbench.clipboard(/^•/), "•••99");
      await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as JSON");
      const json = await workbench.clipboard(/^\{/);
      assert.ok(!json.includes("4315550199") && !json.includes("aaron@"), json);
    });

    it("finds and acts by the real values, and opens the record masked until Reveal", async () => {
      await workbench.contacts.contextMenu(/^Aaronson/, "Lock Contact");
      await workbench.contacts.locked(/^Aaronson/);
      await workbench.contacts.select(/^Aaronson/);
      await workbench.page.keyboard.press("Enter");
      const masked = await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes("•••99")));
      assert.ok(!masked.join("\n").includes("4315550199"), masked.join("\n"));
      await workbench.clickEditorAction("Reveal");
      await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes("+494315550199")));
    });

    it("is shown everything again once the mask is off, without a reload", async () => {
      await setMask(false);
      const hover = await workbench.contacts.hover(/^Aaronson/);
      assert.match(hover, /\+494315550199/);
      await workbench.movePointerAway();
    });
  });

  async function setMask(on: boolean): Promise<void> {
    await workbench.runCommand("Preferences: Open Settings (UI)");
    await workbench.page.locator(".settings-editor .settings-header .monaco-editor").first().click();
    await workbench.page.keyboard.press("ControlOrMeta+a");
    await workbench.page.keyboard.type("dialler.privacy.mask");
    const item = workbench.page.locator(".settings-editor .setting-item-bool", {
      hasText: /Privacy:\s*Mask/,
    });
    const box = item.locator(".setting-value-checkbox");
    // The results refresh while text is typed, and a click may come in between.
    await until("the setting to change", async () => {
      if ((await box.count()) !== 1) return false;
      if ((await box.getAttribute("aria-checked")) === String(on)) return true;
      await box.click({ timeout: 1000 }).catch(() => undefined);
      return false;
    });
    await workbench.screenshot("setting");
    await workbench.contacts.row(on ? "•••88" : "0431 5550188");
    // Newer versions show the settings above the window, where Escape leaves them.
    await until("the settings to close", async () => {
      if ((await box.count()) === 0) return true;
      await workbench.page.keyboard.press("ControlOrMeta+F4");
      await workbench.page.keyboard.press("Escape");
      return false;
    });
  }
});

describe("a person on a shared screen whose server tells numbers in its failures", () => {
  let workbench: Workbench;
  let server: ScriptedServer;
  const contact = { ID: 2, Name: "Ahrens", PhoneNumber1: "+494315550117", DiallerCampaignsID: 2 };

  before(async () => {
    server = await startScriptedServer({
      handler: ({ method }) =>
        method === "GET"
          ? json(200, { records: [contact], count: 1 })
          : json(400, { status: 400, error: "+49 431 5550117 of ida@example.com is blocked" }),
    });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": { mine: { baseUrl: server.baseUrl, environment: "test" } },
        "dialler.activeEndpoint": "mine",
        "dialler.groupBy": "none",
        "dialler.privacy.mask": true,
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.row("Ahrens");
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  it("reads them masked in the notification, the log and the Activity view", async () => {
    await workbench.contacts.contextMenu("Ahrens", "Lock Contact");
    const { message } = await workbench.notifications.read(/was not locked on mine: failed\./);
    const line = await workbench.output.logged(/mine lock #2 failed HTTP 400/);
    await workbench.activity.expandView();
    await workbench.activity.expand(/: not locked/);
    const rows = await workbench.activity.rowsWhen((all) => all.some((row) => row.startsWith("Ahrens · #2")));
    await workbench.screenshot("masked-failure");
    for (const text of [message, line, rows.join("\n")]) {
      assert.match(text, /•••17 of i•••@•••\.com is blocked/);
      assert.ok(!text.includes("5550117") && !text.includes("ida@"), text);
    }
    assert.ok(!(await workbench.output.log()).join("\n").includes("5550117"));
  });
});
