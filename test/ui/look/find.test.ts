import assert from "node:assert/strict";
import { until } from "../../support/workbench/until";
import {
  asked,
  ids,
  lookAtContacts,
  seen,
  switchToOldDialler,
  workbench,
} from "../../support/workbench/contactsToLookAt";

describe("a person who looks closer at contacts", () => {
  lookAtContacts();

  describe("finds a contact", () => {
    it("by ID or by UserData where digits may be either, and shows it where it is listed", async () => {
      await find("40105");
      const items = await workbench.quickInput.itemsWhen((all) => all.length === 2);
      assert.deepEqual(items, ["ID 40105", "UserData “40105”"]);
      await workbench.screenshot("find");
      assert.deepEqual(asked(), []);
      await workbench.quickInput.accept();
      await selected(/#40105\b/);
      assert.deepEqual(asked(), ["GET /contacts/40105"]);
      await find("40105");
      await workbench.quickInput.pick("UserData “40105”");
      await selected(/^Aaronson/);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });

    it("offers recent finds again", async () => {
      await workbench.runCommand("Dialler: Find Contact…");
      const items = await workbench.quickInput.itemsWhen((all) => all.length >= 2);
      assert.deepEqual(items, ["Aaronson UserData “40105”", "Nkemelu, Harriet ID 40105"]);
      await workbench.screenshot("find-recent");
      await workbench.quickInput.accept();
      await until("the look-up", () => seen.length > 0);
      assert.deepEqual(asked(), ["POST /contacts?languagesID=1"]);
    });

    it("means with Enter what is typed, not what was found before", async () => {
      await find("4010");
      const items = await workbench.quickInput.itemsWhen(
        (all) => all.length === 4 && all.includes("ID 4010"),
      );
      assert.deepEqual(items.slice(0, 2), ["ID 4010", "UserData “4010”"]);
      await workbench.screenshot("find-typed");
      await workbench.quickInput.accept();
      await workbench.notifications.read(/The server has no contact #4010\./);
      assert.deepEqual(asked(), ["GET /contacts/4010"]);
      await workbench.runCommand("Notifications: Clear All Notifications");
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
      await workbench.quickInput.accept();
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
    await until("the box", async () => (await workbench.quickInput.placeholder()).startsWith("An ID, or"));
    await workbench.quickInput.type(text);
  }

  async function selected(name: RegExp): Promise<void> {
    await until(`${String(name)} to be selected`, async () => {
      const row = await workbench.contacts.row(name);
      return (await row.getAttribute("aria-selected")) === "true";
    });
  }
});
