import assert from "node:assert/strict";
import { startDemoServer, type DemoRequest, type DemoServer } from "../../src/dialler/demo/demoServer";
import { json } from "../support/dialler/scriptedReply";
import { startScriptedServer, type ScriptedServer } from "../support/dialler/scriptedServer";
import { linesInSight } from "../support/workbench/inPage";
import { until } from "../support/workbench/until";
import { openWorkbench, type Workbench } from "../support/workbench/workbench";
import { importedInto } from "../support/dialler/importedInto";
import { enterToken } from "../support/workbench/openOn";
import { token } from "../support/dialler/token";

const bank = { AccountOwner: "Ida Brandt", AccountIBAN: "DE44500105175407324931", Amount: 12.5 };

describe("a person who looks closer at contacts", () => {
  let workbench: Workbench;
  let server: DemoServer;
  let other: DemoServer;
  const seen: DemoRequest[] = [];
  const seenByOther: DemoRequest[] = [];
  const ids = { banked: 0, twin: 0 };
  const asked = (): string[] =>
    seen.splice(0).map(({ method, path }) => `${method} ${path.replace("/rest/v1.0/7/dialler", "")}`);

  before(async () => {
    server = await startDemoServer({ token, contacts: 12, observe: (request) => seen.push(request) });
    other = await startDemoServer({
      token,
      contacts: 12,
      observe: (request) => seenByOther.push(request),
      oldServer: { noBatchRead: true },
    });
    ids.banked = await importedInto(server, token, {
      Name: "Aaronson",
      Company: "Bank AG",
      UserData: "40105",
      PhoneNumber1: "+494315550199",
      Email: "aaron@mail.example.com",
      ExternalSystemLink: "https://crm.example.com/c/1",
      ...bank,
    });
    ids.twin = await importedInto(server, token, {
      Name: "Zwilling",
      UserData: "TWIN",
      PhoneNumber1: "4943155501",
    });
    await importedInto(server, token, { Name: "0431 5550188", PhoneNumber1: "4943155503" });
    await importedInto(server, token, { Name: "Zwirn", UserData: "TWIN", PhoneNumber1: "4943155502" });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": {
          mine: { baseUrl: server.baseUrl, environment: "development" },
          old: { baseUrl: other.baseUrl, environment: "development" },
        },
        "dialler.activeEndpoint": "mine",
        "dialler.groupBy": "none",
        "dialler.sortBy": "id",
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.row(/#40101\b/);
  });

  beforeEach(() => {
    seen.splice(0);
    seenByOther.splice(0);
  });

  after(async () => {
    await workbench.close();
    await server.stop();
    await other.stop();
  });

  describe("finds a contact", () => {
    it("by ID or by UserData where digits may be either, and shows it where it is listed", async () => {
      await find("40105");
      const items = await workbench.quickInput.itemsWhen((all) => all.length === 2);
      assert.deepEqual(items, ["ID 40105", "UserData “40105”"]);
      await workbench.screenshot("find");
      assert.deepEqual(asked(), []);
      await workbench.quickInput.accept();
      await selected(/#40105\b/);
      assert.deepEqual(asked(), ["GET /contacts/40105"]);
      await find("40105");
      await workbench.quickInput.pick("UserData “40105”");
      await selected(/^Aaronson/);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });

    it("is offered again what was found lately", async () => {
      await workbench.runCommand("Dialler: Find Contact…");
      const items = await workbench.quickInput.itemsWhen((all) => all.length >= 2);
      assert.deepEqual(items, ["Aaronson UserData “40105”", "Nkemelu, Harriet ID 40105"]);
      await workbench.screenshot("find-recent");
      await workbench.quickInput.accept();
      await until("the look-up", () => seen.length > 0);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });

    it("means with Enter what is typed, not what was found before", async () => {
      await find("4010");
      const items = await workbench.quickInput.itemsWhen(
        (all) => all.length === 4 && all.includes("ID 4010"),
      );
      assert.deepEqual(items.slice(0, 2), ["ID 4010", "UserData “4010”"]);
      await workbench.screenshot("find-typed");
      await workbench.quickInput.accept();
      await workbench.notifications.read(/The server has no contact #4010\./);
      assert.deepEqual(asked(), ["GET /contacts/4010"]);
      await workbench.runCommand("Notifications: Clear All Notifications");
    });

    it("requests nothing for what is blank or left with Escape, and says so where nobody has the UserData", async () => {
      await find("  ");
      await workbench.page.keyboard.press("Enter");
      assert.ok(await workbench.quickInput.isShown());
      await workbench.quickInput.cancel();
      await find("CRM-000417");
      await workbench.quickInput.cancel();
      assert.deepEqual(asked(), []);
      await find("nobody has this");
      await workbench.quickInput.accept();
      await workbench.notifications.read(/No contact has this UserData\./);
      await workbench.runCommand("Notifications: Clear All Notifications");
    });

    it("chooses among several that share the UserData", async () => {
      await find("TWIN");
      await workbench.quickInput.accept();
      await workbench.quickInput.itemsWhen(
        (all) => all.length === 2 && all.every((item) => item.includes("#")),
      );
      await workbench.screenshot("find-several");
      await workbench.quickInput.pick(`Zwilling #${ids.twin}`);
      await selected(/^Zwilling/);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });
  });

  it("reads in the hover the result code and where the link leads", async () => {
    const hover = await hoverOf(/^Aaronson/);
    assert.match(hover, /External link: crm\.example\.com/);
    assert.match(hover, /\+494315550199,\s0\stries/);
    await workbench.screenshot("hover");
    await workbench.movePointerAway();
    assert.deepEqual(asked(), []);
  });

  it("opens the history with result and calls, and reads it again with Refresh", async () => {
    await workbench.contacts.select(/#40101\b/);
    await workbench.contacts.contextMenu(/#40101\b/, "Show History");
    await workbench.editorLinesWhen(
      (lines) =>
        lines.some((line) => line.includes('"CalledNumber"')) &&
        lines.some((line) => line.includes('"ID": 40101')),
    );
    await workbench.screenshot("history");
    assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    await workbench.runCommand("Dialler: Refresh Contact");
    await until("the history to be read", () => seen.length > 0);
    assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    const lines = await workbench.editorLinesWhen((all) =>
      all.some((line) => line.includes('"CalledNumber"')),
    );
    assert.ok(!lines.join("\n").includes("Email"));
  });

  it("compares two contacts, and only two", async () => {
    await workbench.contacts.select(/#40101\b/);
    await workbench.contacts.select(/#40102\b/, "ControlOrMeta");
    await workbench.contacts.contextMenu(/#40102\b/, "Compare Contacts");
    const sides = workbench.page.locator(".monaco-diff-editor .editor");
    await until("both records", async () => {
      const texts = await Promise.all((await sides.all()).map((side) => linesInSight(side)));
      return [40101, 40102].every((id, place) => texts[place]?.some((line) => line.includes(`"ID": ${id}`)));
    });
    await workbench.screenshot("compare");
    assert.deepEqual(asked(), ["GET /contacts/40101", "GET /contacts/40102"]);
    await workbench.contacts.select(/#40103\b/, "ControlOrMeta");
    await workbench.contacts.contextMenu(/#40103\b/, "Compare Contacts");
    await workbench.notifications.read(/Two contacts can be compared; 3 are selected/);
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.contacts.select(/#40101\b/);
    assert.ok(!(await workbench.contacts.contextMenuLabels(/#40101\b/)).includes("Compare Contacts"));
    assert.deepEqual(asked(), []);
  });

  it("opens with the button of a row that contact, whatever else is selected, and none of several by a command", async () => {
    await workbench.contacts.select(/#40101\b/);
    await workbench.contacts.select(/#40102\b/, "ControlOrMeta");
    await workbench.contacts.clickRowAction(/#40102\b/, "Open Contact");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 40102')));
    assert.deepEqual(asked(), ["GET /contacts/40102"]);
    await workbench.runCommand("Dialler: Open Contact");
    await workbench.notifications.read(/2 contacts are selected, and this is for one\. Select one\./);
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.runCommand("View: Close All Editors");
    assert.deepEqual(asked(), []);
  });

  it("copies requests with the token as a variable, and records without bank data", async () => {
    await workbench.contacts.select(/^Aaronson/);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as curl");
    const curl = await workbench.clipboard(/^curl/);
    assert.ok(curl.includes(`'${server.baseUrl}/dialler/contacts/${ids.banked}'`), curl);
    assert.ok(curl.includes('"Authorization: Bearer $DIALLER_TOKEN"'), curl);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as .http");
    const http = await workbench.clipboard(/^# The token/);
    assert.ok(http.includes(`GET ${server.baseUrl}/dialler/contacts/${ids.banked}\n`), http);
    assert.deepEqual(asked(), []);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as JSON");
    const json = await workbench.clipboard(/^\{/);
    assert.ok(json.includes("+494315550199") && json.includes("aaron@mail.example.com"), json);
    for (const value of Object.values(bank)) assert.ok(!json.includes(String(value)), json);
    assert.deepEqual(asked(), [`GET /contacts/${ids.banked}`]);
    for (const text of [curl, http, json]) assert.ok(!text.includes("SECRET"));
  });

  it("opens the contact that a line of the log names, and nothing is requested before the click", async () => {
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

  describe("on a shared screen", () => {
    before(() => setMask(true));
    after(() => setMask(false));

    it("reads no number and no address in hover and clipboard", async () => {
      await workbench.contacts.select(/^Aaronson/);
      await workbench.movePointerAway();
      const hover = await hoverOf(/^Aaronson/);
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

    it("finds and acts by the real values, and opens the record whole", async () => {
      await workbench.contacts.contextMenu(/^Aaronson/, "Lock Contact");
      await workbench.contacts.row(/^Aaronson\s*Locked/);
      await workbench.contacts.select(/^Aaronson/);
      await workbench.page.keyboard.press("Enter");
      await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes("+494315550199")));
    });

    it("is shown everything again once the mask is off, without a reload", async () => {
      await setMask(false);
      const hover = await hoverOf(/^Aaronson/);
      assert.match(hover, /\+494315550199/);
      await workbench.movePointerAway();
    });
  });

  describe("at another endpoint, an old one", () => {
    before(async () => {
      await workbench.runCommand("Dialler: Switch Endpoint…");
      await workbench.quickInput.pick("old");
      await enterToken(workbench);
      await workbench.contacts.row(/#40101\b/);
    });

    it("is told that the server offers no history", async () => {
      await workbench.contacts.contextMenu(/#40101\b/, "Show History");
      await workbench.notifications.read(/The server of old does not offer the history of a contact\./);
      await workbench.runCommand("Notifications: Clear All Notifications");
    });

    it("is told that a line of the log belongs to another endpoint", async () => {
      await workbench.showOutput();
      const link = workbench.page.locator(".part.panel .output-view .detected-link", { hasText: "40102" });
      await link.first().click({ modifiers: ["ControlOrMeta"] });
      await workbench.notifications.read(
        /The endpoint mine is not the active one, old is\. Nothing was sent\./,
      );
      assert.deepEqual(asked(), []);
      assert.deepEqual(
        seenByOther.filter(({ path }) => path.includes("40102")),
        [],
      );
    });

    it("is offered nothing that was found elsewhere", async () => {
      await workbench.runCommand("Dialler: Find Contact…");
      assert.deepEqual(await workbench.quickInput.items(), []);
      await workbench.quickInput.cancel();
    });
  });

  async function find(text: string): Promise<void> {
    await workbench.runCommand("Dialler: Find Contact…");
    await until("the box", async () => (await workbench.quickInput.placeholder()).startsWith("An ID, or"));
    await workbench.quickInput.type(text);
  }

  /** A tree that is being drawn anew shows no hover; a person moves the pointer away and back. */
  async function hoverOf(name: RegExp): Promise<string> {
    let text: string | undefined;
    await until("a hover", async () => {
      await workbench.movePointerAway();
      await (await workbench.contacts.row(name)).locator(".label-name").hover();
      const hover = workbench.page.locator(".monaco-hover:visible, .workbench-hover:visible").first();
      text = await hover.innerText({ timeout: 3000 }).catch(() => undefined);
      return text !== undefined;
    });
    return text ?? "";
  }

  async function selected(name: RegExp): Promise<void> {
    await until(`${String(name)} to be selected`, async () => {
      const row = await workbench.contacts.row(name);
      return (await row.getAttribute("aria-selected")) === "true";
    });
  }

  async function setMask(on: boolean): Promise<void> {
    await workbench.runCommand("Preferences: Open Settings (UI)");
    await workbench.page.locator(".settings-editor .settings-header .monaco-editor").first().click();
    await workbench.page.keyboard.press("ControlOrMeta+a");
    await workbench.page.keyboard.type("dialler.privacy.mask");
    const item = workbench.page.locator(".settings-editor .setting-item-bool", {
      hasText: /Privacy:\s*Mask/,
    });
    const box = item.locator(".setting-value-checkbox");
    // What is found is drawn anew while it is typed, and a click may come between.
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
    const { message } = await workbench.notifications.read(/Locked 0 of 1 on mine: 1 failed/);
    const line = await workbench.output.logged(/mine lock #2 failed HTTP 400/);
    await workbench.activity.expandView();
    await workbench.activity.expand(/^Locked 0 of 1/);
    const rows = await workbench.activity.rowsWhen((all) => all.some((row) => row.startsWith("#2")));
    await workbench.screenshot("masked-failure");
    for (const text of [message, line, rows.join("\n")]) {
      assert.match(text, /•••17 of i•••@•••\.com is blocked/);
      assert.ok(!text.includes("5550117") && !text.includes("ida@"), text);
    }
    assert.ok(!(await workbench.output.log()).join("\n").includes("5550117"));
  });
});
