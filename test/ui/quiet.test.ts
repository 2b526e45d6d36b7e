import assert from "node:assert/strict";
import { sweepPage } from "../support/host/sweep";
import { oldest } from "../support/host/versions";
import type { Workbench } from "../support/workbench/workbench";
import { until } from "../support/workbench/until";
import { type SmallDialler, startSmallDialler } from "../support/dialler/smallDialler";
import { giveToken, journalFiles, leaveOldJournal, openClosed } from "../support/workbench/openOn";
import { token } from "../support/dialler/token";

describe("a person with the keyboard", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  const personal = { Name: "Brandtova", PhoneNumber1: "494315550117", Email: "ida@example.com" };

  before(async () => {
    dialler = await startSmallDialler(
      [1, 2, 3, 4, 5].map((ID) => ({ ID, ...personal, AccountIBAN: "DE02120300000000202051" })),
    );
    workbench = await openClosed(dialler, { environment: "production" });
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    // Also what a test sent that was tried again.
    assert.deepEqual(dialler.idsOf("delete"), [5, 1]);
    assert.equal(dialler.changing().length, 2);
  });

  const enterText = async (command: string, prompt: RegExp, text: string): Promise<void> => {
    await workbench.runCommand(command);
    await workbench.quickInput.messageWhen(prompt);
    await workbench.quickInput.type(text);
  };
  const enterId = async (id: string): Promise<void> => {
    await enterText("Dialler: Delete Contact…", /^The ID of the contact/, id);
    await workbench.quickInput.accept();
  };

  it("starts the extension without a request (S04)", async () => {
    await workbench.page.locator('.part.activitybar .action-label[aria-label^="Dialler"]').waitFor();
    await workbench.runCommand("Dialler: Set Token…");
    await workbench.quickInput.messageWhen(/^The token for production/);
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    await workbench.output.logged(/Endpoint is production\./);
    // Whatever the start had sent would be there by the time a question has come and gone.
    await workbench.runCommand("Dialler: Lock by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.cancel();
    assert.equal(dialler.connections(), 0);
    await workbench.openView();
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
    assert.ok(dialler.connections() > 0);
  });

  it("cannot enter an ID that would leave its path (I08)", async () => {
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
    const before = dialler.requests.length;
    for (const id of ["..", ".", "%2e%2e", "1/../2", ""]) {
      await enterId(id);
      await workbench.quickInput.messageWhen(/^An ID is a whole number/);
      await workbench.quickInput.cancel();
    }
    assert.equal(dialler.requests.length, before);
  });

  it("is warned of a UserData that is longer than the server keeps (I06)", async () => {
    await workbench.runCommand("Dialler: Lock by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("x".repeat(64));
    await workbench.quickInput.messageWhen(/^The UserData exactly as it is stored/);
    await workbench.quickInput.type("x".repeat(65));
    await workbench.quickInput.messageWhen(/keeps 64 characters of a UserData; this one is longer/);
    await workbench.quickInput.cancel();
  });

  it("deletes by a UserData of one contact by its ID (I10)", async () => {
    const before = dialler.heard.length;
    await workbench.runCommand("Dialler: Delete by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-5");
    await workbench.quickInput.accept();
    assert.match((await workbench.dialog.read()).message, /#5/);
    assert.deepEqual(
      dialler.heard.slice(before).map(({ kind }) => kind),
      ["batch"],
    );
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/Deleted 1 of 1 on production: 1 done\./);
    assert.deepEqual(
      dialler.heard.slice(before).map(({ kind, id }) => `${kind} ${id}`),
      ["batch 0", "batch 0", "delete 5"],
    );
  });

  it("deletes one contact with an Enter that is held from the command on, after one question (S11)", async () => {
    const { page, quickInput } = workbench;
    const before = dialler.idsOf("delete").length;
    await page.evaluate(countDialogs);
    const dialogs = async (): Promise<number> => Number(await page.evaluate("globalThis.dialogsShown"));
    await enterText("Dialler: Delete Contact…", /^The ID of the contact/, "1");
    // Each further `down` of a key that was not let go is a repetition.
    await until("the question to be answered", async () => {
      await page.keyboard.down("Enter");
      return (await dialogs()) > 0 && !(await workbench.dialog.isShown());
    });
    for (let repetition = 0; repetition < 40; repetition++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await workbench.output.logged(/production delete #1 done/);
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    assert.equal(await dialogs(), 1);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.equal(await quickInput.isShown(), false);
    assert.deepEqual(dialler.idsOf("delete").slice(before), [1]);
  });

  it("is looked through for tokens at the end, with what is copied (S05)", async () => {
    await workbench.copy(token);
    assert.deepEqual(await sweepPage(workbench.page), ["The clipboard holds a token."]);
    await workbench.copy("nothing");
    assert.deepEqual(await sweepPage(workbench.page), []);
  });

  it("finds no name, number, address or account in the log (S06)", async () => {
    const log = (await workbench.output.log()).join("\n");
    assert.match(log, /production delete #1 done/);
    for (const text of [...Object.values(personal), "DE02120300000000202051"])
      assert.ok(!log.includes(text), `${text} in\n${log}`);
  });

  it("meets no journal that is older than it is kept (B21)", async () => {
    const kept = (await journalFiles(workbench)).size;
    const old = await leaveOldJournal(workbench, 15);
    await workbench.reload();
    await workbench.openView();
    await until("the old one to go", async () => !(await journalFiles(workbench)).has(old));
    assert.equal((await journalFiles(workbench)).size, kept);
  });

  it("removes all journals at once, after a question (B21)", async () => {
    assert.equal((await journalFiles(workbench)).size, 2);
    await workbench.runCommand("Dialler: Delete Journal…");
    await workbench.quickInput.itemsWhen((items) => items.length === 2);
    for (const row of await workbench.quickInput.items()) assert.match(row, /^Deleted 1 of 1 on production/);
    await workbench.quickInput.tickAll();
    await workbench.quickInput.accept();
    assert.match((await workbench.dialog.read()).detail, /can no longer be restored/);
    await workbench.dialog.click("Delete 2 Journals");
    await until("the journals to go", async () => (await journalFiles(workbench)).size === 0);
  });

  it("is asked calmly where the secret storage has lost the token (S12)", async function () {
    // Only the oldest version, in a browser, keeps its secrets where a test can lose them.
    if (workbench.window.host.kind === "desktop" || workbench.version !== oldest) this.skip();
    await workbench.page.evaluate("localStorage.clear()");
    const before = dialler.requests.length;
    await workbench.reload();
    await workbench.openView();
    const welcome = await workbench.contacts.welcome();
    assert.match(welcome.join("\n"), /There is no token for this endpoint yet/);
    assert.deepEqual(await workbench.notifications.shown(), []);
    assert.equal(dialler.requests.length, before);
    await giveToken(workbench);
  });
});

/** As text, because it runs in the page: counts the dialogs that are opened from now on. */
const countDialogs = `{
  const shown = new Set();
  globalThis.dialogsShown = 0;
  new MutationObserver(() => {
    for (const box of document.querySelectorAll(".monaco-dialog-box")) shown.add(box);
    globalThis.dialogsShown = shown.size;
  }).observe(document.body, { childList: true, subtree: true });
}`;
