import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoServer, type DemoRequest, type DemoServer } from "../../src/dialler/demo/demoServer";
import { json, type ScriptedReply } from "../support/dialler/scriptedReply";
import {
  startScriptedServer,
  type ScriptedRequest,
  type ScriptedServer,
} from "../support/dialler/scriptedServer";
import { until } from "../support/workbench/until";
import { openWorkbench, type Workbench } from "../support/workbench/workbench";
import { closedPort } from "../support/dialler/clientFor";
import { importedInto } from "../support/dialler/importedInto";
import { enterToken } from "../support/workbench/openOn";
import { token, wrongToken } from "../support/dialler/token";

const linked = "https://crm.example.com/c?q=a%26b%23c";

describe("a workspace that chooses among a person's endpoints", () => {
  let workbench: Workbench;
  let server: DemoServer;
  let other: DemoServer;
  let folder: string;
  const seen: DemoRequest[] = [];
  const seenByOther: DemoRequest[] = [];
  const ids = { withLink: 0, plainLink: 0, script: 40281 };

  before(async () => {
    server = await startDemoServer({ token, observe: (request) => seen.push(request) });
    other = await startDemoServer({ observe: (request) => seenByOther.push(request) });
    ids.withLink = await importedInto(server, token, { Name: "Aaronson", ExternalSystemLink: linked });
    ids.plainLink = await importedInto(server, token, {
      ...{ Name: "Aaronsen", ExternalSystemLink: "http://crm.example.com/c/1" },
    });
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
    await workbench.contacts.rowsWhen((rows) => rows.length === 4);
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

  it("is told that the endpoint works, with every step in the log and no token", async () => {
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

  it("asks for an ID wherever no contact is selected, and Escape requests nothing", async () => {
    for (const title of [
      "Lock Contact",
      "Unlock Contact",
      "Delete Contact…",
      "Open Contact",
      "Show History",
      "Open External Link",
      "Copy ID",
      "Copy UserData",
      "Copy Phone Number",
      "Copy as JSON",
      "Copy as curl",
      "Copy as .http",
    ]) {
      await workbench.runCommand(`Dialler: ${title}`);
      await workbench.quickInput.messageWhen(/^The ID of the contact/);
      await workbench.quickInput.cancel();
    }
    assert.deepEqual(seen, []);
  });

  it("changes nothing when any question is left with Escape (I18)", async () => {
    await askForId("Delete Contact…", ids.withLink);
    await escapeDialog(/^Delete contact Aaronson #\d+ on mine\?$/);
    for (const command of ["Lock by UserData…", "Unlock by UserData…", "Delete by UserData…"]) {
      await workbench.runCommand(`Dialler: ${command}`);
      await workbench.quickInput.messageWhen(/UserData/);
      await workbench.quickInput.cancel();
      await workbench.runCommand(`Dialler: ${command}`);
      await workbench.quickInput.type("CRM-000477");
      await workbench.quickInput.accept();
      await workbench.quickInput.itemsWhen((items) => items.length === 2);
      await workbench.quickInput.cancel();
    }
    for (const answers of [0, 1, 2]) {
      await workbench.runCommand("Dialler: Act by UserData Directly…");
      await workbench.quickInput.itemsWhen((items) => items.length === 3);
      if (answers > 0) await workbench.quickInput.pick("Delete");
      if (answers > 0) await workbench.quickInput.messageWhen(/UserData/);
      if (answers > 1) {
        await workbench.quickInput.type("CRM-000477");
        await workbench.quickInput.accept();
        await escapeDialog(/^Delete one contact with UserData “CRM-000477” on mine\?$/);
      } else await workbench.quickInput.cancel();
    }
    const changing = seen.filter(({ method }) => method !== "GET" && method !== "POST");
    assert.deepEqual(changing, []);
    assert.equal(server.contactCount(), 402);
  });

  it("opens an external link only after its host was shown, and exactly that link (D17)", async () => {
    const opened: string[] = [];
    const context = workbench.page.context();
    await context.route("https://crm.example.com/**", (route) => {
      opened.push(route.request().url());
      return route.fulfill({ body: "a page" });
    });
    await askForId("Open External Link", ids.withLink);
    const { message, detail, buttons } = await workbench.dialog.read();
    assert.equal(message, "Open a page on crm.example.com?");
    assert.equal(detail, linked);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Open"]);
    await workbench.screenshot("link");
    await workbench.dialog.click("Cancel");
    await askForId("Open External Link", ids.withLink);
    await workbench.dialog.click("Open");
    // VS Code asks once more, because it does not know the site.
    await until("the page to be opened", async () => {
      if (await workbench.dialog.isShown()) await workbench.dialog.click("Open");
      return opened.length > 0;
    });
    assert.deepEqual(opened, [linked]);
    await context.unroute("https://crm.example.com/**");
  });

  it("opens no link that could run something or is read on the way (D16)", async () => {
    await askForId("Open External Link", ids.script);
    await workbench.notifications.read(/does not begin with https: and was not opened/);
    await askForId("Open External Link", ids.plainLink);
    await workbench.notifications.read(
      /uses http and was not opened\. The setting dialler\.links\.allowHttp/,
    );
    assert.equal(await workbench.dialog.isShown(), false);
  });

  it("writes the order into the user's settings, because the workspace sets none", async () => {
    await workbench.runCommand("Dialler: Sort Contacts…");
    await workbench.quickInput.pick("ID");
    await until("the setting", async () => (await userSettings())["dialler.sortBy"] === "id");
    assert.equal((await workspaceSettings())["dialler.sortBy"], undefined);
  });

  it("writes the grouping into the workspace's settings, because it is set there", async () => {
    await workbench.runCommand("Dialler: Group Contacts…");
    await workbench.quickInput.pick("Nothing, one flat list");
    await until("the setting", async () => (await workspaceSettings())["dialler.groupBy"] === "none");
    assert.equal((await userSettings())["dialler.groupBy"], undefined);
    await workbench.contacts.rowsWhen(
      ([first = "", second = ""]) => first.includes("#40101") && second.includes("#40102"),
    );
  });

  it("copies a phone number, the UserData and the whole record of a row", async () => {
    assert.equal(await copied(["Copy Phone Number"], /^\d+$/), "494315550117");
    assert.equal(await copied(["Copy UserData"], /^CRM/), "CRM-000417");
    const text = await copied(["Copy As", "Copy as JSON"], /^\{/);
    const record: unknown = JSON.parse(text);
    assert.ok(typeof record === "object" && record !== null);
    assert.equal(Reflect.get(record, "ID"), 40101);
    assert.equal(Reflect.get(record, "Email"), "ida.brandt@example.com");
  });

  it("opens a record, and Refresh Contact reads it again with one request", async () => {
    await workbench.contacts.select(/#40101\b/);
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 40101')));
    seen.splice(0);
    await workbench.runCommand("Dialler: Refresh Contact");
    await until("the record to be read", () => seen.length > 0);
    assert.deepEqual(
      seen.map(({ method, path }) => `${method} ${path}`),
      ["GET /rest/v1.0/7/dialler/contacts/40101"],
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

  async function askForId(title: string, id: number): Promise<void> {
    await workbench.runCommand(`Dialler: ${title}`);
    await workbench.quickInput.messageWhen(/^The ID of the contact/);
    await workbench.quickInput.type(String(id));
    await workbench.quickInput.accept();
  }

  /** A row that is just being drawn anew cannot be acted on; a person is told so and tries again. */
  async function copied(labels: readonly string[], wanted: RegExp): Promise<string> {
    let text = "";
    const holds = async (): Promise<boolean> => {
      text = String(await workbench.page.evaluate("navigator.clipboard.readText()"));
      return wanted.test(text);
    };
    await until(`the clipboard after ${labels.join(" > ")}; it holds: ${text}`, async () => {
      await workbench.contacts.contextMenu(/#40101\b/, ...labels);
      return until("it", holds, 2000).then(
        () => true,
        () => false,
      );
    });
    return text;
  }

  async function escapeDialog(question: RegExp): Promise<void> {
    assert.match((await workbench.dialog.read()).message, question);
    await workbench.page.keyboard.press("Escape");
    await until("the dialog to close", async () => !(await workbench.dialog.isShown()));
  }

  function userSettings(): Promise<Record<string, unknown>> {
    return settingsIn(join(workbench.window.userDataDir, "User", "settings.json"));
  }

  function workspaceSettings(): Promise<Record<string, unknown>> {
    return settingsIn(join(folder, ".vscode", "settings.json"));
  }
});

describe("a person with an old server that names its lock in another way", () => {
  let workbench: Workbench;
  let server: DemoServer;
  const seen: DemoRequest[] = [];

  before(async () => {
    server = await startDemoServer({
      token,
      observe: (request) => seen.push(request),
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
    assert.equal((await settings())["dialler.endpoints"], undefined);
    await workbench.dialog.click("Enter Token Again");
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    await workbench.statusBarItem("Old (development)").waitFor();
  });

  it("sees one flat list, because there are no campaigns to ask for", async () => {
    const rows = await workbench.contacts.rowsWhen((all) => all.length > 10);
    assert.match(rows[0] ?? "", /#\d+/);
    await workbench.contacts.contextMenu("Brandt, Ida", "Lock Contact");
    await workbench.contacts.row(/^Brandt, Ida\s*Locked/);
    // One that only the server's next answer can tell.
    await importedInto(server, token, { Name: "Aaronson", DiallerCampaignsID: 71 });
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.contacts.row(/^Aaronson\b/);
    await workbench.contacts.row(/^Brandt, Ida\s*Locked/);
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
      if (answer === "Cancel") assert.deepEqual(Object.keys(await endpoints()), ["Old"]);
    }
    await workbench.contacts.rowsWhen((rows) => rows.some((row) => row.startsWith("Connection refused")));
    assert.deepEqual(Object.keys(await endpoints()), ["Old", "Later"]);
    assert.ok(!(await workbench.output.log()).join("\n").includes("SECRET"));
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

  function settings(): Promise<Record<string, unknown>> {
    return settingsIn(join(workbench.window.userDataDir, "User", "settings.json"));
  }

  async function endpoints(): Promise<object> {
    const all = (await settings())["dialler.endpoints"];
    return typeof all === "object" && all !== null ? all : {};
  }
});

describe("a person with a server that does not keep to the rules", () => {
  let workbench: Workbench;
  let server: ScriptedServer;
  const asked = (from: number): string[] =>
    server.requests.slice(from).map(({ method, path }) => `${method} ${path.replace("/rest/v1.0/7", "")}`);

  before(async () => {
    server = await startScriptedServer({ handler: answer });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": {
          odd: { baseUrl: server.baseUrl, environment: "test" },
          looking: { baseUrl: server.baseUrl, environment: "test", readOnly: true },
        },
        "dialler.activeEndpoint": "odd",
      },
    });
    await workbench.page.locator('.part.activitybar .action-label[aria-label^="Dialler"]').waitFor();
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  it("reads no token in a notification, though the server repeats it, and nobody's list (H35)", async () => {
    await workbench.runCommand("Dialler: Set Token…");
    await workbench.quickInput.messageWhen(/^The token for odd/);
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    await until("the token to be taken", async () => !(await workbench.quickInput.isShown()));
    await workbench.runCommand("Dialler: Act by UserData Directly…");
    await workbench.quickInput.pick("Lock");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-1");
    await workbench.quickInput.accept();
    await workbench.dialog.click("Lock an Arbitrary Match");
    const { message } = await workbench.notifications.read(/Locked 0 of 1 on odd: 1 unknown/);
    assert.match(message, /The server says: no such session \*\*\*/);
    assert.ok(!(await workbench.output.log()).join("\n").includes("SECRET"));
    assert.deepEqual(asked(0), ["PATCH /dialler/contacts/contact/lock?userData=CRM-1"]);
  });

  it("sees the campaigns that work beside one that fails (H36)", async () => {
    await workbench.openView();
    await workbench.contacts.rowsWhen((rows) => rows.length === 2);
    await workbench.contacts.expand("Broken");
    await workbench.contacts.rowsWhen((rows) =>
      rows.some((row) => row.startsWith("Server failed (HTTP 500)")),
    );
    await workbench.contacts.expand("Works");
    const rows = await workbench.contacts.rowsWhen((all) => all.some((row) => row.startsWith("Ahrens")));
    assert.ok(rows.some((row) => row.trim() === "Retry"));
    await workbench.screenshot("one-campaign-fails");
  });

  it("is told that a contact whose ID cannot be sent was skipped (D03)", async () => {
    await workbench.runCommand("Dialler: Lock by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-3");
    await workbench.quickInput.accept();
    await workbench.notifications.read(/Locked 0 of 1 on odd: 1 skipped\. The ID x-3 cannot be sent/);
    await workbench.output.logged(/odd lock #- skipped HTTP - 0 ms : the ID x-3 cannot be sent/);
  });

  it("is refused on a read-only endpoint before anything is asked or looked up", async () => {
    const listed = server.requests.length;
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("looking");
    await workbench.statusBarItem("looking (read-only)").waitFor();
    await until("the campaigns to be asked for", () => server.requests.length > listed);
    await workbench.contacts.rowsWhen((rows) => rows.length === 2);
    const before = server.requests.length;
    for (const title of ["Delete by UserData…", "Delete Contact…", "Act by UserData Directly…"]) {
      await workbench.runCommand(`Dialler: ${title}`);
      await workbench.notifications.read(/The endpoint looking is read-only\. Nothing was sent/);
      assert.equal(await workbench.quickInput.isShown(), false);
      await workbench.runCommand("Notifications: Clear All Notifications");
    }
    assert.deepEqual(asked(before), []);
  });
});

const campaigns = [
  { ID: 1, Name: "Broken", ClientsID: 7 },
  { ID: 2, Name: "Works", ClientsID: 7 },
];
const contacts = [
  { ID: 2, UserData: "CRM-2", Name: "Ahrens", DiallerCampaignsID: 2, bLocked: false },
  { ID: "x-3", UserData: "CRM-3", Name: "Berg", DiallerCampaignsID: 2, bLocked: false },
];

function answer({ method, path, body }: ScriptedRequest): ScriptedReply {
  if (path.endsWith("/dialler/campaigns")) return json(200, listOf(campaigns));
  if (path.endsWith("diallerCampaignsID=2")) return json(200, listOf(contacts));
  if (method === "POST" && path.includes("/dialler/contacts?"))
    return json(200, listOf(contacts.filter(({ UserData }) => body.includes(UserData))));
  return json(500, { status: 500, error: `no such session ${token}` });
}

function listOf(records: readonly object[]): object {
  return { records, count: records.length };
}

async function settingsIn(file: string): Promise<Record<string, unknown>> {
  let settings: unknown;
  // VS Code empties the file before it writes it.
  await until("whole settings", async () => {
    const text = await readFile(file, "utf8");
    if (text !== "") settings = JSON.parse(text);
    return text !== "";
  });
  assert.ok(typeof settings === "object" && settings !== null);
  return Object.fromEntries(Object.entries(settings));
}
