import assert from "node:assert/strict";
import { type DemoRequest, type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { importedInto } from "../../support/dialler/importedInto";
import { enterToken } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";

describe("a person who should not be able to do harm", () => {
  let workbench: Workbench;
  let mine: DemoServer;
  let live: DemoServer;
  /** Since the test began. */
  const seen: DemoRequest[] = [];
  const changing = (): DemoRequest[] => seen.filter(isChanging);
  const everChanging: DemoRequest[] = [];
  let aaronson = 0;

  before(async () => {
    mine = await startDemoServer({ token, observe });
    live = await startDemoServer({ token, observe });
    aaronson = await importedInto(mine, token, { Name: "Aaronson" });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": {
          mine: { baseUrl: mine.baseUrl, environment: "development" },
          live: { baseUrl: live.baseUrl },
        },
        "dialler.activeEndpoint": "mine",
        "dialler.groupBy": "none",
        "dialler.advanced.directUserData": true,
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
  });

  beforeEach(() => seen.splice(0));

  after(async () => {
    await workbench.close();
    await mine.stop();
    await live.stop();
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

  it("asks for an ID wherever no contact is selected, and Escape requests nothing", async () => {
    for (const title of [
      "Lock Contact",
      "Unlock Contact",
      "Delete Contact…",
      "Open Contact",
      "Show Contact History",
      "Open External Link",
      "Copy ID",
      "Copy UserData",
      "Copy Phone Number",
      "Copy as JSON",
      "Copy as curl",
      "Copy as .http",
    ]) {
      await workbench.runCommand(`Dialler: ${title}`);
      if (isChange(title)) await workbench.quickInput.pick("By ID…");
      await workbench.quickInput.messageWhen(/^The ID of the contact/);
      await workbench.quickInput.cancel();
    }
    assert.deepEqual(seen, []);
  });

  it("changes nothing when any question is left with Escape (I18)", async () => {
    await askForId("Delete Contact…", aaronson);
    await escapeDialog(/^Delete contact Aaronson #\d+ on mine\?$/);
    for (const command of [
      "Lock Contacts by UserData…",
      "Unlock Contacts by UserData…",
      "Delete Contacts by UserData…",
    ]) {
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
    assert.equal(mine.contactCount(), 401);
  });

  describe("on production", () => {
    before(async () => {
      await workbench.runCommand("Dialler: Switch Endpoint…");
      await workbench.quickInput.pick("live");
      await enterToken(workbench);
      // The other list has one contact more.
      await until("the whole list", async () => (await workbench.contacts.description()).includes("400"));
      await workbench.contacts.row("Abel, Björn");
    });

    it("sees in the status bar that it is production", async () => {
      const item = workbench.statusBarItem("live (production)");
      await item.waitFor();
      assert.match((await item.getAttribute("class")) ?? "", /warning-kind/);
      await workbench.screenshot("production");
    });

    it("is asked before one click locks or deletes, and neither Enter nor Escape sends anything", async () => {
      const { page, dialog, contacts } = workbench;
      for (const [action, question, decline] of [
        ["Unlock Contact", /^Unlock contact Abel, Björn #\d+ on live \(production\)\?$/, "Don't Unlock"],
        ["Delete Contact…", /^Delete contact Abel, Björn #\d+ on live \(production\)\?$/, "Don't Delete"],
      ] as const) {
        for (const key of ["Enter", "Escape"]) {
          await contacts.contextMenu("Abel, Björn", action);
          const { buttons } = await dialog.readWhen(question);
          assert.ok(buttons.includes(decline), buttons.join());
          const focused = page.locator(".monaco-dialog-box .monaco-text-button:focus");
          assert.equal((await focused.innerText()).trim(), decline);
          if (key === "Enter") await workbench.screenshot(`production-${decline}`);
          await page.keyboard.press(key);
          await until("the dialog to close", async () => !(await dialog.isShown()));
        }
      }
      assert.deepEqual(changing(), []);
    });

    it("deletes two at once on production only after typing which and how many; Escape sends nothing (I18)", async () => {
      await workbench.contacts.select("Abel, Björn");
      await workbench.contacts.select("Abel, Sönke", "ControlOrMeta");
      await workbench.page.keyboard.press("Delete");
      const { message, detail } = await workbench.dialog.read();
      assert.equal(message, "Delete 2 contacts on live (production)?");
      assert.match(detail, /Abel, Björn #\d+\nAbel, Sönke #\d+/);
      await workbench.dialog.click("Delete 2 Contacts");
      await workbench.quickInput.messageWhen(/Type live 2 to confirm|Type exactly live 2/);
      await workbench.quickInput.type("live 3");
      await workbench.quickInput.accept();
      await workbench.quickInput.messageWhen(/Type exactly live 2/);
      await workbench.quickInput.cancel();
      assert.deepEqual(changing(), []);
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
      assert.deepEqual(changing(), []);
    });

    it("is warned before an arbitrary match is changed directly, and one request goes out", async () => {
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
  });

  /** Before a change it is asked how the contact is named. */
  function isChange(title: string): boolean {
    return /^(Lock|Unlock|Delete) Contact/.test(title);
  }

  async function askForId(title: string, id: number): Promise<void> {
    await workbench.runCommand(`Dialler: ${title}`);
    if (isChange(title)) await workbench.quickInput.pick("By ID…");
    await workbench.quickInput.messageWhen(/^The ID of the contact/);
    await workbench.quickInput.type(String(id));
    await workbench.quickInput.accept();
  }

  async function escapeDialog(question: RegExp): Promise<void> {
    assert.match((await workbench.dialog.read()).message, question);
    await workbench.page.keyboard.press("Escape");
    await until("the dialog to close", async () => !(await workbench.dialog.isShown()));
  }
});

function isChanging({ method }: DemoRequest): boolean {
  return method === "DELETE" || method === "PATCH";
}
