import assert from "node:assert/strict";
import { demoContacts } from "../../../src/dialler/demo/demoContacts";
import { type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { drip, empty } from "../../support/dialler/scriptedReply";
import { type ScriptedServer, startScriptedServer } from "../../support/dialler/scriptedServer";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { until } from "../../support/workbench/until";
import { importedInto } from "../../support/dialler/importedInto";
import { enterToken } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";

describe("a person with more contacts than fit on a screen", () => {
  let workbench: Workbench;
  let many: DemoServer;
  let slow: ScriptedServer;

  before(async () => {
    many = await startDemoServer({ token, contacts: 5000 });
    const records = demoContacts(4000);
    const body = JSON.stringify({ records, count: records.length, status: 200 });
    slow = await startScriptedServer({
      handler: ({ path }) => (path.includes("campaigns") ? empty(404) : drip(200, body, 60_000, 100)),
    });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": {
          many: { baseUrl: many.baseUrl, environment: "test" },
          slow: { baseUrl: slow.baseUrl, environment: "test" },
        },
        "dialler.activeEndpoint": "many",
        "dialler.groupBy": "none",
      },
    });
    await workbench.openView();
    await enterToken(workbench);
  });

  after(async () => {
    await workbench.close();
    await many.stop();
    await slow.stop();
  });

  it("sees groups with their first and last contact, ten for five thousand (H31)", async () => {
    const rows = await workbench.contacts.rowsWhen(
      (all) => all.length === 10 && all.every((row) => / – .* 500$/.test(row)),
    );
    assert.equal(rows.length, 10);
    await workbench.screenshot("groups");
  });

  it("opens a group, and acts on a contact in it without the group closing", async () => {
    await workbench.contacts.expand(1);
    const rows = await workbench.contacts.rowsWhen(
      (all) => all.filter((row) => row.includes("#")).length > 10,
    );
    const label = rows.find((row) => row.includes("#")) ?? "";
    const id = /#(\d+)/.exec(label)?.[1] ?? "";
    await workbench.contacts.contextMenu(new RegExp(`#${id}`), "Lock Contact");
    await workbench.contacts.locked(new RegExp(`#${id}\\b`));
    await workbench.output.logged(new RegExp(`many lock #${id} done`));
  });

  it("keeps the group open when the list is refreshed", async () => {
    // One more, which only the server's next answer can tell.
    await importedInto(many, token, { Name: "Zzyzx" });
    await workbench.runCommand("Dialler: Refresh Contacts");
    await until("the answer", async () => (await workbench.contacts.description()).includes("5,001"));
    await workbench.contacts.rowsWhen((all) => all.filter((row) => row.includes("#")).length > 10);
  });

  it("filters as one types, over everything that is loaded, and clears the filter with a button", async () => {
    await workbench.contacts.clickAction("Filter Contacts…");
    await workbench.quickInput.type("brandt locked:no");
    await workbench.contacts.rowsWhen((all) => all.length > 0 && all.every((row) => /brandt/i.test(row)));
    await workbench.contacts.messageWhen(/Filtered: “brandt locked:no” \d+ of 5,001/);
    await workbench.screenshot("filtered");
    await workbench.quickInput.type("locked:maybe");
    await workbench.quickInput.messageWhen(/locked: must be yes, no or unknown/);
    await workbench.quickInput.type("nobody is called so");
    await workbench.quickInput.accept();
    assert.match((await workbench.contacts.welcome()).join(), /No loaded contact matches the filter/);
    await workbench.contacts.clickWelcome("Clear Filter");
    await workbench.contacts.rowsWhen((all) => all.some((row) => / – .* 500$/.test(row)));
  });

  it("is back at the filter of before after Escape", async () => {
    await workbench.contacts.clickAction("Filter Contacts…");
    await workbench.quickInput.type("brandt");
    await workbench.contacts.rowsWhen((all) => all.length > 0 && all.every((row) => /brandt/i.test(row)));
    await workbench.quickInput.cancel();
    await workbench.contacts.rowsWhen((all) => all.some((row) => / – .* 500$/.test(row)));
    await workbench.contacts.messageWhen(/^$/);
  });

  it("sees the first contacts of a slow list at once, and keeps what has arrived when it is stopped", async () => {
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("slow");
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((all) => all.length > 0);
    await workbench.contacts.messageWhen(/loading, [\d,]+ so far, [\d,]+ per second/);
    await workbench.screenshot("loading");
    await workbench.contacts.clickAction("Stop Loading");
    await workbench.contacts.rowsWhen((all) => all.length > 0);
    await workbench.page
      .locator(".tree-explorer-viewlet-tree-view .message", { hasText: "stopped, there are more" })
      .waitFor();
    await workbench.screenshot("stopped");
    assert.equal(slow.requests.filter(({ path }) => path.endsWith("/dialler/contacts")).length, 1);
  });
});
