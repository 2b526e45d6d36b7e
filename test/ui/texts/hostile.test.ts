import assert from "node:assert/strict";
import * as reply from "../../support/dialler/scriptedReply";
import { type ScriptedServer, startScriptedServer } from "../../support/dialler/scriptedServer";
import type { Workbench } from "../../support/workbench/workbench";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";

/** Left as they are by a server that hid them in a record. */
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/;

/** The links in the hover of a contact, whatever its name is. */
const ours = ["Open", "Copy ID", "Lock"];

describe("a person whose contacts have hostile names", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let pictures: ScriptedServer;

  before(async () => {
    pictures = await startScriptedServer({ handler: () => reply.empty(200) });
    const picture = `${pictures.origin}/b.png`;
    dialler = await startSmallDialler([
      { ID: 1, UserData: "DUP", Name: "$(trash) A" },
      { ID: 2, UserData: "DUP", Name: "[x](command:workbench.action.quit)" },
      {
        ID: 3,
        Name: `B ![](${picture})`,
        Company: `<img src="${picture}">`,
        City: `![](${picture})`,
        Comment: `![](${picture}) <img src="${picture}">`,
        Email: `![x](${picture})`,
      },
      { ID: 4, Name: "C\n2026-01-01 [info] deleted 99" },
      { ID: 5, Name: "D\u001b[31m\u001b]8;;http://127.0.0.1:1\u0007link\u001b]8;;\u0007\u2028\u202eend" },
      { ID: 6, Name: `E${"x".repeat(10_000)}`, Comment: `begin${"y".repeat(1024 * 1024)}end` },
      {
        ID: 8,
        Name: "[G](command:dialler.contact.lock?%5B%7B%22ids%22%3A%5B1%5D%7D%5D)",
        Company: "<command:dialler.contact.lock?%5B%7B%22ids%22%3A%5B1%5D%7D%5D>",
        City: '<a href="command:dialler.contact.lock">H</a>',
      },
      { ID: 7, Name: "F", PhoneNumber1: "tel:+49431[x](tel:112)", PhoneNumber2: "0800-CALL-NOW" },
    ]);
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 8);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await pictures.stop();
  });

  it("sees no icon and no link in a list to choose from, in the row or in the status bar (D05, D07)", async () => {
    const icons = workbench.page.locator(
      ":is(.part.sidebar, .part.statusbar, .quick-input-widget) .codicon-trash:visible",
    );
    assert.ok((await workbench.contacts.rows()).some((row) => row.includes("(trash) A DUP · #1")));
    await workbench.runCommand("Dialler: Lock Contacts by UserData…");
    await workbench.quickInput.type("DUP");
    await workbench.quickInput.accept();
    const items = await workbench.quickInput.itemsWhen((all) => all.length === 2);
    assert.ok(
      items.some((item) => item.includes("(trash) A #1")),
      items.join(" | "),
    );
    assert.equal(await workbench.page.locator(".quick-input-widget a[href^='command:']").count(), 0);
    assert.equal(await icons.count(), 0);
    await workbench.screenshot("hostile-choice");
    await workbench.quickInput.cancel();
    await workbench.contacts.select(/\(trash\) A/);
    await workbench.page.keyboard.press("ControlOrMeta+l");
    await workbench.output.logged(/test lock #1 done/);
    assert.equal(await icons.count(), 0);
    assert.deepEqual(dialler.changing().length, 1);
  });

  it("reads hostile names as they are, in the row, the hover and the modal (D05)", async () => {
    const before = dialler.changing().length;
    const hostile = /\[x\]\u2060\(command:workbench\.action\.quit\)/;
    assert.match(await workbench.contacts.hover(hostile), /\[x\]\u2060?\(command:workbench/);
    assert.deepEqual(await workbench.contacts.hoverLinks(hostile), ours);
    await workbench.movePointerAway();
    await workbench.contacts.select(hostile);
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).message, /\[x\]\u2060\(command:workbench\.action\.quit\)/);
    await workbench.screenshot("hostile-modal");
    await workbench.dialog.click("Cancel");
    assert.equal(dialler.changing().length, before);
  });

  it("finds no link of theirs among ours, also to a command that a hover may run", async () => {
    const text = await workbench.contacts.hover(/#8/);
    assert.match(text, /\[G\]\u2060?\(command:dialler\.contact\.lock/);
    assert.match(text, /<\u2060?command:dialler\.contact\.lock/);
    assert.match(text, /<\u2060?a.href=/);
    await workbench.screenshot("hostile-hover-links");
    assert.deepEqual(await workbench.contacts.hoverLinks(/#8/), ours);
    await workbench.movePointerAway();
  });

  it("loads no picture by resting on a row (D08)", async () => {
    const text = await workbench.contacts.hover(/#3/);
    assert.match(text, /!\[\]/);
    await workbench.screenshot("hostile-hover");
    assert.equal(await workbench.page.locator(".monaco-hover img:visible").count(), 0);
    assert.deepEqual(await workbench.contacts.hoverLinks(/#3/), ours);
    await workbench.movePointerAway();
    assert.equal(pictures.connections(), 0);
  });

  it("sees a phone number with tricks as text (D15)", async () => {
    const text = await workbench.contacts.hover(/^F/);
    assert.match(text, /tel:\+49431\[x\]\u2060?\(tel:112\)/);
    assert.match(text, /0800-CALL-NOW/);
    assert.deepEqual(await workbench.contacts.hoverLinks(/^F/), ours);
    await workbench.movePointerAway();
  });

  it("is asked about names in one line each, without anything that does not show", async () => {
    await workbench.contacts.select(/^C/);
    await workbench.contacts.select(/^D/, "ControlOrMeta");
    await workbench.page.keyboard.press("Delete");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /^C 2026-01-01 \[info\] deleted 99 #4$/m);
    assert.doesNotMatch(detail, hidden);
    await workbench.dialog.click("Delete 2 Contacts");
    await workbench.output.logged(/Deleted 2 of 2 on test: 2 done\./);
    const log = await workbench.output.log();
    assert.ok(log.every((line) => /^\d{4}-\d\d-\d\d \d\d:/.test(line) && !line.includes("deleted 99")));
    assert.doesNotMatch(log.join(""), hidden);
  });

  it("reads a long name cut, and the whole record in its document (D12)", async () => {
    const row = (await workbench.contacts.rows()).find((text) => text.startsWith("Ex"));
    assert.ok(row !== undefined && row.length < 200, `${row?.length ?? 0} characters`);
    await workbench.contacts.select(/^Ex/);
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 6')));
    await workbench.contacts.contextMenu(/^Ex/, "Copy As", "Copy as JSON");
    const text = await workbench.clipboard(/y"?end"|yend/);
    assert.ok(text.includes(`x${"x".repeat(9_998)}`) && text.length > 1024 * 1024);
  });
});
