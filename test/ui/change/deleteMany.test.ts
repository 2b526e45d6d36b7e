import assert from "node:assert/strict";
import { importableRecord } from "../../../src/dialler/api/record/importable";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import type { Workbench } from "../../support/workbench/workbench";
import * as reply from "../../support/dialler/scriptedReply";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";
import { journalFiles } from "../../support/workbench/journalFiles";

const perCampaign = { DiallerCampaignsID: 71 };

describe("a person who deletes sixty contacts on production", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let records: WireRecord[];

  before(async () => {
    dialler = await startSmallDialler(
      Array.from({ length: 60 }, (_, at) => ({ ID: at + 1, ...perCampaign, Company: `Firm ${at + 1}` })),
    );
    records = [...dialler.contacts.values()];
    workbench = await openOn(dialler, { environment: "production" });
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("sees them all, and sends nothing until the endpoint and the count are typed", async () => {
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    assert.match(await workbench.quickInput.title(), /Delete 60 Contacts on production$/);
    await workbench.screenshot("delete-preview");
    await workbench.quickInput.accept();
    await workbench.quickInput.messageWhen(/Type exactly|Type production 60/);
    for (const wrong of ["production 59", "Production 60", " production 60"]) {
      await workbench.quickInput.type(wrong);
      await workbench.quickInput.accept();
      await workbench.quickInput.messageWhen(/Type exactly production 60/);
    }
    await workbench.screenshot("delete-typed");
    assert.deepEqual(dialler.changing(), []);
  });

  it("gets a result for each of them when the connection breaks on one in ten", async () => {
    let deletes = 0;
    dialler.script = ({ kind, times }, ordinary) => {
      // A contact whose second deletion broke, too, would have failed.
      if (kind !== "delete" || times > 1 || ++deletes % 10 !== 0) return ordinary();
      // Sometimes the server had done it, sometimes not.
      if (deletes % 20 === 0) void ordinary();
      return reply.reset();
    };
    await workbench.quickInput.type("production 60");
    await workbench.quickInput.accept();
    const line = await workbench.output.logged(/Deleted 60 of 60 on production: \d+ done, \d+ gone\./);
    const [done = 0, gone = 0] = [...(/(\d+) done, (\d+) gone/.exec(line)?.slice(1) ?? [])].map(Number);
    assert.equal(done + gone, 60);
    assert.ok(gone >= 2, line);
    assert.equal(dialler.contacts.size, 0);
    const [journal = ""] = (await journalFiles(workbench)).values();
    assert.ok(!journal.includes(token));
    for (const record of records) assert.ok(journal.includes(`"Company":${JSON.stringify(record.Company)}`));
  });

  it("restores them, and the server holds the same sixty again (B16)", async () => {
    dialler.script = (_, ordinary) => ordinary();
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Deleted 60 contacts/, "Restore Contacts…");
    const { message, detail } = await workbench.dialog.read();
    assert.match(message, /^Restore 60 contacts on production/);
    assert.match(detail, /new ID/);
    await workbench.screenshot("restore");
    await workbench.dialog.click("Restore 60 Contacts");
    await workbench.output.logged(/Restored 60 of 60 on production: 60 done\./);
    const members = (record: WireRecord): string =>
      JSON.stringify(Object.entries(importableRecord(record)).sort(([a], [b]) => (a < b ? -1 : 1)));
    assert.deepEqual([...dialler.contacts.values()].map(members).sort(), records.map(members).sort());
    await workbench.activity.rowsWhen((rows) => rows.some((row) => row.includes("60 restored")));
    const offered = await workbench.activity.contextMenuLabels(/^Deleted 60 contacts/);
    assert.ok(!offered.includes("Restore Contacts…"), offered.join());
    await workbench.screenshot("restored");
  });
});
