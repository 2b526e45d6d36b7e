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

  it("says from the palette that there is nothing to report or to delete yet", async () => {
    await workbench.runCommand("Dialler: Copy Report…");
    await workbench.notifications.read(/There is no run whose report can be copied\./);
    await workbench.runCommand("Dialler: Delete Journal…");
    await workbench.notifications.read(/There is no journal on disk to delete\./);
  });
});
