import { openWorkbench, type Workbench } from "../support/workbench/workbench";

describe("a window with the packaged extension", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it("lists the extension as installed", async () => {
    await workbench.openView("Extensions");
    await workbench.page.locator(".extension-list-item .name", { hasText: "Dialler Contacts" }).waitFor();
    await workbench.screenshot("window");
  });
});
