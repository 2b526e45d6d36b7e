import assert from "node:assert/strict";
import { type DemoRequest, type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { enterToken } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";

describe("a person who may only read", () => {
  let workbench: Workbench;
  let server: DemoServer;
  /** Since the test began. */
  const seen: DemoRequest[] = [];
  const everChanging: DemoRequest[] = [];

  before(async () => {
    server = await startDemoServer({ token, observe });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": {
          live: { baseUrl: server.baseUrl },
          looking: { baseUrl: server.baseUrl, readOnly: true },
        },
        "dialler.activeEndpoint": "live",
        "dialler.groupBy": "none",
        "dialler.advanced.directUserData": true,
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
  });

  beforeEach(() => seen.splice(0));

  afterEach(() => workbench.runCommand("Notifications: Clear All Notifications"));

  after(async () => {
    await workbench.close();
    await server.stop();
    // Also what a test sent that was tried again.
    assert.deepEqual(everChanging, []);
  });

  function observe(request: DemoRequest): void {
    seen.push(request);
    if (isChanging(request)) everChanging.push(request);
  }

  it("can change nothing on a read-only endpoint, by menu or by palette", async () => {
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("looking");
    await workbench.statusBarItem("looking (read-only)").waitFor();
    let labels: string[] = [];
    await until("a menu without changes", async () => {
      labels = await workbench.contacts.contextMenuLabels("Abel, Sönke");
      return !labels.some((label) => /Lock|Delete/.test(label));
    });
    assert.ok(labels.includes("Open Contact"), labels.join());
    await workbench.contacts.select("Abel, Sönke");
    await workbench.runCommand("Dialler: Lock Contact");
    await workbench.notifications.read(/looking is read-only\. Nothing was sent/);
    assert.deepEqual(seen.filter(isChanging), []);
  });

  it("is refused on a read-only endpoint before anything is asked or looked up", async () => {
    for (const title of ["Delete Contacts by UserData…", "Delete Contact…", "Act by UserData Directly…"]) {
      await workbench.runCommand(`Dialler: ${title}`);
      await workbench.notifications.read(/The endpoint looking is read-only\. Nothing was sent/);
      assert.equal(await workbench.quickInput.isShown(), false);
      await workbench.runCommand("Notifications: Clear All Notifications");
    }
    assert.deepEqual(seen, []);
  });

  it("is asked for no file to import, and nothing is sent", async () => {
    await workbench.contacts.overflowMenu("Import Contacts…");
    await workbench.output.logged(/dialler\.contacts\.import: The endpoint looking is read-only/);
    assert.equal(await workbench.quickInput.isShown(), false);
    assert.deepEqual(seen, []);
  });
});

function isChanging({ method, path }: DemoRequest): boolean {
  return method === "DELETE" || method === "PATCH" || path.includes("/import");
}
