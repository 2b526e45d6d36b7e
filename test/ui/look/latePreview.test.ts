import assert from "node:assert/strict";
import {
  gate,
  noSuchContact,
  type SmallDialler,
  startSmallDialler,
} from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person whose click on a row shows nothing of its contact", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  const answers = gate();

  before(async () => {
    dialler = await startSmallDialler(6);
    dialler.script = async ({ kind, id }, ordinary) => {
      if (kind !== "read" || id !== 3) return ordinary();
      await answers.opened;
      return noSuchContact;
    };
    workbench = await openOn(dialler, { settings: { "dialler.sortBy": "id" } });
    await workbench.contacts.rowsWhen((rows) => rows.length === 6);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("hears nothing of a row that was left before its answer came", async () => {
    await workbench.contacts.select("Name 3");
    await until("the read of contact 3", () => Promise.resolve(dialler.idsOf("read").includes(3)));
    await workbench.contacts.select("Name 4");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 4,')));
    answers.open();
    await workbench.page.waitForTimeout(1000);
    assert.deepEqual(await workbench.notifications.shown(), []);
  });

  it("reads whom the server no longer has, sees no row of them any more, and may refresh the list", async () => {
    dialler.contacts.delete(5);
    await workbench.contacts.select("Name 5");
    const gone = /Name 5 #5 is no longer on test\./;
    await workbench.notifications.read(gone);
    // That of contact 3 left when its answer came.
    await workbench.contacts.rowsWhen((rows) => rows.length === 4 && !rows.join().includes("Name 5"));
    await workbench.screenshot("gone-preview");
    await workbench.notifications.click(gone, "Refresh");
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
  });
});
