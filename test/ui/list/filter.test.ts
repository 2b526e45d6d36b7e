import assert from "node:assert/strict";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { giveToken, openOn } from "../../support/workbench/openOn";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who filters campaigns that are not loaded", () => {
  let dialler: SmallDialler;
  let workbench: Workbench;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1, Name: "Berg", bLocked: true },
      { ID: 2, Name: "Adam" },
      { ID: 11, Name: "Eder", bLocked: true, DiallerCampaignsID: 72 },
    ]);
    workbench = await openOn(dialler, { settings: { "dialler.groupBy": "campaign" } });
  });
  after(async () => {
    await workbench.close();
    await dialler.stop();
  });
  const lists = (): number => dialler.heard.filter(({ kind }) => kind === "list").length;

  it("is told in the first row, loads them from there, and sees the matches expanded", async () => {
    await workbench.contacts.clickAction("Filter Contacts…");
    await workbench.quickInput.type("locked:yes berg");
    await workbench.quickInput.accept();
    const loads = "Load 2 more campaigns to search them too";
    await workbench.contacts.rowsWhen(([first]) => first === loads);
    await workbench.contacts.messageWhen(/^Filtered: “locked:yes berg”, no campaign is loaded yet$/);
    await workbench.screenshot("filter-unloaded");
    assert.equal(lists(), 0);
    await workbench.contacts.select(loads);
    await workbench.contacts.rowsWhen((rows) => rows.length === 2 && (rows[1] ?? "").startsWith("Berg"));
    // The row that was clicked is gone; the keys go on from the first one.
    await focusedRowWhen(workbench, "Spring");
    assert.equal(lists(), 2);
    await workbench.screenshot("filter-expanded");
  });

  it("finds the closed part of the filter again after a reload, and not the name", async () => {
    await workbench.reload();
    await workbench.openView();
    // Without a display, VS Code keeps no secrets across a reload.
    await giveToken(workbench);
    await workbench.contacts.messageWhen(/^Filtered: “locked:yes”/);
  });
});
