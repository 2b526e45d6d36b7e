import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who reads the rows of the list", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1, Name: "Brandt, Ida", UserData: "CRM-000417", Company: "Bank AG" },
      { ID: 2, Name: "Bünzli, Beat", UserData: "CRM-000512", Company: "Optik GmbH", bLocked: true },
    ]);
    workbench = await openOn(dialler, { settings: { "dialler.sortBy": "id" } });
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("sees UserData and company, and the ID also of one that is locked", async () => {
    const rows = await workbench.contacts.rowsWhen((all) => all.length === 2);
    assert.deepEqual(rows, [
      "Brandt, Ida CRM-000417 · Bank AG · #1",
      "Bünzli, Beat CRM-000512 · Optik GmbH · #2",
    ]);
    await workbench.contacts.locked("Bünzli, Beat");
    await workbench.contacts.contextMenu("Brandt, Ida", "Lock Contact");
    await workbench.contacts.locked("Brandt, Ida");
    assert.deepEqual(await workbench.contacts.rows(), rows);
    await workbench.screenshot("rows");
  });
});
