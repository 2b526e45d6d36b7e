import assert from "node:assert/strict";
import { type DemoRequest, type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { token } from "../../support/dialler/token";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who finds a contact and presses a key", () => {
  let workbench: Workbench;
  let server: DemoServer;
  const deleted: DemoRequest[] = [];

  before(async () => {
    server = await startDemoServer({
      token,
      observe: (request) => {
        if (request.method === "DELETE") deleted.push(request);
      },
    });
    workbench = await openOn(server);
    await workbench.contacts.rowsWhen((rows) => rows.length > 10);
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  const find = async (text: string): Promise<void> => {
    await workbench.runCommand("Dialler: Find Contact…");
    await workbench.quickInput.type(text);
  };

  const findErlenwald = async (): Promise<void> => {
    // Another one is selected and has the focus.
    await find("40101");
    await workbench.quickInput.itemsWhen(([first]) => first?.endsWith("#40101") === true);
    await workbench.quickInput.accept();
    await focusedRowWhen(workbench, /#40101$/);
    await find("40137");
    await workbench.quickInput.itemsWhen(([first]) => /^Erlenwald.*#40137$/.test(first ?? ""));
    await workbench.quickInput.accept();
    await focusedRowWhen(workbench, /^Erlenwald/);
  };

  it("copies the ID of the one that was found, and is told whose it is", async () => {
    await findErlenwald();
    await workbench.screenshot("found");
    await workbench.page.keyboard.press("ControlOrMeta+c");
    await workbench.statusBarItem(/Copied ID 40137 of Erlenwald.*\./).waitFor();
    assert.equal(await workbench.clipboard(/^\d+$/), "40137");
  });

  it("is asked about the one that was found, and deletes no other", async () => {
    await findErlenwald();
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).message, /^Delete contact Erlenwald.* #40137 on test\?$/);
    await workbench.dialog.click("Delete");
    await workbench.notifications.read(/^Deleted Erlenwald.* #40137 on test\.$/);
    assert.deepEqual(
      deleted.map(({ path }) => path),
      ["/rest/v1.0/7/dialler/contacts/contact/40137"],
    );
  });

  it("is offered every loaded contact of a name", async () => {
    await find("brandt");
    const items = await workbench.quickInput.itemsWhen(
      (all) => all.filter((item) => item.includes("Brandt")).length >= 3,
    );
    for (const id of [40101, 40135, 40225])
      assert.ok(
        items.some((item) => item.startsWith("Brandt") && item.endsWith(`#${id}`)),
        items.join(" | "),
      );
    await workbench.quickInput.cancel();
    await until("the box to close", async () => !(await workbench.quickInput.isShown()));
  });
});
