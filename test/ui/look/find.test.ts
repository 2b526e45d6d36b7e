import assert from "node:assert/strict";
import { until } from "../../support/workbench/until";
import {
  asked,
  ids,
  lookAtContacts,
  seen,
  switchToOldDialler,
  workbench,
  pointAt,
} from "../../support/workbench/contactsToLookAt";

describe("a person who looks closer at contacts", () => {
  lookAtContacts();

  describe("finds a contact", () => {
    it("by ID or UserData among what is loaded, without a request, and shows it where it is listed", async () => {
      await find("40105");
      const items = await workbench.quickInput.itemsWhen(
        (all) => all.filter((item) => item.includes("Ask the server")).length === 2,
      );
      assert.match(items[0] ?? "", /^Nkemelu, Harriet .*#40105$/);
      assert.match(items[1] ?? "", /^Aaronson .*40105 · #/);
      assert.match(items[2] ?? "", /Ask the server for ID 40105$/);
      assert.match(items[3] ?? "", /Ask the server for UserData “40105”$/);
      await workbench.screenshot("find");
      await workbench.quickInput.accept();
      await selected(/#40105\b/);
      await find("40105");
      await workbench.quickInput.itemsWhen(
        (all) => all.filter((item) => item.includes("Ask the server")).length === 2,
      );
      await workbench.quickInput.pick("Aaronson");
      await selected(/^Aaronson/);
      assert.deepEqual(asked(), []);
    });

    it("by a part of a name, a number or an address, and with Enter pressed faster than the search", async () => {
      for (const text of ["aarons", "bank ag", "0431 5550199", "aaron@mail"]) {
        await selectFirst();
        await workbench.runCommand("Dialler: Find Contact…");
        await boxShown();
        await workbench.page.keyboard.type(text);
        await workbench.page.keyboard.press("Enter");
        await selected(/^Aaronson/);
      }
      assert.deepEqual(asked(), []);
    });

    it("by asking the server when the person wants that", async () => {
      await find("40105");
      await workbench.quickInput.itemsWhen(
        (all) => all.filter((item) => item.includes("Ask the server")).length === 2,
      );
      await askServerFor("UserData");
      await until("the look-up", () => seen.length > 0);
      await selected(/^Aaronson/);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });

    it("offers recent finds in an empty box", async () => {
      await workbench.runCommand("Dialler: Find Contact…");
      const items = await workbench.quickInput.itemsWhen((all) => all.length >= 3);
      assert.equal(items[0], "Aaronson UserData “40105”");
      assert.ok(items.includes("Nkemelu, Harriet ID 40105"), items.join(" | "));
      await workbench.screenshot("find-recent");
      await workbench.quickInput.accept();
      await until("the look-up", () => seen.length > 0);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });

    it("means with Enter what is typed, not what was found before", async () => {
      await find("4999");
      const items = await workbench.quickInput.itemsWhen((all) => all.some((item) => item.includes("4999")));
      assert.match(items[0] ?? "", /Ask the server for ID 4999$/);
      await workbench.screenshot("find-typed");
      await workbench.quickInput.accept();
      await workbench.notifications.read(/The server has no contact #4999\./);
      assert.deepEqual(asked(), ["GET /contacts/4999"]);
      await workbench.runCommand("Notifications: Clear All Notifications");
    });

    it("opens the record of a contact that the filter hides, and offers to clear the filter", async () => {
      await workbench.contacts.clickAction("Filter Contacts…");
      await workbench.quickInput.type("zwilling");
      await workbench.quickInput.accept();
      await workbench.contacts.rowsWhen((rows) => rows.length === 1);
      await find("40105");
      await workbench.quickInput.itemsWhen(
        (all) => all.filter((item) => item.includes("Ask the server")).length === 2,
      );
      await workbench.quickInput.accept();
      await workbench.notifications.read(/The filter hides Nkemelu, Harriet #40105 in the list\./);
      assert.deepEqual(asked(), ["GET /contacts/40105"]);
      await workbench.screenshot("find-hidden");
      await workbench.notifications.click(/The filter hides/, "Clear Filter and Show");
      await selected(/#40105\b/);
      assert.deepEqual(asked(), []);
    });

    it("requests nothing for what is blank or left with Escape, and says so when no contact has the UserData", async () => {
      await find("  ");
      await workbench.page.keyboard.press("Enter");
      assert.ok(await workbench.quickInput.isShown());
      await workbench.quickInput.cancel();
      await find("CRM-000417");
      await workbench.quickInput.cancel();
      assert.deepEqual(asked(), []);
      await find("nobody has this");
      await workbench.quickInput.accept();
      await workbench.notifications.read(/No contact on .+ has UserData “nobody.has.this”\./);
      await workbench.runCommand("Notifications: Clear All Notifications");
    });

    it("chooses among several that share the UserData", async () => {
      await find("TWIN");
      await workbench.quickInput.itemsWhen((all) => all.some((item) => item.includes("TWIN”")));
      await askServerFor("UserData");
      await workbench.quickInput.itemsWhen(
        (all) => all.length === 2 && all.every((item) => item.includes("#")),
      );
      await workbench.screenshot("find-several");
      await workbench.quickInput.pick(`Zwilling #${ids.twin}`);
      await selected(/^Zwilling/);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });
  });

  describe("at another endpoint, an old one", () => {
    switchToOldDialler();

    it("is offered nothing that was found elsewhere", async () => {
      await workbench.runCommand("Dialler: Find Contact…");
      assert.deepEqual(await workbench.quickInput.items(), []);
      await workbench.quickInput.cancel();
    });
  });

  async function find(text: string): Promise<void> {
    await workbench.runCommand("Dialler: Find Contact…");
    await boxShown();
    await workbench.quickInput.type(text);
  }

  async function boxShown(): Promise<void> {
    await until("the box", async () => (await workbench.quickInput.placeholder()).startsWith("A name, "));
  }

  async function askServerFor(what: string): Promise<void> {
    const rows = workbench.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: `Ask the server for ${what}` }).click();
  }

  async function selectFirst(): Promise<void> {
    await pointAt(/#40101\b/);
  }

  async function selected(name: RegExp): Promise<void> {
    await until(`${String(name)} to be selected`, async () => {
      const row = await workbench.contacts.row(name);
      return (await row.getAttribute("aria-selected")) === "true";
    });
  }
});
