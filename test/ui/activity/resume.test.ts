import assert from "node:assert/strict";
import type { Workbench } from "../../support/workbench/workbench";
import * as reply from "../../support/dialler/scriptedReply";
import { until } from "../../support/workbench/until";
import { gate, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { giveToken, openOn } from "../../support/workbench/openOn";
import { journalsOf } from "../../support/workbench/journalFiles";

describe("a run whose extension host is killed in the middle", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(20);
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("had written down every record that the server was asked to delete (B12)", async () => {
    const held = gate();
    dialler.script = async ({ kind }, ordinary) => {
      const answer = ordinary();
      if (kind === "delete" && dialler.idsOf("delete").length > 5) await held.opened;
      return answer;
    };
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete 20 Contacts");
    await until("four deletions under way", () => Promise.resolve(dialler.idsOf("delete").length === 9));
    const [lines = []] = await journalsOf(workbench);
    const kept = lines.flatMap(({ line, record }) => (line === "intent" ? Number(record?.ID) : []));
    assert.deepEqual(new Set(kept), new Set(dialler.idsOf("delete")));
    const { pid } = lines[0]?.owner ?? {};
    assert.ok(pid !== undefined);
    process.kill(pid, "SIGKILL");
    held.open();
  });

  it("is shown as interrupted by the next one, which verifies the unknown and deletes only the rest (B11)", async () => {
    await workbench.reload();
    await workbench.openView();
    if ((await workbench.contacts.welcome()).join().includes("Set Token")) await giveToken(workbench);
    await workbench.activity.expandView();
    await workbench.activity.rowsWhen((rows) => rows.some((row) => row.includes("interrupted")), 30_000);
    await workbench.screenshot("interrupted");
    await workbench.activity.contextMenu(/^Deleted 5 of 20 contacts/, "Resume Run of Contacts…");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    assert.match(await workbench.quickInput.title(), /Delete 11 Contacts on test/);
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete 11 Contacts");
    await workbench.output.logged(/Deleted 20 of 20 on test: 16 done, 4 gone\./);
    const deleted = dialler.idsOf("delete");
    assert.equal(deleted.length, 20);
    assert.equal(new Set(deleted).size, 20);
    assert.equal(dialler.contacts.size, 0);
  });
});

describe("a run that a rejected token has stopped", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(20);
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("asks for a token once, and after a resume offers to retry what had failed instead of asking again", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "lock" && dialler.idsOf("lock").length > 8
        ? reply.json(401, { status: 401, error: "Unauthorized" })
        : ordinary();
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.contacts.contextMenu("Name 1", "Lock Contact");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    const stopped = await workbench.notifications.read(
      /Locked 8 of 20 contacts on test: 8 locked, \d failed.*Token rejected/,
    );
    // As many as were under way when the first was rejected.
    const failed = Number(/(\d) failed/.exec(stopped.message)?.[1]);
    const contacts = (count: number): string => (count === 1 ? "Lock" : `Lock ${count} Contacts`);
    const asking = await workbench.notifications.shown();
    assert.equal(asking.filter(({ buttons }) => buttons.includes("Set Token…")).length, 1);
    await workbench.runCommand("Notifications: Clear All Notifications");
    dialler.script = (_, ordinary) => ordinary();
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Locked 8 of 20 contacts/, "Resume Run of Contacts…");
    // More than ten are shown first, and accepting that is the answer.
    if (12 - failed > 10) await workbench.quickInput.itemsWhen((items) => items.length > 5);
    if (12 - failed > 10) await workbench.quickInput.accept();
    else await workbench.dialog.click(contacts(12 - failed));
    const { message, buttons } = await workbench.notifications.read(
      new RegExp(`Locked ${20 - failed} of 20 contacts on test: ${20 - failed} locked, ${failed} failed`),
    );
    assert.deepEqual(buttons, ["Retry Failed Contacts"]);
    assert.doesNotMatch(message, /Token/);
    await workbench.notifications.click(new RegExp(`Locked ${20 - failed} of 20`), "Retry Failed Contacts");
    if (failed > 1) await workbench.dialog.click(contacts(failed));
    await workbench.output.logged(/Locked 20 of 20 on test: 20 done\./);
  });
});
