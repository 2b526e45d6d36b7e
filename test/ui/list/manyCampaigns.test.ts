import assert from "node:assert/strict";
import { json } from "../../support/dialler/scriptedReply";
import { type ScriptedServer, startScriptedServer } from "../../support/dialler/scriptedServer";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { enterToken } from "../../support/workbench/openOn";

describe("a person with more than twenty campaigns", () => {
  let workbench: Workbench;
  let server: ScriptedServer;

  before(async () => {
    const campaigns = Array.from({ length: 21 }, (_, index) => ({
      ID: index + 1,
      Name: `Campaign ${index}`,
    }));
    server = await startScriptedServer({
      handler: ({ path }) =>
        path.includes("campaigns")
          ? json(200, { records: campaigns, count: campaigns.length, status: 200 })
          : json(200, { records: [{ ID: 7, Name: "Brandt" }], count: 1, status: 200 }),
    });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": { wide: { baseUrl: server.baseUrl, environment: "test" } },
        "dialler.activeEndpoint": "wide",
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((rows) => rows.length > 0);
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  it("is asked before a flat list reads the contacts of them all", async () => {
    await askForFlatList();
    const { message } = await workbench.dialog.read();
    assert.match(message, /Load the contacts of 21 campaigns\?/);
    await workbench.dialog.click("Cancel");
    assert.equal(listsRead(), 0);
    await askForFlatList();
    await workbench.dialog.read();
    await workbench.dialog.click("Load All");
    await workbench.contacts.rowsWhen((rows) => rows.length === 1 && rows[0]?.includes("#7") === true);
    assert.equal(listsRead(), 1);
  });

  async function askForFlatList(): Promise<void> {
    await workbench.runCommand("Dialler: Group Contacts…");
    await workbench.quickInput.pick("No groups, one flat list");
  }

  function listsRead(): number {
    return server.requests.filter(({ path }) => path.endsWith("/dialler/contacts")).length;
  }
});
