import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workbench } from "../../support/workbench/workbench";
import { until } from "../../support/workbench/until";
import {
  batchOf,
  byTheBook,
  gate,
  list,
  type SmallDialler,
  startSmallDialler,
} from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";

describe("a person with a list of a thousand UserData", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  const good = Array.from({ length: 990 }, (_, at) => ({ ID: at + 1, UserData: `KEY-${at + 1}` }));
  const shared = [1, 2, 3].flatMap((key) => [
    { ID: 2000 + key, UserData: `DUP-${key}` },
    { ID: 3000 + key, UserData: `DUP-${key}` },
  ]);
  const lines = [
    ...good.slice(0, 500).map(({ UserData }) => UserData),
    ...["DUP-1", "DUP-2", "DUP-3"],
    ...["NONE-1", "NONE-2", "NONE-3", "NONE-4", "NONE-5"],
    ...["   ", "\t"],
    ...good.slice(500).map(({ UserData }) => UserData),
  ];

  before(async () => {
    dialler = await startSmallDialler([...good, ...shared]);
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("sees before anything is sent what would be locked and what would not", async () => {
    assert.equal(lines.length, 1000);
    const from = dialler.requests.length;
    await workbench.copy(lines.join("\n"));
    await workbench.runCommand("Dialler: Lock Contacts in List…");
    await workbench.quickInput.itemsWhen((items) => items.some((item) => /1,000|1000|998/.test(item)));
    await workbench.screenshot("list-source");
    await workbench.quickInput.accept();
    const { message, detail, buttons } = await workbench.dialog.read();
    assert.match(message, /^Lock 990 contacts on test\? The contacts/);
    assert.match(detail, /^990 of 1,000; left out: .*; 7 more$/m);
    assert.match(detail, /5 × not found/);
    assert.match(detail, /5 × skipped/);
    await workbench.screenshot("list-preview");
    // In the order of the page; a workbench puts the first one, which Enter presses, where its platform wants it.
    assert.deepEqual(buttons.toSorted(), [
      "Cancel",
      "Don't Lock",
      "Dry Run",
      "Lock 990 Contacts",
      "Read First",
    ]);
    // A thousand keys are looked up a hundred at a time.
    assert.equal(dialler.requests.length - from, 10);
    assert.deepEqual(dialler.changing(), []);
  });

  it("cancels half-way, and no request starts after the click (B02)", async () => {
    const held = gate();
    dialler.script = async ({ kind }, ordinary) => {
      if (kind === "lock" && dialler.idsOf("lock").length > 400) await held.opened;
      return ordinary();
    };
    await workbench.dialog.click("Lock 990 Contacts");
    // Four are under way, and the server keeps them waiting.
    await until("four requests under way", () => Promise.resolve(dialler.idsOf("lock").length === 404));
    await workbench.notifications.read(/Locking contacts on test/);
    await workbench.screenshot("list-running");
    await workbench.notifications.click(/Locking contacts on test/, "Cancel");
    await workbench.notifications.read(/Waiting for 4 requests/);
    await workbench.screenshot("list-waiting");
    assert.equal(dialler.idsOf("lock").length, 404);
    held.open();
    await workbench.output.logged(
      /Locked 404 of 1,000 on test: 404 done, 5 not found, 5 skipped, 586 not attempted\./,
    );
    assert.equal(dialler.idsOf("lock").length, 404);
    assert.ok(dialler.mostInFlight() <= 4, `${dialler.mostInFlight()}`);
  });

  it("resumes it from the Activity view, and only the rest is sent", async () => {
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Locked 404 of 1,000 contacts/, "Resume Run of Contacts…");
    await workbench.dialog.click("Lock 586 Contacts");
    await workbench.output.logged(/Locked 990 of 1,000 on test: 990 done, 5 not found, 5 skipped\./);
    const locked = dialler.idsOf("lock");
    assert.equal(locked.length, 990);
    assert.equal(new Set(locked).size, 990);
    assert.ok(good.every(({ ID }) => dialler.contacts.get(ID)?.bLocked === true));
    assert.ok(shared.every(({ ID }) => dialler.contacts.get(ID)?.bLocked === false));
    await workbench.activity.rowsWhen((rows) => rows.some((row) => row.startsWith("Locked 990 of 1,000")));
    await workbench.screenshot("list-resumed");
  });
});

describe("a person with a short list", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let folder: string;

  before(async () => {
    dialler = await startSmallDialler([
      ...[1, 2, 3].map((ID) => ({ ID, UserData: `KEY-${ID}` })),
      ...[11, 12, 13].map((ID) => ({ ID, UserData: "DUP" })),
    ]);
    folder = await mkdtemp(join(tmpdir(), "dlr-list-"));
    await writeFile(join(folder, "keys.csv"), "Name;UserData\r\nIda;KEY-1\r\nUwe;DUP\r\nAnn;KEY-2\r\n");
    await writeFile(join(folder, "ids.txt"), "3\n\n99\n3\n");
    workbench = await openOn(dialler, { folder });
    await workbench.contacts.rowsWhen((rows) => rows.length === 6);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("takes the column of a table that is selected in the editor, and chooses among contacts that share a UserData", async () => {
    await workbench.runCommand("File: Open File...");
    await workbench.quickInput.choosePath(join(folder, "keys.csv"));
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes("KEY-2")));
    await workbench.page.locator(".monaco-editor .view-line").first().click();
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.runCommand("Dialler: Lock Contacts in List…");
    await workbench.quickInput.itemsWhen(([first]) =>
      /Selection: 3 UserData.*column “UserData”/.test(first ?? ""),
    );
    await workbench.quickInput.accept();
    await workbench.quickInput.itemsWhen((items) => items.filter((item) => item.includes("#1")).length === 4);
    await workbench.screenshot("list-choose");
    assert.deepEqual(dialler.changing(), []);
    await workbench.quickInput.tick("Name 12 #12");
    await workbench.quickInput.accept();
    await workbench.output.logged(/Locked 3 of 5 on test: 3 done, 2 skipped\./);
    assert.deepEqual(dialler.idsOf("lock").sort(), [1, 12, 2]);
  });

  it("takes a file, and deletes only the contacts that it means (I13)", async () => {
    await workbench.copy("");
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Dialler: Delete Contacts in List…");
    await workbench.quickInput.pick("Choose File…");
    await workbench.quickInput.choosePath(join(folder, "ids.txt"));
    await workbench.quickInput.itemsWhen(([first]) =>
      /ids\.txt: 2 IDs or UserData.*2 entries cannot be used \(lines 2, 4\)/.test(first ?? ""),
    );
    await workbench.quickInput.accept();
    await workbench.quickInput.pick("IDs of the dialler");
    await workbench.quickInput.itemsWhen((items) => items.some((item) => item.includes("#3")));
    await workbench.screenshot("list-delete");
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/Deleted 1 of 4 on test: 1 done, 1 not found, 2 skipped\./);
    assert.deepEqual(dialler.idsOf("delete"), [3]);
  });

  it("is offered a contact once that two entries mean, one of them only nearly", async () => {
    // As a server whose collation takes upper and lower case for the same.
    dialler.script = ({ kind, request }, ordinary) => {
      if (kind !== "batch") return ordinary();
      const { ids, keys } = batchOf(request.body);
      const wanted = keys.map((key) => key.toLowerCase());
      return list(
        [...dialler.contacts.values()].filter(
          ({ ID, UserData }) => ids.includes(Number(ID)) || wanted.includes(String(UserData).toLowerCase()),
        ),
      );
    };
    const before = dialler.idsOf("delete").length;
    await workbench.copy("KEY-1\nkey-1\n");
    await workbench.runCommand("Dialler: Delete Contacts in List…");
    await workbench.quickInput.itemsWhen(([first]) => (first ?? "").includes("Clipboard: 2 UserData"));
    await workbench.quickInput.accept();
    const items = await workbench.quickInput.itemsWhen((all) => all.some((item) => item.includes("#1")));
    assert.equal(items.filter((item) => /^Name 1\b/.test(item)).length, 1, items.join(" | "));
    assert.ok(
      items.some((item) => item.includes("these have a similar one: #1")),
      items.join(" | "),
    );
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/Deleted 1 of 2 on test: 1 done, 1 skipped\./);
    assert.deepEqual(dialler.idsOf("delete").slice(before), [1]);
    dialler.script = byTheBook;
  });

  it("locks a list from the menu of the view, whatever row has the focus", async () => {
    await workbench.contacts.select(0);
    await workbench.copy("2\n");
    await workbench.contacts.overflowMenu("Act on List…");
    await workbench.quickInput.pick("Lock contacts in a list on test");
    await workbench.quickInput.itemsWhen(([first]) => (first ?? "").includes("Clipboard: 1 ID or UserData"));
    await workbench.quickInput.cancel();
  });

  it("reads that a list holds nothing usable, and nothing is requested (I04)", async () => {
    const from = dialler.requests.length;
    await workbench.copy("  \n\t\n ");
    await workbench.runCommand("Dialler: Unlock Contacts in List…");
    await workbench.quickInput.accept();
    await workbench.notifications.read(
      /No entry of this list can be used: line 1: it is blank; line 2: it is blank; line 3: it is blank\. Nothing was sent\./,
    );
    assert.equal(dialler.requests.length, from);
  });
});
