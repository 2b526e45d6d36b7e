import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

const twins = "All with This UserData";

describe("a person who opens the menu of rows", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let folder: string;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1 },
      { ID: 2, UserData: "TWICE" },
      { ID: 3 },
      { ID: 4, DiallerCampaignsID: 72, UserData: "TWICE" },
      { ID: 5, DiallerCampaignsID: 72 },
      { ID: 6, DiallerCampaignsID: 73 },
    ]);
    dialler.campaigns.push({ ID: 73, Name: "Winter" });
    folder = await mkdtemp(join(tmpdir(), "dlr-menus-"));
    workbench = await openOn(dialler, { settings: { "dialler.groupBy": "campaign" } });
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The campaigns whose lists were requested since `from`. */
  function listed(from: number): (string | null)[] {
    return dialler.heard
      .slice(from)
      .filter(({ kind }) => kind === "list" || kind === "campaigns")
      .map(({ kind, query }) => (kind === "campaigns" ? kind : query.get("diallerCampaignsID")));
  }

  async function exported(format: string, file: string): Promise<unknown[]> {
    const { quickInput } = workbench;
    await quickInput.itemsWhen((items) => items.some((item) => item.includes("Raw CSV")));
    await quickInput.pick(format);
    await quickInput.choosePath(join(folder, file));
    let records: unknown;
    await until("the file", async () => {
      records = await readFile(join(folder, file), "utf8").then(
        (text): unknown => JSON.parse(text),
        () => undefined,
      );
      return records !== undefined;
    });
    assert.ok(Array.isArray(records));
    return records.map((record: unknown): unknown => Reflect.get(Object(record), "ID"));
  }

  it("loads one campaign, and afterwards refreshes only that one", async () => {
    const { contacts } = workbench;
    assert.deepEqual(await contacts.contextMenuLabels(/^Survey/), [
      "Load Contacts",
      "Copy ID",
      "Export Contacts…",
    ]);
    await contacts.expand(/^Spring/);
    assert.ok(!(await contacts.contextMenuLabels("Name 2")).includes(twins));
    let from = dialler.heard.length;
    await contacts.contextMenu(/^Survey/, "Load Contacts");
    await contacts.rowsWhen((rows) => rows.some((row) => /^Survey 2\b/.test(row)));
    assert.deepEqual(listed(from), ["72"]);
    assert.deepEqual(await contacts.contextMenuLabels(/^Survey/), [
      "Refresh Contacts",
      "Copy ID",
      "Export Contacts…",
    ]);
    await workbench.screenshot("campaign-menu");
    dialler.contacts.delete(5);
    from = dialler.heard.length;
    await contacts.contextMenu(/^Survey/, "Refresh Contacts");
    await contacts.rowsWhen((rows) => rows.some((row) => /^Survey 1\b/.test(row)));
    assert.deepEqual(listed(from), ["72"]);
  });

  it("is offered all contacts with a UserData only where several are loaded that share it", async () => {
    const { contacts } = workbench;
    await until("the shared UserData to be seen", async () =>
      (await contacts.contextMenuLabels("Name 2")).includes(twins),
    );
    assert.ok(!(await contacts.contextMenuLabels("Name 1")).includes(twins));
    const from = dialler.heard.length;
    await contacts.contextMenu("Name 2", twins, "Lock Contacts by UserData…");
    await workbench.quickInput.itemsWhen((items) => items.length === 2);
    await workbench.quickInput.cancel();
    assert.ok(dialler.heard.slice(from).every(({ kind }) => kind === "lookUp" || kind === "batch"));
  });

  it("is offered a comparison of exactly two contacts", async () => {
    const { contacts } = workbench;
    const compare = "Compare Contacts";
    await contacts.select("Name 1");
    assert.ok(!(await contacts.contextMenuLabels("Name 1")).includes(compare));
    await contacts.select("Name 2", "ControlOrMeta");
    assert.ok((await contacts.contextMenuLabels("Name 1")).includes(compare));
    await contacts.select("Name 3", "ControlOrMeta");
    const labels = await contacts.contextMenuLabels("Name 1");
    assert.ok(!labels.includes(compare) && labels.includes("Export Contacts…"), labels.join(" | "));
    await contacts.collapse(/^Spring/);
  });

  it("copies the ID of a campaign and reads whose it is", async () => {
    await workbench.contacts.contextMenu(/^Survey/, "Copy ID");
    assert.equal(await workbench.clipboard(/^\d+$/), "72");
    await until("the status bar", async () =>
      (await workbench.statusBar()).some((text) => text.includes("Copied ID 72 of the campaign Survey.")),
    );
  });

  it("exports the contacts of a campaign that is not loaded, and no others", async () => {
    const from = dialler.heard.length;
    await workbench.contacts.contextMenu(/^Winter/, "Export Contacts…");
    assert.deepEqual(await exported("JSON", "campaign.json"), [6]);
    assert.deepEqual(listed(from), ["73"]);
  });

  it("exports exactly the contacts that are selected", async () => {
    const { contacts } = workbench;
    await contacts.expand(/^Spring/);
    await contacts.select("Name 3");
    await contacts.select("Name 1", "ControlOrMeta");
    const from = dialler.heard.length;
    await contacts.contextMenu("Name 1", "Export Contacts…");
    const ids = await exported("JSON", "selection.json");
    assert.deepEqual(ids.sort(), [1, 3]);
    assert.deepEqual(listed(from), []);
  });
});
