import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as reply from "../support/dialler/scriptedReply";
import type { Workbench } from "../support/workbench/workbench";
import {
  batchOf,
  byTheBook,
  contact,
  list,
  type SmallDialler,
  startSmallDialler,
} from "../support/dialler/smallDialler";
import { journalFiles, openOn } from "../support/workbench/openOn";

describe("a person whose answer decides", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let other: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1, UserData: "CRM-5" },
      { ID: 2, UserData: "CRM-5 " },
      { ID: 3, PhoneNumber1: null },
      { ID: 4 },
      { ID: 5 },
      { ID: 6 },
    ]);
    other = await startSmallDialler(3);
    workbench = await openOn(dialler, { others: { other } });
    await workbench.contacts.rowsWhen((rows) => rows.length === 6);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await other.stop();
  });

  afterEach(async () => {
    dialler.script = byTheBook;
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  const imports = (): number => dialler.heard.filter(({ kind }) => kind === "import").length;

  it("means a UserData exactly as it is typed, with the blanks at its ends (I05)", async () => {
    await workbench.runCommand("Dialler: Delete by UserData…");
    assert.equal(await workbench.quickInput.title(), "Delete on test");
    await workbench.quickInput.type("CRM-5 ");
    await workbench.quickInput.messageWhen(/The blanks at the ends are part of the UserData/);
    await workbench.quickInput.accept();
    assert.match((await workbench.dialog.read()).message, /#2/);
    await workbench.dialog.click("Cancel");
    const asked = dialler.heard.filter(({ kind }) => kind === "batch").at(-1);
    assert.deepEqual(asked && batchOf(asked.request.body).keys, ["CRM-5 "]);
    assert.deepEqual(dialler.changing(), []);
  });

  it("acts on no endpoint but the one that was asked for, when it is switched meanwhile (B06)", async () => {
    const { page, quickInput } = workbench;
    // No row has the selection: the ID is asked for.
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.runCommand("Dialler: Lock Contact");
    await quickInput.messageWhen(/^The ID of the contact/);
    assert.equal(await quickInput.title(), "Lock on test");
    await quickInput.type("3");
    await workbench.copy(JSON.stringify({ setting: "dialler.activeEndpoint", value: "other" }));
    await page.keyboard.press("Control+Alt+F12");
    await workbench.statusBarItem("other (test)").waitFor();
    await quickInput.accept();
    await workbench.notifications.read(
      /The endpoint is no longer test, for which this was asked\. Nothing was sent\./,
    );
    await workbench.notifications.click(/The endpoint is no longer test/, "Switch Endpoint…");
    await quickInput.pick("test");
    await workbench.contacts.rowsWhen((rows) => rows.length === 6);
    assert.deepEqual([...dialler.changing(), ...other.changing()], []);
  });

  it("is told before the deletion that a contact cannot be made again (B20)", async () => {
    await workbench.contacts.select(/#3\b/);
    await workbench.page.keyboard.press("Delete");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /Cannot be made again: it has no phone number\./);
    await workbench.dialog.click("Cancel");
    assert.deepEqual(dialler.changing(), []);
  });

  it("is told why nobody could be looked up, and nobody is deleted in another way (I12)", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "batch" || kind === "lookUp" || kind === "list"
        ? reply.json(500, { status: 500 })
        : ordinary();
    await workbench.runCommand("Dialler: Delete by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.type("CRM-4");
    await workbench.quickInput.accept();
    await workbench.notifications.read(/Server failed \(HTTP 500\)/);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.deepEqual(dialler.changing(), []);
  });

  it("makes nobody twice by a key: what exists again is skipped (B17)", async () => {
    await workbench.contacts.select(/#4\b/);
    await workbench.contacts.select(/#5\b/, "ControlOrMeta");
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete 2 Contacts");
    await workbench.output.logged(/Deleted 2 of 2 on test: 2 done\./);
    for (const ID of [4, 5]) dialler.contacts.set(100 + ID, contact({ ID: 100 + ID, UserData: `CRM-${ID}` }));

    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Deleted 2 of 2 on test/, "Restore Contacts…");
    await workbench.dialog.click("Restore 2 Contacts");
    for (const ID of [4, 5]) {
      const { message } = await workbench.dialog.readWhen(new RegExp(`“CRM-${ID}” exists again`));
      assert.match(message, /Make another one\?/);
      await workbench.page.keyboard.press("Escape");
    }
    await workbench.output.logged(/Restored 0 of 2 on test: 2 skipped\./);
    assert.equal(imports(), 0);

    await workbench.activity.contextMenu(/^Deleted 2 of 2 on test/, "Restore Contacts…");
    await workbench.dialog.click("Restore 2 Contacts");
    await workbench.dialog.click("Skip All Such");
    await workbench.output.logged(/Restored 0 of 2 on test: 2 skipped\./, 2);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.equal(imports(), 0);
  });

  it("deletes nobody where no journal can be written (B13)", async () => {
    const [path = ""] = (await journalFiles(workbench)).keys();
    const folder = dirname(path);
    await rm(folder, { recursive: true });
    await writeFile(folder, "");
    const before = dialler.idsOf("delete");
    await workbench.contacts.select(/#6\b/);
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    await workbench.notifications.read(
      /The journal of deleted contacts in .* cannot be used.*Nothing was sent\./,
    );
    assert.deepEqual(dialler.idsOf("delete"), before);
    await rm(folder);
    await mkdir(folder);
  });

  it("is offered to clear a filter that hides every campaign", async () => {
    const { page, contacts, quickInput } = workbench;
    await workbench.copy(JSON.stringify({ setting: "dialler.groupBy", value: "campaign" }));
    await page.keyboard.press("Control+Alt+F12");
    await contacts.rowsWhen((rows) => rows.length === 2);
    await contacts.expand(/^Survey/);
    await contacts.expand(/^Spring/);
    await contacts.rowsWhen((rows) => rows.length > 4);
    await workbench.runCommand("Dialler: Filter Contacts…");
    await quickInput.type("nobody-at-all");
    await contacts.rowsWhen((rows) => rows.length === 0);
    await quickInput.accept();
    assert.match((await contacts.welcome()).join("\n"), /No contact that is loaded matches the filter/);
    await workbench.screenshot("filter-hides-all");
    await contacts.clickWelcome("Clear Filter");
    // As it was open before.
    await contacts.rowsWhen((rows) => rows.length > 4);
    await workbench.copy(JSON.stringify({ setting: "dialler.groupBy", value: "none" }));
    await page.keyboard.press("Control+Alt+F12");
    await contacts.rowsWhen((rows) => rows.some((row) => row.startsWith("Name 1")));
  });

  it("is told that a list is shorter than the server said (H23)", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "list" ? list([contact({ ID: 1 }), contact({ ID: 2 })], 5) : ordinary();
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.contacts.messageWhen(/announced 5 and sent 2/);
  });

  it("is told that the server has no contacts (H22)", async () => {
    dialler.script = ({ kind }, ordinary) => (kind === "list" ? list([]) : ordinary());
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.contacts.rowsWhen((rows) => rows.length === 0);
    assert.match((await workbench.contacts.welcome()).join("\n"), /it has no contacts/);
  });
});
