import assert from "node:assert/strict";
import { type Workbench } from "../../support/workbench/workbench";
import {
  byTheBook,
  contact,
  list,
  type SmallDialler,
  startSmallDialler,
} from "../../support/dialler/smallDialler";
import { until } from "../../support/workbench/until";
import { openOn } from "../../support/workbench/openOn";

describe("a person who refreshes the list", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(6);
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 6);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  afterEach(async () => {
    dialler.script = byTheBook;
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("keeps the selection when the list is refreshed", async () => {
    await workbench.contacts.select("Name 2");
    await until("the preview", () => dialler.idsOf("read").length > 0);
    // One that only the server's next answer can tell.
    dialler.contacts.set(7, contact({ ID: 7, Name: "Aaronson" }));
    const from = dialler.requests.length;
    await workbench.page.keyboard.press("F5");
    await workbench.contacts.row(/^Aaronson/);
    const row = await workbench.contacts.row("Name 2");
    assert.equal(await row.getAttribute("aria-selected"), "true");
    assert.deepEqual(
      dialler.requests.slice(from).map(({ path }) => path),
      ["/rest/v1.0/7/dialler/contacts"],
    );
  });

  it("sees the old contacts and the reason when a refresh fails, and can try again (N01)", async () => {
    await dialler.stop();
    await workbench.runCommand("Dialler: Refresh Contacts");
    const rows = await workbench.contacts.rowsWhen((all) =>
      all.some((row) => row.startsWith("Connection refused")),
    );
    assert.ok(rows.some((row) => row.startsWith("Name 2")));
    assert.match(await workbench.contacts.message(), /outdated, could not be refreshed/);
    await workbench.screenshot("stale");
    const { port } = dialler;
    dialler = await startSmallDialler([...dialler.contacts.values()], byTheBook, { port });
    await workbench.contacts.select("Retry");
    await workbench.contacts.rowsWhen(
      (all) => all.length === 7 && !all.some((row) => row.startsWith("Connection refused")),
    );
  });

  it("reads that a list is shorter than the server announced (H23)", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "list" ? list([contact({ ID: 1 }), contact({ ID: 2 })], 5) : ordinary();
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.contacts.messageWhen(/announced 5 and sent 2/);
  });

  it("reads that the server has no contacts (H22)", async () => {
    dialler.script = ({ kind }, ordinary) => (kind === "list" ? list([]) : ordinary());
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.contacts.rowsWhen((rows) => rows.length === 0);
    assert.match((await workbench.contacts.welcome()).join("\n"), /The server has no contacts/);
  });

  it("is offered to clear a filter that hides every campaign", async () => {
    const { page, contacts, quickInput } = workbench;
    await workbench.copy(JSON.stringify({ setting: "dialler.groupBy", value: "campaign" }));
    await page.keyboard.press("Control+Alt+F12");
    await contacts.rowsWhen((rows) => rows.length === 2);
    await contacts.expand(/^Survey/);
    await contacts.expand(/^Spring/);
    await contacts.rowsWhen((rows) => rows.length > 4);
    await workbench.runCommand("Dialler: Filter Contacts…");
    await quickInput.type("nobody-at-all");
    await contacts.rowsWhen((rows) => rows.length === 0);
    await quickInput.accept();
    assert.match((await contacts.welcome()).join("\n"), /No loaded contact matches the filter/);
    await workbench.screenshot("filter-hides-all");
    await contacts.clickWelcome("Clear Filter");
    // As it was open before.
    await contacts.rowsWhen((rows) => rows.length > 4);
    await workbench.copy(JSON.stringify({ setting: "dialler.groupBy", value: "none" }));
    await page.keyboard.press("Control+Alt+F12");
    await contacts.rowsWhen((rows) => rows.some((row) => row.startsWith("Name 1")));
  });
});
