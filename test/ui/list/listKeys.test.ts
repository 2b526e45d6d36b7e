import assert from "node:assert/strict";
import { byTheBook, gate, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import { pressAtOnce } from "../../support/workbench/pressAtOnce";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

/** So long nothing more may happen. */
const quietMs = 1500;

describe("a person whose next key comes at once", () => {
  let dialler: SmallDialler;
  let workbench: Workbench;

  beforeEach(async () => {
    dialler = await startSmallDialler(20);
    workbench = await openOn(dialler, { settings: { "dialler.sortBy": "id" } });
    await workbench.contacts.rowsWhen((rows) => rows.length === 20);
    await workbench.contacts.select(/#3\b/);
    await until("the preview", () => dialler.idsOf("read").includes(3));
    await focusedRowWhen(workbench, "Name 3");
    // A list that was just read is drawn again a few times.
    await workbench.page.waitForTimeout(quietMs);
  });

  afterEach(async () => {
    dialler.script = byTheBook;
    await workbench.close();
    await dialler.stop();
  });

  const sent = (): number => dialler.idsOf("lock").length + dialler.idsOf("unlock").length;
  const quiet = (): Promise<void> => workbench.page.waitForTimeout(quietMs);
  const asksNothing = async (): Promise<void> => {
    assert.equal(await workbench.quickInput.isShown(), false);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.deepEqual(await workbench.notifications.shown(), []);
  };

  it("locks exactly the rows that Ctrl+L was pressed on, and previews none of them", async () => {
    await pressAtOnce(workbench, Array.from({ length: 5 }, () => ["ControlOrMeta+l", "ArrowDown"]).flat());
    await until("five locks", () => sent() >= 5);
    await quiet();
    assert.deepEqual(dialler.idsOf("lock").sort(), [3, 4, 5, 6, 7]);
    await focusedRowWhen(workbench, "Name 8");
    await pressAtOnce(workbench, [
      "ArrowUp",
      "ControlOrMeta+u",
      "ArrowUp",
      "ArrowUp",
      "ControlOrMeta+u",
      "ArrowDown",
    ]);
    await until("two unlocks", () => sent() >= 7);
    await quiet();
    assert.deepEqual(dialler.idsOf("unlock").sort(), [5, 7]);
    assert.deepEqual(dialler.idsOf("read"), [3]);
    await asksNothing();
  });

  it("is asked about the row that Delete was pressed on, and copies the ID of the row that Ctrl+C was pressed on", async () => {
    await pressAtOnce(workbench, ["ArrowDown", "ControlOrMeta+c", "ArrowDown"]);
    assert.equal(await workbench.clipboard(/^\d+$/), "4");
    await focusedRowWhen(workbench, "Name 5");
    await pressAtOnce(workbench, ["Delete", "ArrowDown"]);
    assert.match((await workbench.dialog.read()).message, /Name 5 #5/);
    await workbench.page.keyboard.press("Escape");
    await until("the question to close", async () => !(await workbench.dialog.isShown()));
    assert.deepEqual(dialler.idsOf("delete"), []);
  });

  it("sends one request for a key that is held, while it is at work and after it", async () => {
    const answers = gate();
    dialler.script = async ({ kind }, ordinary) => {
      if (kind === "lock") await answers.opened;
      return ordinary();
    };
    await pressAtOnce(
      workbench,
      Array.from({ length: 8 }, () => "ControlOrMeta+l"),
    );
    await until("the lock", () => sent() > 0);
    await pressAtOnce(
      workbench,
      Array.from({ length: 4 }, () => "ControlOrMeta+l"),
    );
    answers.open();
    await workbench.contacts.locked(/#3\b/);
    await pressAtOnce(
      workbench,
      Array.from({ length: 4 }, () => "ControlOrMeta+l"),
    );
    await quiet();
    assert.deepEqual(dialler.idsOf("lock"), [3]);
    await asksNothing();
    // Let go of, and meant again.
    await workbench.page.keyboard.press("ControlOrMeta+l");
    await until("another lock", () => sent() > 1);
    // That one changed nothing, and is not in the way of the one before it.
    await until("its end", async () => (await workbench.statusBar()).some((text) => text.includes("Name 3")));
    await quiet();
    await workbench.page.keyboard.press("ControlOrMeta+z");
    await workbench.contacts.unlocked(/#3\b/);
    assert.deepEqual(dialler.idsOf("unlock"), [3]);
  });

  it("acts on the right row while the list is drawn again, or says that it could not", async () => {
    const pressed: number[] = [];
    for (let times = 0; times < 12; times++) {
      await workbench.page.keyboard.press("F5");
      // At another moment of the refresh each time.
      await workbench.page.waitForTimeout(times * 15);
      await pressAtOnce(workbench, ["ControlOrMeta+l", "ArrowDown"]);
      pressed.push(3 + times);
      await workbench.page.waitForTimeout(500);
    }
    await quiet();
    await workbench.screenshot("keys-while-refreshing");
    const refusals = (await workbench.notifications.shown()).length;
    const locked = dialler.idsOf("lock").sort((a, b) => a - b);
    assert.ok(refusals > 0 || locked.length === pressed.length, locked.join());
    assert.deepEqual(
      locked.filter((id) => !pressed.includes(id)),
      [],
    );
    assert.ok(locked.length >= pressed.length - 3, locked.join());
  });

  it("is asked once for two deletes, and after Escape nothing more", async () => {
    await pressAtOnce(workbench, ["Delete", "Delete"]);
    assert.match((await workbench.dialog.read()).message, /Name 3 #3/);
    await workbench.page.keyboard.press("Escape");
    await until("the question to close", async () => !(await workbench.dialog.isShown()));
    await quiet();
    await asksNothing();
    assert.deepEqual(dialler.idsOf("delete"), []);
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).message, /Name 3 #3/);
  });
});
