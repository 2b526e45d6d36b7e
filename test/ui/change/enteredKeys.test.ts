import assert from "node:assert/strict";
import * as reply from "../../support/dialler/scriptedReply";
import type { Workbench } from "../../support/workbench/workbench";
import { batchOf, byTheBook, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";

describe("a person who enters an ID or a UserData", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let other: SmallDialler;
  const personal = { Name: "Brandtova", PhoneNumber1: "494315550117", Email: "ida@example.com" };

  before(async () => {
    dialler = await startSmallDialler(
      [1, 2, 3, 4, 5].map((ID) => ({
        ...{ ID, ...personal, AccountIBAN: "DE02120300000000202051" },
        ...(ID === 2 ? { UserData: "CRM-5 " } : {}),
      })),
    );
    other = await startSmallDialler(3);
    workbench = await openOn(dialler, { others: { other } });
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await other.stop();
    // Also what a test sent that was tried again.
    assert.deepEqual(dialler.idsOf("delete"), [5, 1]);
    assert.equal(dialler.changing().length, 2);
  });

  afterEach(async () => {
    dialler.script = byTheBook;
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  const enterText = async (command: string, prompt: RegExp, text: string): Promise<void> => {
    await workbench.runCommand(command);
    // Nothing is selected, so it is asked how the contact is named.
    if (command === "Dialler: Delete Contact…") await workbench.quickInput.pick("By ID…");
    await workbench.quickInput.messageWhen(prompt);
    await workbench.quickInput.type(text);
  };
  const enterId = async (id: string): Promise<void> => {
    await enterText("Dialler: Delete Contact…", /^The ID of the contact/, id);
    await workbench.quickInput.accept();
  };

  it("means a UserData exactly as it is typed, with the blanks at its ends (I05)", async () => {
    await workbench.runCommand("Dialler: Delete Contacts by UserData…");
    assert.equal(await workbench.quickInput.title(), "Delete on test");
    await workbench.quickInput.type("CRM-5 ");
    await workbench.quickInput.messageWhen(/Leading and trailing spaces are part of the UserData/);
    await workbench.quickInput.accept();
    assert.match((await workbench.dialog.read()).message, /#2/);
    await workbench.dialog.click("Cancel");
    const asked = dialler.heard.filter(({ kind }) => kind === "batch").at(-1);
    assert.deepEqual(asked && batchOf(asked.request.body).keys, ["CRM-5 "]);
    assert.deepEqual(dialler.changing(), []);
  });

  it("acts on no endpoint but the one that was asked for, when it is switched meanwhile (B06)", async () => {
    const { page, quickInput } = workbench;
    // No row has the selection: it is asked how the contact is named.
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.runCommand("Dialler: Lock Contact");
    await quickInput.pick("By ID…");
    await quickInput.messageWhen(/^The ID of the contact/);
    assert.equal(await quickInput.title(), "Lock on test");
    await quickInput.type("3");
    await workbench.copy(JSON.stringify({ setting: "dialler.activeEndpoint", value: "other" }));
    await page.keyboard.press("Control+Alt+F12");
    await workbench.statusBarItem("other (test)").waitFor();
    await quickInput.accept();
    await workbench.notifications.read(/The endpoint test is no longer active\. Nothing was sent\./);
    await workbench.notifications.click(/The endpoint test is no longer active/, "Switch Endpoint…");
    await quickInput.pick("test");
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
    assert.deepEqual([...dialler.changing(), ...other.changing()], []);
  });

  it("reads why no contact could be looked up, and none is deleted in another way (I12)", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "batch" || kind === "lookUp" || kind === "list"
        ? reply.json(500, { status: 500 })
        : ordinary();
    await workbench.runCommand("Dialler: Delete Contacts by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-4");
    await workbench.quickInput.accept();
    await workbench.notifications.read(/Server error \(HTTP 500\)/);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.deepEqual(dialler.changing(), []);
  });

  it("cannot enter an ID that would leave its path (I08)", async () => {
    const before = dialler.requests.length;
    for (const id of ["..", ".", "%2e%2e", "1/../2", ""]) {
      await enterId(id);
      await workbench.quickInput.messageWhen(/^An ID is a whole number/);
      await workbench.quickInput.cancel();
    }
    assert.equal(dialler.requests.length, before);
  });

  it("is warned of a UserData that is longer than the server keeps (I06)", async () => {
    await workbench.runCommand("Dialler: Lock Contacts by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("x".repeat(64));
    await workbench.quickInput.messageWhen(/^The UserData exactly as it is stored/);
    await workbench.quickInput.type("x".repeat(65));
    await workbench.quickInput.messageWhen(/keeps 64 characters of a UserData; this one is longer/);
    await workbench.quickInput.cancel();
  });

  it("deletes by a UserData of one contact by its ID (I10)", async () => {
    const before = dialler.heard.length;
    await workbench.runCommand("Dialler: Delete Contacts by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-5");
    await workbench.quickInput.accept();
    assert.match((await workbench.dialog.read()).message, /#5/);
    assert.deepEqual(
      dialler.heard.slice(before).map(({ kind }) => kind),
      ["batch"],
    );
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/Deleted 1 of 1 on test: 1 done\./);
    assert.deepEqual(
      dialler.heard.slice(before).map(({ kind, id }) => `${kind} ${id}`),
      ["batch 0", "batch 0", "delete 5"],
    );
  });

  it("deletes nothing with an Enter that is held from the ID on, after one question (S11)", async () => {
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
    await until("the boxes to close", async () => {
      return !(await workbench.dialog.isShown()) && !(await quickInput.isShown());
    });
    assert.equal(await dialogs(), 1);
    assert.deepEqual(dialler.idsOf("delete").slice(before), []);
  });

  it("deletes the contact of an ID after a question that is answered with its button", async () => {
    const before = dialler.idsOf("delete").length;
    await enterId("1");
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/test delete #1 done/);
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    assert.deepEqual(dialler.idsOf("delete").slice(before), [1]);
  });

  it("finds no name, number, address or account in the log (S06)", async () => {
    const log = (await workbench.output.log()).join("\n");
    assert.match(log, /test delete #1 done/);
    for (const text of [...Object.values(personal), "DE02120300000000202051"])
      assert.ok(!log.includes(text), `${text} in\n${log}`);
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
