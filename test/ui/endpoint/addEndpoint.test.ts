import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { closedPort } from "../../support/dialler/clientFor";
import { importedInto } from "../../support/dialler/importedInto";
import { token, wrongToken } from "../../support/dialler/token";
import { until } from "../../support/workbench/until";
import { userSettings } from "../../support/workbench/settingsIn";

describe("a person with an old server that names its lock in another way", () => {
  let workbench: Workbench;
  let server: DemoServer;

  before(async () => {
    server = await startDemoServer({
      token,
      contacts: 20,
      lockMember: "Sperre",
      oldServer: { noCampaigns: true },
    });
    workbench = await openWorkbench({ settings: { "dialler.lockField": "Sperre" } });
    await workbench.openView();
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  it("enters the token again after a wrong one, and nothing is saved before", async () => {
    await workbench.contacts.clickWelcome("Add Endpoint…");
    await address("Old", server.baseUrl);
    await workbench.quickInput.type(wrongToken);
    await workbench.quickInput.accept();
    const { detail, buttons } = await workbench.dialog.read();
    assert.match(detail, /^Token rejected by .* \(HTTP 401\)/);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Enter Token Again", "Save Anyway"]);
    assert.equal((await userSettings(workbench))["dialler.endpoints"], undefined);
    await workbench.dialog.click("Enter Token Again");
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    await workbench.statusBarItem("Old (development)").waitFor();
  });

  it("sees one flat list, because there are no campaigns to ask for", async () => {
    const rows = await workbench.contacts.rowsWhen((all) => all.length > 10);
    assert.match(rows[0] ?? "", /#\d+/);
    await workbench.contacts.contextMenu("Brandt, Ida", "Lock Contact");
    await workbench.contacts.locked(/^Brandt, Ida/);
    // One that only the server's next answer can tell.
    await importedInto(server, token, { Name: "Aaronson", DiallerCampaignsID: 71 });
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.contacts.row(/^Aaronson\b/);
    await workbench.contacts.locked(/^Brandt, Ida/);
  });

  it("saves an endpoint that cannot be reached only if that is wanted, and keeps the others", async () => {
    const baseUrl = `http://127.0.0.1:${await closedPort()}/rest/v1.0/7`;
    for (const answer of ["Cancel", "Save Anyway"]) {
      await workbench.runCommand("Dialler: Add Endpoint…");
      await address("Later", baseUrl);
      await workbench.quickInput.type(token);
      await workbench.quickInput.accept();
      assert.match((await workbench.dialog.read()).detail, /^Connection refused by /);
      await workbench.dialog.click(answer);
      if (answer !== "Cancel") continue;
      // Leads back to what was entered.
      await workbench.quickInput.cancel();
      assert.deepEqual(Object.keys(await endpoints()), ["Old"]);
    }
    await workbench.contacts.messageWhen(/^Connection refused/);
    assert.deepEqual(Object.keys(await endpoints()), ["Old", "Later"]);
    assert.ok(!(await workbench.output.log()).join("\n").includes("SECRET"));
  });

  it("goes back through every step and finds what was typed; a doubtful address needs Enter twice", async () => {
    const { quickInput, page } = workbench;
    const field = page.locator(".quick-input-widget:visible input:visible").first();
    const back = page.locator(".quick-input-widget:visible .quick-input-titlebar .codicon-quick-input-back");
    await workbench.runCommand("Dialler: Add Endpoint…");
    await quickInput.messageWhen(/^A name for the endpoint/);
    await quickInput.type("Doubtful");
    await quickInput.accept();
    await quickInput.messageWhen(/^The base URL/);
    await quickInput.type(`http://127.0.0.1:${await closedPort()}/other/7`);
    await quickInput.accept();
    await quickInput.messageWhen(/does not end with \/rest\/v1\.0\//);
    await workbench.screenshot("doubtful-address");
    await quickInput.accept();
    await quickInput.itemsWhen((items) => items.length === 3 && (items[0] ?? "").startsWith("development"));
    await quickInput.pick("test");
    await quickInput.messageWhen(/^The token for/);
    await quickInput.type(token);
    await back.click();
    await quickInput.itemsWhen((items) => (items[0] ?? "").startsWith("test"));
    await back.click();
    await quickInput.messageWhen(/^The base URL/);
    assert.match(await field.inputValue(), /\/other\/7$/);
    await back.click();
    await quickInput.messageWhen(/^A name/);
    assert.equal(await field.inputValue(), "Doubtful");
    await quickInput.accept();
    await quickInput.messageWhen(/^The base URL/);
    await quickInput.accept();
    await quickInput.accept();
    await quickInput.itemsWhen((items) => items.length === 3);
    await quickInput.accept();
    await quickInput.messageWhen(/^The token for/);
    assert.equal(await field.inputValue(), token);
    await quickInput.accept();
    // After the failed check, Cancel leads back to the entries.
    assert.match((await workbench.dialog.read()).detail, /^Connection refused by /);
    await workbench.dialog.click("Cancel");
    await quickInput.messageWhen(/^The token for/);
    assert.equal(await field.inputValue(), token);
    await quickInput.accept();
    // The address is at fault: its step comes first, and a token typed for it is not offered to another one.
    assert.equal((await workbench.dialog.read()).buttons.includes("Change Base URL"), true);
    await workbench.screenshot("change-base-url");
    await workbench.dialog.click("Change Base URL");
    await quickInput.messageWhen(/^The base URL/);
    await quickInput.type(`http://127.0.0.1:${await closedPort()}/rest/v1.0/8`);
    await quickInput.accept();
    await quickInput.itemsWhen((items) => items.length === 3);
    await quickInput.accept();
    await quickInput.messageWhen(/^The token for/);
    assert.equal(await field.inputValue(), "");
    await quickInput.cancel();
    assert.deepEqual(Object.keys(await endpoints()), ["Old", "Later"]);
  });

  it("edits an endpoint, keeps its token with its base URL, and takes it to no other", async () => {
    const { quickInput } = workbench;
    await workbench.runCommand("Dialler: Edit Endpoint…");
    await quickInput.pick("Old");
    await quickInput.messageWhen(/^A name/);
    await quickInput.type("Older");
    await quickInput.accept();
    await quickInput.messageWhen(/^The base URL/);
    await quickInput.accept();
    await quickInput.itemsWhen((items) => (items[0] ?? "").startsWith("development"));
    await quickInput.pick("test");
    await quickInput.messageWhen(/Leave it empty to keep the token/);
    await quickInput.accept();
    await until("the renamed endpoint", async () => Object.keys(await endpoints()).includes("Older"));
    const saved = await endpoints();
    assert.deepEqual(Object.keys(saved), ["Older", "Later"]);
    const [older] = Object.values<unknown>({ ...saved });
    assert.deepEqual(older, { baseUrl: `${server.baseUrl}/`, environment: "test" });
    // Another base URL has no token, so that an empty one is not accepted.
    await workbench.runCommand("Dialler: Edit Endpoint…");
    await quickInput.pick("Older");
    await quickInput.messageWhen(/^A name/);
    await quickInput.accept();
    await quickInput.messageWhen(/^The base URL/);
    await quickInput.type(server.baseUrl.replace("127.0.0.1", "localhost"));
    await quickInput.accept();
    await quickInput.itemsWhen((items) => items.length === 3);
    await quickInput.accept();
    await quickInput.messageWhen(/from the web portal/);
    await quickInput.accept();
    await quickInput.messageWhen(/only printable ASCII/);
    await quickInput.cancel();
  });

  it("hears that a broken settings.json cannot be written, with a button that opens it", async () => {
    const file = join(workbench.window.userDataDir, "User", "settings.json");
    const before = await readFile(file, "utf8");
    await writeFile(file, `${before.trimEnd().slice(0, -1)}, "broken": `);
    try {
      await until("the refusal", async () => {
        await workbench.runCommand("Dialler: Switch Endpoint…");
        await workbench.quickInput.pick("Demo");
        return (await workbench.notifications.shown()).some(({ buttons }) =>
          buttons.includes("Open Settings (JSON)"),
        );
      });
      const { message } = await workbench.notifications.read(/VS Code could not write the settings/);
      assert.match(message, /nothing was saved/);
    } finally {
      await writeFile(file, before);
    }
  });

  async function address(name: string, baseUrl: string): Promise<void> {
    await workbench.quickInput.messageWhen(/^A name for the endpoint/);
    await workbench.quickInput.type(name);
    await workbench.quickInput.accept();
    await workbench.quickInput.messageWhen(/^The base URL/);
    await workbench.quickInput.type(baseUrl);
    await workbench.quickInput.accept();
    await workbench.quickInput.itemsWhen((items) => items.length === 3);
    await workbench.quickInput.pick("development");
    await workbench.quickInput.messageWhen(/^The token for/);
  }

  async function endpoints(): Promise<object> {
    const all = (await userSettings(workbench))["dialler.endpoints"];
    return typeof all === "object" && all !== null ? all : {};
  }
});
