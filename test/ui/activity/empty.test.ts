import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";

describe("a person who opens the Activity view", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await workbench.openView();
  });

  after(() => workbench.close());

  it("says what it will show, and links the setting for how long", async () => {
    await workbench.runCommand("Dialler: Focus on Activity View");
    const welcome = (await workbench.activity.welcome()).join("\n");
    assert.match(welcome, /Every lock, unlock and delete is listed here/);
    assert.match(welcome, /for 14 days unless the setting says otherwise/);
    await workbench.screenshot("activity-empty");
    await workbench.page.locator(".welcome-view-content a", { hasText: "the setting" }).click();
    const setting = workbench.page.locator(".settings-editor", { hasText: "Retention Days" });
    await setting.first().waitFor();
    // Newer workbenches show settings in front of everything else.
    await workbench.page.keyboard.press("Escape");
  });

  it("is offered in the palette nothing that needs a run, and nothing that changes an arbitrary match", async () => {
    const { page, quickInput } = workbench;
    await page.keyboard.press("F1");
    for (const [typed, there, absent] of [
      ["Dialler: Find", /Find Contact/, /none/],
      ["Dialler: Restore", /./, /Restore Contacts/],
      ["Dialler: Copy Report", /./, /Copy Report/],
      ["Dialler: Act", /Act on List/, /Directly/],
    ] as const) {
      await quickInput.type(`>${typed}`);
      const items = await quickInput.itemsWhen((all) => all.some((item) => there.test(item)));
      assert.deepEqual(
        items.filter((item) => absent.test(item)),
        [],
      );
    }
    await quickInput.cancel();
  });
});
