import assert from "node:assert/strict";
import { json, type ScriptedReply } from "../../support/dialler/scriptedReply";
import {
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from "../../support/dialler/scriptedServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { token } from "../../support/dialler/token";

describe("a person with a server that does not keep to the rules", () => {
  let workbench: Workbench;
  let server: ScriptedServer;
  const asked = (): string[] =>
    server.requests.map(({ method, path }) => `${method} ${path.replace("/rest/v1.0/7", "")}`);

  before(async () => {
    server = await startScriptedServer({ handler: answer });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": { odd: { baseUrl: server.baseUrl, environment: "test" } },
        "dialler.activeEndpoint": "odd",
        "dialler.advanced.directUserData": true,
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
    const { message } = await workbench.notifications.read(/may have been locked on odd\./);
    assert.match(message, /The server says: no such session \*\*\*/);
    assert.ok(!(await workbench.output.log()).join("\n").includes("SECRET"));
    const changes = asked().filter((request) => request.startsWith("PATCH"));
    assert.deepEqual(changes, ["PATCH /dialler/contacts/contact/lock?userData=CRM-1"]);
    // Who has the UserData is looked up before, but not in a whole list.
    assert.ok(!asked().includes("GET /dialler/contacts"), asked().join());
  });

  it("sees the campaigns that work beside one that fails (H36)", async () => {
    await workbench.openView();
    await workbench.contacts.rowsWhen((rows) => rows.length === 2);
    await workbench.contacts.expand("Broken");
    await workbench.contacts.rowsWhen((rows) =>
      rows.some((row) => row.startsWith("Server error (HTTP 500)")),
    );
    await workbench.contacts.expand("Works");
    const rows = await workbench.contacts.rowsWhen((all) => all.some((row) => row.startsWith("Ahrens")));
    assert.ok(rows.some((row) => row.trim() === "Retry"));
    await workbench.screenshot("one-campaign-fails");
  });

  it("reads that a contact whose ID cannot be sent was skipped (D03)", async () => {
    await workbench.runCommand("Dialler: Lock Contacts by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-3");
    await workbench.quickInput.accept();
    await workbench.notifications.read(/was not locked on odd: skipped\. The ID x-3 cannot be sent/);
    await workbench.output.logged(/odd lock #- skipped HTTP - 0 ms : the ID x-3 cannot be sent/);
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
