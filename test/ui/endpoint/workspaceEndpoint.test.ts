import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoRequest, type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { enterToken } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";
import { settingsIn, userSettings } from "../../support/workbench/settingsIn";

describe("a workspace that chooses among a person's endpoints", () => {
  let workbench: Workbench;
  let server: DemoServer;
  let other: DemoServer;
  let folder: string;
  const seen: DemoRequest[] = [];
  const seenByOther: DemoRequest[] = [];

  before(async () => {
    server = await startDemoServer({ token, observe: (request) => seen.push(request) });
    other = await startDemoServer({ observe: (request) => seenByOther.push(request) });
    folder = await mkdtemp(join(tmpdir(), "dialler-"));
    await mkdir(join(folder, ".vscode"));
    await writeFile(
      join(folder, ".vscode", "settings.json"),
      JSON.stringify({
        "dialler.activeEndpoint": "mine",
        "dialler.groupBy": "campaign",
        "dialler.endpoints": {
          mine: { baseUrl: other.baseUrl, environment: "development" },
          theirs: { baseUrl: other.baseUrl, environment: "development" },
        },
      }),
    );
    workbench = await openWorkbench({
      folder,
      settings: {
        "dialler.endpoints": { mine: { baseUrl: server.baseUrl, environment: "development" } },
      },
    });
    await workbench.openView();
  });

  beforeEach(() => seen.splice(0));

  after(async () => {
    await workbench.close();
    await server.stop();
    await other.stop();
    await rm(folder, { recursive: true });
  });

  it("may name one of them, and its contacts are listed", async () => {
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
    await workbench.statusBarItem("mine (development)").waitFor();
  });

  it("cannot define one (S01)", async () => {
    await workbench.runCommand("Dialler: Switch Endpoint…");
    const items = await workbench.quickInput.itemsWhen((all) => all.length > 2);
    assert.ok(items.some((item) => item.includes("mine")));
    assert.ok(!items.some((item) => item.includes("theirs")), items.join(" | "));
    await workbench.quickInput.cancel();
    assert.deepEqual(seenByOther, []);
  });

  it("reads that the endpoint works, with every step in the log and no token", async () => {
    await workbench.runCommand("Dialler: Check Endpoint");
    const { buttons } = await workbench.notifications.read(/^The endpoint mine works\.$/);
    assert.deepEqual(buttons, ["Show Log"]);
    const log = (await workbench.output.log()).join("\n");
    for (const step of [
      "Base URL",
      "Name",
      "TLS",
      "Token",
      "Paths",
      "Latency",
      "Single contact",
      "Batch read",
    ])
      assert.ok(log.includes(`mine check ok ${step}: `), `${step} in\n${log}`);
    assert.ok(!log.includes("SECRET"));
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.startsWith("| ✓ | Batch read |")));
    await workbench.screenshot("check");
    await workbench.runCommand("View: Close All Editors");
  });

  it("writes the order into the user's settings, because the workspace sets none", async () => {
    await workbench.runCommand("Dialler: Sort Contacts…");
    await workbench.quickInput.pick("ID");
    await until("the setting", async () => (await userSettings(workbench))["dialler.sortBy"] === "id");
    assert.equal((await workspaceSettings())["dialler.sortBy"], undefined);
  });

  it("writes the grouping into the workspace's settings, because it is set there", async () => {
    await workbench.runCommand("Dialler: Group Contacts…");
    await workbench.quickInput.pick("No groups, one flat list");
    await until("the setting", async () => (await workspaceSettings())["dialler.groupBy"] === "none");
    assert.equal((await userSettings(workbench))["dialler.groupBy"], undefined);
    await workbench.contacts.rowsWhen(
      ([first = "", second = ""]) => first.includes("#40101") && second.includes("#40102"),
    );
  });

  it("asks for a token again once it was forgotten", async () => {
    await workbench.runCommand("Dialler: Forget Token");
    const welcome = await workbench.contacts.welcome();
    assert.match(welcome.join("\n"), /There is no token for this endpoint yet/);
    seen.splice(0);
    await workbench.runCommand("Dialler: Check Endpoint");
    const { buttons } = await workbench.notifications.read(/There is no token for the endpoint mine yet/);
    assert.deepEqual(buttons, ["Set Token…"]);
    assert.deepEqual(seen, []);
    assert.deepEqual(seenByOther, []);
  });

  function workspaceSettings(): Promise<Record<string, unknown>> {
    return settingsIn(join(folder, ".vscode", "settings.json"));
  }
});
