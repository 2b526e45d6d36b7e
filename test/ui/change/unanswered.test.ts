import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Workbench } from "../../support/workbench/workbench";
import * as reply from "../../support/dialler/scriptedReply";
import { until } from "../../support/workbench/until";
import { byTheBook, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { journalFiles, journalsOf } from "../../support/workbench/journalFiles";

/** The files below a folder that hold what matches, whatever program has written them. */
async function filesWith(folder: string, text: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && text.test(await readFile(path, "latin1").catch(() => ""))) found.push(path);
  }
  return found;
}

describe("a run whose requests are never answered", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    const ids = Array.from({ length: 20 }, (_, at) => at + 1);
    dialler = await startSmallDialler(
      ids.map((ID) => ({ ID, UserData: `ZEBRA-${ID}`, Company: "Zebrafish" })),
    );
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("can be given up with a second Cancel, and what was under way is unknown until it is verified (B03)", async () => {
    dialler.script = ({ kind }, ordinary) => {
      if (kind !== "lock") return ordinary();
      void ordinary();
      return reply.hang();
    };
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.contacts.contextMenu("Name 1", "Lock Contact");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await until("four requests under way", () => Promise.resolve(dialler.idsOf("lock").length === 4));
    await workbench.notifications.click(/Locking contacts on test/, "Cancel");
    await workbench.notifications.click(/Waiting for 4 requests/, "Cancel");
    await workbench.output.logged(/Locked 0 of 20 on test: 4 unknown, 16 not attempted\./);
    assert.equal(dialler.idsOf("lock").length, 4);
    await workbench.screenshot("given-up");
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("is not resumed where its verification is cancelled", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "batch" || kind === "read" ? reply.hang() : ordinary();
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Locked 0 of 20 contacts/, "Resume Run of Contacts…");
    await workbench.notifications.click(/Verifying contacts on test/, "Cancel");
    await workbench.output.logged(/Locked 0 of 20 on test: 4 unknown, 16 not attempted\./, 2);
    assert.equal(dialler.idsOf("lock").length, 4);
    dialler.script = byTheBook;
    await workbench.notifications.click(/Locked 0 of 20 contacts on test/, "Verify Unknown Contacts");
    await workbench.output.logged(/Locked 4 of 20 on test: 4 done, 16 not attempted\./);
    assert.equal(dialler.idsOf("lock").length, 4);
  });

  it("has its contacts shown in the list by Enter", async () => {
    await workbench.activity.expand(/^Locked 4 of 20 contacts/);
    await workbench.activity.select(/^Name 2(?!\d)/);
    await workbench.page.keyboard.press("Enter");
    const row = await workbench.contacts.row(/^Name 2(?!\d)/);
    await until(
      "the contact to be selected",
      async () => (await row.getAttribute("aria-selected")) === "true",
    );
    await workbench.activity.collapseView();
  });

  it("shows the exact requests of a dry run, and sends none of them", async () => {
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    const before = dialler.requests.length;
    await workbench.quickInput.clickButton("Dry Run");
    const lines = await workbench.editorLinesWhen((all) => all.some((line) => line.startsWith("DELETE")));
    assert.ok(
      lines.some((line) => line.startsWith(`POST ${dialler.baseUrl}/dialler/contacts?languagesID=1`)),
    );
    assert.ok(lines.includes(`DELETE ${dialler.baseUrl}/dialler/contacts/contact/1`), lines.join("\n"));
    await workbench.screenshot("dry-run");
    assert.equal(dialler.requests.length, before);
  });

  it("leaves nothing of the persons on disk when they are deleted without a journal (B22)", async () => {
    const onDisk = (): Promise<string[]> => filesWith(workbench.window.userDataDir, /ZEBRA-|Zebrafish/);
    // Of a deletion with a journal there is something to be found.
    await workbench.contacts.select("Name 20");
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/Deleted 1 of 1 on test: 1 done\./);
    assert.equal((await onDisk()).length, 1);
    await workbench.contacts.rowsWhen((rows) => !rows.some((row) => row.startsWith("Name 20")));
    for (const path of (await journalFiles(workbench)).keys()) await rm(path);

    await workbench.contacts.select("Name 1");
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.clickButton("Delete for Good, Keep No Record");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /Their records are not kept/);
    await workbench.dialog.click("Delete 19 for Good, Keep No Record");
    await workbench.output.logged(/Deleted 19 of 19 on test: 19 done\./);
    assert.equal(dialler.contacts.size, 0);
    assert.deepEqual(await journalsOf(workbench), []);
    assert.deepEqual(await onDisk(), []);
  });
});
