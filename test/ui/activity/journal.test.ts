import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Workbench } from "../../support/workbench/workbench";
import { byTheBook, contact, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import { journalFiles, leaveOldJournal } from "../../support/workbench/journalFiles";

describe("a person whose deletions are kept in a journal", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler([
      ...[{ ID: 1 }, { ID: 2 }, { ID: 3, PhoneNumber1: null }],
      ...[{ ID: 4 }, { ID: 5 }, { ID: 6 }],
    ]);
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 6);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  afterEach(async () => {
    dialler.script = byTheBook;
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  const imports = (): number => dialler.heard.filter(({ kind }) => kind === "import").length;

  it("says before the deletion that a contact cannot be re-created (B20)", async () => {
    await workbench.contacts.select(/#3\b/);
    await workbench.page.keyboard.press("Delete");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /Cannot be re-created: it has no phone number\./);
    await workbench.dialog.click("Cancel");
    assert.deepEqual(dialler.changing(), []);
  });

  it("creates no duplicate by a key press: a contact that exists again is skipped (B17)", async () => {
    await workbench.contacts.select(/#4\b/);
    await workbench.contacts.select(/#5\b/, "ControlOrMeta");
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete 2 Contacts");
    await workbench.output.logged(/Deleted 2 of 2 on test: 2 done\. Contacts: #4, #5\./);
    for (const ID of [4, 5]) dialler.contacts.set(100 + ID, contact({ ID: 100 + ID, UserData: `CRM-${ID}` }));

    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Deleted .*#?4.*5.*test/, "Restore Contacts…");
    await workbench.dialog.click("Restore 2 Contacts");
    for (const ID of [4, 5]) {
      const { message, detail } = await workbench.dialog.readWhen(
        new RegExp(`#${ID}: another contact on test now has this UserData`),
      );
      assert.match(message, /Create a duplicate\?/);
      assert.ok(detail.includes(`“CRM-${ID}”`), detail);
      await workbench.page.keyboard.press("Escape");
    }
    await workbench.output.logged(/Restored 0 of 2 on test: 2 skipped\./);
    assert.equal(imports(), 0);

    await workbench.activity.contextMenu(/^Deleted .*#?4.*5.*test/, "Restore Contacts…");
    await workbench.dialog.click("Restore 2 Contacts");
    await workbench.dialog.click("Skip All Duplicates");
    await workbench.output.logged(/Restored 0 of 2 on test: 2 skipped\./, 2);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.equal(imports(), 0);
  });

  it("deletes no contact when no journal can be written (B13)", async () => {
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

  describe("after two runs", () => {
    before(async () => {
      for (const id of [1, 2]) {
        await workbench.contacts.select(new RegExp(`#${id}\\b`));
        await workbench.page.keyboard.press("Delete");
        await workbench.dialog.click("Delete");
        await workbench.output.logged(new RegExp(`test delete #${id} done`));
      }
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
      for (const row of await workbench.quickInput.items()) assert.match(row, /^Deleted \S+.* test · /);
      await workbench.quickInput.tickAll();
      await workbench.quickInput.accept();
      assert.match((await workbench.dialog.read()).detail, /can then no longer be restored/);
      await workbench.dialog.click("Delete 2 Journals");
      await until("the journals to go", async () => (await journalFiles(workbench)).size === 0);
    });
  });
});
