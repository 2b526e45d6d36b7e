import { oldest } from "../support/host/versions";
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import type { Workbench } from "../support/workbench";
import { until } from "../support/workbench/until";
import { type SmallDialler, startSmallDialler, token } from "../unit/contacts/smallDialler";
import { giveToken, journalFiles, openClosed } from "./openOn";

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
  });

  const enterId = async (id: string): Promise<void> => {
    await workbench.runCommand("Dialler: Delete Contact…");
    await workbench.quickInput.messageWhen(/^The ID of the contact/);
    await workbench.quickInput.type(id);
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
      await workbench.quickInput.messageWhen(/^(An ID is a whole number|The ID of the contact)/);
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

  it("deletes one contact with a held Enter, after one question (S11)", async () => {
    const before = dialler.idsOf("delete").length;
    await workbench.contacts.select(/#1\b/);
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.read();
    // Each further `down` of a key that was not let go is a repetition.
    for (let repetition = 0; repetition < 40; repetition++) await workbench.page.keyboard.down("Enter");
    await workbench.page.keyboard.up("Enter");
    await workbench.output.logged(/production delete #1 done/);
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.deepEqual(dialler.idsOf("delete").slice(before), [1]);
  });

  it("finds no name, number, address or account in the log (S06)", async () => {
    const log = (await workbench.output.log()).join("\n");
    assert.match(log, /production delete #1 done/);
    for (const text of [...Object.values(personal), "DE02120300000000202051"])
      assert.ok(!log.includes(text), `${text} in\n${log}`);
  });

  it("meets no journal that is older than it is kept (B21)", async () => {
    const [[path, text] = ["", ""]] = await journalFiles(workbench);
    assert.notEqual(path, "", "the deletions above have left a journal");
    const [head = "", ...rest] = text.split("\n");
    const old = new Date(Date.now() - 15 * 24 * 60 * 60_000).toISOString();
    const run = `${old.replace(/[:.]/g, "-")}-00000001`;
    const startedAt = /"startedAt":"([^"]+)"/.exec(head)?.[1] ?? "";
    const itsRun = /"run":"([^"]+)"/.exec(head)?.[1] ?? "";
    const aged = head.replace(startedAt, old).replace(itsRun, run);
    const kept = (await journalFiles(workbench)).size;
    const oldPath = path.replace(itsRun, run);
    assert.notEqual(oldPath, path);
    await writeFile(oldPath, [aged, ...rest].join("\n"));
    await workbench.reload();
    await workbench.openView();
    await until("the old one to go", async () => !(await journalFiles(workbench)).has(oldPath));
    assert.equal((await journalFiles(workbench)).size, kept);
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
