import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoServer, type DemoRequest, type DemoServer } from "../../src/dialler/demo/demoServer";
import { until } from "../support/workbench/until";
import { openWorkbench, type Workbench } from "../support/workbench/workbench";
import { type SmallDialler, startSmallDialler } from "../support/dialler/smallDialler";
import { importedInto } from "../support/dialler/importedInto";
import { openOn } from "../support/workbench/openOn";
import { token } from "../support/dialler/token";

describe("a person who should not be able to do harm", () => {
  let workbench: Workbench;
  let server: DemoServer;
  /** Since the test began. */
  const seen: DemoRequest[] = [];
  const changing = (): DemoRequest[] => seen.filter(isChanging);
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
      },
    });
    await workbench.openView();
    await workbench.contacts.clickWelcome("Set Token…");
  });

  beforeEach(() => seen.splice(0));

  after(async () => {
    await workbench.close();
    await server.stop();
    // Also what a test sent that was tried again.
    for (const { method, path } of everChanging)
      assert.equal(
        `${method} ${path}`,
        "PATCH /rest/v1.0/7/dialler/contacts/contact/lock?userData=CRM-000422",
      );
  });

  function observe(request: DemoRequest): void {
    seen.push(request);
    if (isChanging(request)) everChanging.push(request);
  }

  it("cannot enter a token that no server would take (I17)", async () => {
    await workbench.quickInput.type("two words");
    await workbench.quickInput.messageWhen(/no blanks/);
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    const rows = await workbench.contacts.rowsWhen((all) => all.length > 10);
    assert.ok(
      rows.some((row) => row.includes("#40227")),
      rows.join(" | "),
    );
  });

  it("sees in the status bar that it is production", async () => {
    const item = workbench.statusBarItem("live (production)");
    await item.waitFor();
    assert.match((await item.getAttribute("class")) ?? "", /warning-kind/);
    await workbench.screenshot("production");
  });

  it("deletes two at once on production only after typing which and how many; Escape sends nothing (I18)", async () => {
    await workbench.contacts.select("Abel, Björn");
    await workbench.contacts.select("Abel, Sönke", "ControlOrMeta");
    await workbench.page.keyboard.press("Delete");
    const { message, detail } = await workbench.dialog.read();
    assert.equal(message, "Delete 2 Contacts on live (production)?");
    assert.match(detail, /Abel, Björn #\d+\nAbel, Sönke #\d+/);
    await workbench.dialog.click("Delete 2 Contacts");
    await workbench.quickInput.messageWhen(/Type live 2 to delete|Type exactly live 2/);
    await workbench.quickInput.type("live 3");
    await workbench.quickInput.accept();
    await workbench.quickInput.messageWhen(/Type exactly live 2/);
    await workbench.quickInput.cancel();
    assert.deepEqual(seen, []);
  });

  it("sends nothing when a click goes beside what asks (I18)", async () => {
    const { page, dialog, quickInput } = workbench;
    // Near its corner, where neither a dialog nor a box at the top reaches.
    const editor = await page.locator(".part.editor").boundingBox();
    assert.ok(editor);
    const [x, y] = [editor.x + editor.width - 40, editor.y + editor.height - 40];
    await workbench.contacts.select("Abel, Björn");
    await workbench.contacts.select("Abel, Sönke", "ControlOrMeta");
    await page.keyboard.press("Delete");
    await dialog.read();
    await page.mouse.click(x, y);
    assert.equal(await dialog.isShown(), true);
    await dialog.click("Delete 2 Contacts");
    await quickInput.messageWhen(/live 2/);
    await quickInput.type("live 2");
    await page.mouse.click(x, y);
    assert.match(await quickInput.message(), /live 2/);
    await quickInput.cancel();
    await workbench.contacts.select("Abel, Björn");
    assert.deepEqual(seen, []);
  });

  it("reads hostile names as they are, in the row, the hover and the modal (D05)", async () => {
    const hostile = /\[x\]\u2060\(command:workbench\.action\.quit\)/;
    assert.match(await workbench.contacts.hover(hostile), /\[x\]\u2060?\(command:workbench/);
    assert.equal(await workbench.page.locator(".monaco-hover a[data-href^='command:']").count(), 0);
    await workbench.movePointerAway();
    await workbench.contacts.select(hostile);
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).message, /\[x\]\u2060\(command:workbench\.action\.quit\)/);
    await workbench.screenshot("hostile");
    await workbench.dialog.click("Cancel");
    assert.deepEqual(changing(), []);
  });

  it("keeps the selection when the list is refreshed", async () => {
    await workbench.contacts.select("Abel, Björn");
    // One that only the server's next answer can tell.
    await importedInto(server, token, { Name: "Aaronson" });
    seen.splice(0);
    await workbench.page.keyboard.press("F5");
    await workbench.contacts.row(/^Aaronson\b/);
    const row = await workbench.contacts.row("Abel, Björn");
    assert.equal(await row.getAttribute("aria-selected"), "true");
    assert.deepEqual(
      seen.map(({ path }) => path),
      ["/rest/v1.0/7/dialler/contacts"],
    );
  });

  it("has the ID on the clipboard after Ctrl+C", async () => {
    await workbench.contacts.select("Abel, Björn");
    await workbench.page.keyboard.press("ControlOrMeta+c");
    assert.equal(await workbench.clipboard(/^\d+$/), "40227");
  });

  it("sees the old contacts and the reason when a refresh fails, and can try again (N01)", async () => {
    await server.stop();
    await workbench.runCommand("Dialler: Refresh Contacts");
    const rows = await workbench.contacts.rowsWhen((all) =>
      all.some((row) => row.startsWith("Connection refused")),
    );
    assert.ok(rows.some((row) => row.startsWith("Abel, Björn")));
    assert.match(await workbench.contacts.message(), /from before, not refreshed/);
    await workbench.screenshot("stale");
    const port = Number(new URL(server.baseUrl).port);
    server = await startDemoServer({ token, port, observe });
    await workbench.contacts.select("Retry");
    await workbench.contacts.rowsWhen(
      (all) => all.length > 10 && !all.some((row) => row.startsWith("Connection refused")),
    );
  });

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
    assert.deepEqual(changing(), []);
  });

  it("is told before an arbitrary match is changed directly, and one request goes out", async () => {
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("live");
    await workbench.statusBarItem("live (production)").waitFor();
    await workbench.runCommand("Dialler: Act by UserData Directly…");
    await workbench.quickInput.pick("Lock");
    await workbench.quickInput.type("CRM-000422");
    await workbench.quickInput.accept();
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /the first one it finds, and which one cannot be determined/);
    assert.deepEqual(changing(), []);
    await workbench.dialog.click("Lock an Arbitrary Match");
    await workbench.output.logged(/live lock #- done HTTP 200/);
    assert.deepEqual(
      changing().map(({ method, path }) => `${method} ${path}`),
      ["PATCH /rest/v1.0/7/dialler/contacts/contact/lock?userData=CRM-000422"],
    );
  });

  it("removes an endpoint only after a question, and is back at the start", async () => {
    await workbench.runCommand("Dialler: Remove Endpoint…");
    await workbench.quickInput.pick("live");
    assert.match(
      (await workbench.dialog.read()).detail,
      /Its token is kept, because another endpoint has the same base URL/,
    );
    await workbench.dialog.click("Remove");
    assert.ok((await workbench.contacts.welcome()).includes("Add Endpoint…"));
  });
});

describe("a folder that nobody trusts", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let folder: string;
  /** Connections while it was trusted. */
  let trusted = 0;

  before(async () => {
    dialler = await startSmallDialler(3);
    folder = await mkdtemp(join(tmpdir(), "dialler-"));
    await mkdir(join(folder, ".vscode"));
    await writeFile(
      join(folder, ".vscode", "settings.json"),
      JSON.stringify({ "dialler.groupBy": "campaign" }),
    );
    // A window without a folder is trusted, and has the token of a person's own endpoint.
    workbench = await openOn(dialler, { restricted: true });
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    await workbench.openFolder(folder);
    trusted = dialler.connections();
    assert.ok(trusted > 0);
    await workbench.openView();
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true });
  });

  it("explains that nothing is requested, and requests nothing (S03)", async function () {
    this.retries(0);
    const welcome = await workbench.contacts.welcome();
    assert.match(welcome.join("\n"), /This window is in Restricted Mode/);
    await workbench.screenshot("restricted");
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.notifications.read(/Restricted Mode\. Nothing is requested/);
    assert.deepEqual(await workbench.contacts.rows(), []);
    assert.equal(dialler.connections(), trusted);
  });

  it("asks for no file to import, and for none to export to", async () => {
    for (const [title, id] of [
      ["Dialler: Import Contacts…", "dialler.contacts.import"],
      ["Dialler: Export Contacts…", "dialler.contacts.export"],
    ] as const) {
      await workbench.runCommand(title);
      await workbench.output.logged(new RegExp(`${id}: This window is in Restricted Mode`));
      assert.equal(await workbench.quickInput.isShown(), false);
    }
    assert.equal(dialler.connections(), trusted);
  });
});

function isChanging({ method }: DemoRequest): boolean {
  return method === "DELETE" || method === "PATCH";
}
