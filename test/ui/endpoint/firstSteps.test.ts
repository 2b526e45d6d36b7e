import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";

describe("a person who takes the first steps", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await workbench.openView();
    await workbench.page.locator(".welcome-view-content a", { hasText: "first steps" }).click();
    await workbench.page.locator(".getting-started-category", { hasText: "First Steps" }).first().waitFor();
  });

  after(() => workbench.close());

  const step = (title: string) => workbench.page.locator(".getting-started-step", { hasText: title });

  it("sees five of them, each with a picture of its own", async () => {
    assert.equal(await workbench.page.locator(".getting-started-step").count(), 5);
    for (const title of [
      "Try the demo",
      "Look at a contact",
      "Lock and unlock",
      "Delete, and restore",
      "Add your own",
    ]) {
      await step(title).click();
      await step(title)
        .locator(".step-description-container a, .step-description-container button")
        .first()
        .waitFor();
    }
    await workbench.screenshot("first-steps");
  });

  it("has the first one done by one click, on the demo", async () => {
    await step("Try the demo").click();
    await step("Try the demo").locator(".monaco-button", { hasText: "Try the Demo Dialler" }).click();
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
    await workbench.openView();
    await step("Try the demo").locator(".codicon.complete").waitFor({ state: "attached" });
  });
});
