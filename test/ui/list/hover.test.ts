import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who uses the links in the hover of a contact", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(
      [1, 2, 3, 4].map((ID) => ({
        ID,
        Name: `Person ${ID}`,
        bLocked: ID === 4,
        dtNextTry: "2036-11-28T12:24:00",
      })),
    );
    workbench = await openOn(dialler);
    await workbench.contacts.select(/#1\b/);
    await until("the preview", () => dialler.idsOf("read").length === 1);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("reads when the next try is, and how far away", async () => {
    const text = (await workbench.contacts.hover(/#3\b/)).replace(/\s/g, " ");
    assert.match(text, /Next try: Nov 28, 2036, 12:24.PM, in \d+ years/);
    await workbench.screenshot("hover-links");
    await workbench.movePointerAway();
  });

  it("locks and unlocks the contact under the pointer at once, whichever is selected", async () => {
    assert.deepEqual(await workbench.contacts.hoverLinks(/#3\b/), ["Open", "Copy ID", "Lock"]);
    await workbench.contacts.clickHoverLink(/#3\b/, "Lock");
    await workbench.statusBarItem("Locked Person 3 #3 on test.").waitFor();
    assert.deepEqual(dialler.idsOf("lock"), [3]);
    await workbench.movePointerAway();
    await workbench.contacts.locked(/#3\b/);
    assert.deepEqual(await workbench.contacts.hoverLinks(/#4\b/), ["Open", "Copy ID", "Unlock"]);
    await workbench.contacts.clickHoverLink(/#4\b/, "Unlock");
    await until("the unlock", () => dialler.idsOf("unlock").length > 0);
    assert.deepEqual(dialler.idsOf("unlock"), [4]);
    await workbench.movePointerAway();
  });

  it("copies the ID without a request, and opens the record with one", async () => {
    const before = dialler.heard.length;
    await workbench.contacts.clickHoverLink(/#2\b/, "Copy ID");
    await workbench.statusBarItem("Copied ID 2 of Person 2.").waitFor();
    assert.equal(await workbench.clipboard(/^\d/), "2");
    assert.equal(dialler.heard.length, before);
    await workbench.movePointerAway();
    await workbench.contacts.clickHoverLink(/#2\b/, "Open");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 2')));
    assert.deepEqual(dialler.idsOf("read").slice(1), [2]);
    await workbench.movePointerAway();
  });

  it("reads why nothing opens where the contact is gone by now", async () => {
    dialler.contacts.delete(2);
    await workbench.contacts.clickHoverLink(/#2\b/, "Open");
    await workbench.notifications.read(/^Person 2 #2 is no longer on test\.$/);
    await workbench.movePointerAway();
  });
});

describe("a person who points at a contact where not everything is allowed", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  beforeEach(async () => {
    dialler = await startSmallDialler(3);
  });

  afterEach(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("is asked on production before a link locks, and a held Enter declines", async () => {
    workbench = await openOn(dialler, { environment: "production" });
    await workbench.contacts.clickHoverLink(/#3\b/, "Lock");
    const { message, buttons } = await workbench.dialog.read();
    assert.match(message, /#3 on production/);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Don't Lock", "Lock"]);
    await workbench.page.keyboard.press("Enter");
    await until("the question to go", async () => !(await workbench.dialog.isShown()));
    assert.deepEqual(dialler.changing(), []);
  });

  it("finds nothing that changes a contact of a read-only endpoint", async () => {
    workbench = await openOn(dialler, { readOnly: true });
    assert.deepEqual(await workbench.contacts.hoverLinks(/#3\b/), ["Open", "Copy ID"]);
  });
});
