import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as reply from "../../support/dialler/scriptedReply";
import type { Workbench } from "../../support/workbench/workbench";
import { until } from "../../support/workbench/until";
import { byTheBook, gate, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { enterToken, openOn } from "../../support/workbench/openOn";
import { journalFiles } from "../../support/workbench/journalFiles";

async function selectAll(workbench: Workbench): Promise<void> {
  await workbench.contacts.select(0);
  await workbench.page.keyboard.press("ControlOrMeta+A");
}

describe("a person whose run goes wrong", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let other: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(100);
    other = await startSmallDialler(3);
    workbench = await openOn(dialler, { others: { other } });
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await other.stop();
  });

  it("is asked for a token once when it is rejected at the first of fifty deletions (H04)", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "delete" ? reply.json(401, { status: 401, error: "Unauthorized" }) : ordinary();
    await workbench.contacts.select(0);
    for (let more = 0; more < 49; more++) await workbench.page.keyboard.press("Shift+ArrowDown");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete 50 Contacts");
    const { buttons } = await workbench.notifications.read(
      /Deleted 0 of 50 contacts on test: \d failed, 4\d not attempted/,
    );
    assert.deepEqual([...buttons].sort(), ["Resume", "Set Token…"]);
    await workbench.screenshot("token-rejected");
    // The progress closes a moment later than the report opens.
    await until("the progress to close", async () => (await workbench.notifications.shown()).length === 1);
    assert.ok(dialler.idsOf("delete").length <= 4);
    await workbench.runCommand("Notifications: Clear All Notifications");
    dialler.script = byTheBook;
  });

  it("switches in the middle, and the other server hears nothing of the run (B06)", async () => {
    const held = gate();
    const before = dialler.idsOf("lock").length;
    dialler.script = async ({ kind }, ordinary) => {
      if (kind === "lock") await held.opened;
      return ordinary();
    };
    await workbench.contacts.select(0);
    for (let more = 0; more < 4; more++) await workbench.page.keyboard.press("Shift+ArrowDown");
    await workbench.page.keyboard.press("ControlOrMeta+l");
    await until("four requests under way", () =>
      Promise.resolve(dialler.idsOf("lock").length === before + 4),
    );
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("other");
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    held.open();
    await workbench.output.logged(/Locked 5 of 5 on test: 5 done\./);
    assert.equal(dialler.idsOf("lock").length, before + 5);
    assert.deepEqual(other.changing(), []);
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("test");
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
    dialler.script = byTheBook;
  });

  it("resumes a deletion of a hundred that the server left at the fortieth, and only the rest is sent (N23)", async function () {
    this.timeout(180_000);
    const deleted: number[] = [];
    let down: Promise<void> | undefined;
    dialler.script = ({ kind, id }, ordinary) => {
      if (kind !== "delete") return ordinary();
      if (deleted.length === 40) down ??= dialler.stop();
      if (down !== undefined) return reply.reset();
      deleted.push(id);
      return ordinary();
    };
    await selectAll(workbench);
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await workbench.quickInput.messageWhen(/Type test 100/);
    await workbench.quickInput.type("test 100");
    await workbench.quickInput.accept();
    // The server may still carry out what was lost, so the run looks for half a minute.
    const line = await workbench.output.logged(/Deleted \d+ of 100 on test/, 1, 60_000);
    await down;
    const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
    const [done, failed, unknown] = [count("done"), count("failed"), count("unknown")];
    assert.equal(done + failed + unknown + count("not attempted"), 100, line);
    assert.equal(done, 40, line);
    assert.ok(unknown <= 4 && failed <= 5, line);

    const left = [...dialler.contacts.values()];
    const { port } = dialler;
    dialler = await startSmallDialler(left, byTheBook, { port });
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Deleted 40 of 100 contacts/, "Resume Run of Contacts…");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    const message = await workbench.quickInput.messageWhen(/Type (exactly )?test \d+/);
    await workbench.quickInput.type(/test \d+/.exec(message)?.[0] ?? "");
    await workbench.quickInput.accept();
    await workbench.output.logged(new RegExp(`Deleted ${100 - failed} of 100 on test: `));
    const again = dialler.idsOf("delete");
    assert.equal(new Set(again).size, 100 - done - failed);
    assert.ok(again.every((id) => !deleted.includes(id)));
    assert.equal((await journalFiles(workbench)).size, 2);
  });
});

describe("a person who deletes a thousand", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(1000);
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("meets three notifications at most, and a progress with a Cancel (B23)", async function () {
    this.timeout(180_000);
    const held = gate();
    dialler.script = async ({ kind }, ordinary) => {
      if (kind === "delete" && dialler.idsOf("delete").length === 500) await held.opened;
      return ordinary();
    };
    await selectAll(workbench);
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete 1,000 Contacts");
    await workbench.quickInput.messageWhen(/Type test 1000/);
    await workbench.quickInput.type("test 1000");
    await workbench.quickInput.accept();
    await until(
      "five hundred deletions",
      () => Promise.resolve(dialler.idsOf("delete").length >= 500),
      60_000,
    );
    const { buttons } = await workbench.notifications.read(/Deleting contacts on test/);
    assert.deepEqual(buttons, ["Cancel"]);
    await workbench.runCommand("Notifications: Show Notifications");
    const listed = workbench.page.locator(".notifications-center:visible .notification-list-item");
    await until("the progress in the list", async () => (await listed.count()) === 1);
    const heldBytes = await memoryOf(await ownerOfJournal(workbench));
    held.open();
    await until(
      "the end of the run",
      async () =>
        (await workbench.output.log()).some((line) => line.includes("Deleted 1,000 of 1,000 on test")),
      120_000,
    );
    // A second half costs about nothing: what is kept of a contact is an outcome, and its record is on disk.
    const endBytes = await memoryOf(await ownerOfJournal(workbench));
    const grown = (endBytes - heldBytes) / 2 ** 20;
    assert.ok(grown <= mostGrownMegabytes, `${grown.toFixed(1)} MB more than half-way`);
    // Those that are no longer in sight are in the list, too.
    assert.ok((await listed.count()) <= 3);
    assert.equal(dialler.contacts.size, 0);
    assert.equal(dialler.idsOf("delete").length, 1000);
  });
});

/** What garbage and compiled code may add while five hundred contacts are deleted. */
const mostGrownMegabytes = 40;

/** The extension host that wrote the only journal. */
async function ownerOfJournal(workbench: Workbench): Promise<number> {
  const [text = ""] = (await journalFiles(workbench)).values();
  const pid = /"pid":(\d+)/.exec(text)?.[1];
  assert.ok(pid !== undefined, "the journal names its process");
  return Number(pid);
}

/** What a process takes of the memory; 0 where the system does not tell it in this way. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
