import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person whose list says only Id", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1001, Name: "Somebody", UserData: "S" },
      { ID: 7, Name: "Berg", UserData: "1001" },
      { ID: 8, Name: "Kurz", UserData: "1002" },
      { ID: 2001, Name: "Alt", UserData: "A" },
    ]);
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 4);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  const source = async (text: string, label: string): Promise<string[]> => {
    await workbench.copy(text);
    await workbench.runCommand("Dialler: Lock Contacts in List…");
    await workbench.quickInput.pick(label);
    return workbench.quickInput.itemsWhen(
      (items) => items.length === 2 && items.some((item) => item.startsWith("IDs of")),
    );
  };

  it("sees whom each reading finds, the one with the right names first, and Enter alone chooses none", async () => {
    const items = await source("Id,Name\n1001,Berg\n1002,Kurz\n", "Clipboard: 2 IDs or UserData");
    assert.match(items[0] ?? "", /^UserData 2 found of 2 looked up/);
    assert.match(items[0] ?? "", /“1001” → .*Berg.* #7 \(in the list: .*Berg/);
    assert.match(items[1] ?? "", /^IDs of the dialler 1 found of 2 looked up/);
    assert.match(items[1] ?? "", /“1001” → .*Somebody.* #1001 \(in the list: .*Berg/);
    await workbench.screenshot("list-readings");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.keyboard.press("Enter");
    assert.equal((await workbench.quickInput.items()).length, 2, "still asked");
    assert.deepEqual(dialler.changing(), []);
    await workbench.quickInput.pick("UserData");
    await workbench.quickInput.itemsWhen((all) => all.some((item) => item.startsWith("Berg")));
    await workbench.quickInput.accept();
    await workbench.output.logged(/Locked 2 of 2 on test: 2 done\./);
    assert.deepEqual(dialler.idsOf("lock").sort(), [7, 8]);
  });

  it("goes on with Enter where one reading finds contacts and the other none", async () => {
    const items = await source("2001\n", "Clipboard: 1 ID or UserData");
    assert.match(items[0] ?? "", /^IDs of the dialler 1 found of 1 looked up/);
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInput.itemsWhen((all) => all.some((item) => item.startsWith("Alt")));
    await workbench.quickInput.cancel();
    assert.deepEqual(dialler.idsOf("lock").sort(), [7, 8]);
  });

  it("is told which lines a spreadsheet has shortened, and nothing is sent", async () => {
    const from = dialler.requests.length;
    await workbench.copy("4,0101E+04\n5,0102E+04\n");
    await workbench.runCommand("Dialler: Delete Contacts in List…");
    await workbench.quickInput.accept();
    await workbench.notifications.read(
      /No entry of this list can be used: line 1: a spreadsheet has shortened this number; format the column as text \(“4,0101E\+04”\); line 2: /,
    );
    assert.equal(dialler.requests.length, from);
  });
});
