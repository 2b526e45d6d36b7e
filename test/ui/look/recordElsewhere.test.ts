import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { until } from "../../support/workbench/until";
import { giveToken, openOn } from "../../support/workbench/openOn";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person with an open record while another endpoint is active", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let other: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(3);
    other = await startSmallDialler(3);
    workbench = await openOn(dialler, { others: { other: { baseUrl: other.baseUrl } } });
    await workbench.contacts.select("Name 2");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 2,')));
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("other");
    await giveToken(workbench);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await other.stop();
  });

  it("copies from the record at once", async () => {
    const sent = dialler.heard.length;
    for (const [command, copied] of [
      ["Dialler: Copy ID", /^2$/],
      ["Dialler: Copy UserData", /^CRM-2$/],
      ["Dialler: Copy Phone Number", /^49431555012$/],
      ["Dialler: Copy as JSON", /^\{\n[^]*"ID": 2,/],
      ["Dialler: Copy as curl", /^curl [^]*\/dialler\/contacts\/2'/],
    ] as const) {
      await workbench.runCommand(command);
      if (command.endsWith("curl")) await workbench.quickInput.pick("Read");
      await workbench.clipboard(copied);
    }
    assert.deepEqual(await workbench.notifications.shown(), []);
    assert.equal(dialler.heard.length, sent);
    assert.deepEqual(other.idsOf("read"), []);
  });

  it("reads record and history again from the endpoint they came from, without a question", async () => {
    const sent = dialler.heard.length;
    await workbench.runCommand("Dialler: Refresh Contact");
    await until("the record to be read", () => dialler.heard.length > sent);
    assert.equal(await workbench.dialog.isShown(), false);
    assert.deepEqual(await workbench.notifications.shown(), []);
    assert.deepEqual(other.idsOf("read"), []);
  });

  it("is asked before its title locks, by a question that names contact and endpoint, and only it is locked", async () => {
    await workbench.clickEditorAction("Lock Contact");
    const { message, buttons } = await workbench.dialog.read();
    assert.match(message, /Name 2.*#2.* on test\?$/);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Lock"]);
    assert.deepEqual(dialler.idsOf("lock"), []);
    await workbench.dialog.click("Lock");
    await workbench.statusBarItem("Locked Name 2 #2 on test.").waitFor();
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"bLocked": true')));
    assert.deepEqual([dialler.idsOf("lock"), other.changing()], [[2], []]);
    const row = await workbench.contacts.row("Name 2");
    assert.doesNotMatch((await row.getAttribute("aria-label")) ?? "", /Locked/);
  });

  it("finds the record among the candidates of the palette, with its endpoint, and is asked as well", async () => {
    await workbench.runCommand("Dialler: Unlock Contact");
    const items = await workbench.quickInput.itemsWhen((all) => all.length >= 2);
    assert.match(items[0] ?? "", /^Unlock Name 2 · CRM-2 · #2 on test record in front$/);
    assert.match(items.at(-1) ?? "", /^Another contact on other… \(ID or UserData\)$/);
    await workbench.screenshot("candidate-elsewhere");
    await workbench.quickInput.accept();
    const { message, buttons } = await workbench.dialog.read();
    assert.match(message, /Name 2.*#2.* on test\?$/);
    // Enter declines what follows a list.
    assert.ok(buttons.includes("Don't Unlock"), buttons.join());
    await workbench.dialog.click("Unlock");
    await workbench.statusBarItem("Unlocked Name 2 #2 on test.").waitFor();
    assert.deepEqual([dialler.idsOf("unlock"), other.changing()], [[2], []]);
  });

  it("deletes through the title only there, and the row of another contact with the same ID stays", async () => {
    await workbench.clickEditorAction("Delete Contact…");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /Endpoint: test/);
    await workbench.dialog.click("Delete");
    await workbench.notifications.read(/^Deleted Name 2 #2 on test\./);
    assert.deepEqual([dialler.idsOf("delete"), other.changing()], [[2], []]);
    await workbench.contacts.row("Name 2");
  });

  it("offers ID and UserData of the active endpoint also where there is no candidate", async () => {
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.runCommand("Dialler: Lock Contact");
    assert.deepEqual(await workbench.quickInput.itemsWhen((all) => all.length === 2), [
      "By ID…",
      "By UserData…",
    ]);
    assert.equal(await workbench.quickInput.title(), "Lock on other");
    await workbench.quickInput.cancel();
  });
});
