import assert from "node:assert/strict";
import { type DemoRequest, type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { token } from "../../support/dialler/token";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who deletes deep in a list of twenty thousand", () => {
  let workbench: Workbench;
  let server: DemoServer;
  const deleted: DemoRequest[] = [];

  before(async () => {
    server = await startDemoServer({
      token,
      contacts: 20_000,
      observe: (request) => {
        if (request.method === "DELETE") deleted.push(request);
      },
    });
    workbench = await openOn(server, { settings: { "dialler.sortBy": "id" } });
    await workbench.contacts.rowsWhen(
      (rows) => rows.length > 10 && rows.every((row) => row.endsWith(" 500")),
      60_000,
    );
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  const find = async (id: number): Promise<void> => {
    await workbench.runCommand("Dialler: Find Contact…");
    await workbench.quickInput.type(String(id));
    await workbench.quickInput.itemsWhen(([first]) => first?.includes(`#${id}`) === true);
    await workbench.quickInput.accept();
    await focusOn(id);
  };
  const focusOn = (id: number): Promise<void> => focusedRowWhen(workbench, new RegExp(`#${id}(?!\\d)`));
  const deleteFocused = async (id: number): Promise<void> => {
    await workbench.page.keyboard.press("Delete");
    assert.match((await workbench.dialog.read()).message, new RegExp(` #${id} on test\\?$`));
    await workbench.dialog.click("Delete");
  };
  /** The tree shows the focus on the next row a moment before that row is selected, too. */
  const goneOnTo = async (id: number): Promise<void> => {
    await focusOn(id);
    await workbench.contacts.goneOn();
  };
  const deletedIds = (): number[] => deleted.splice(0).map(({ path }) => Number(path.split("/").at(-1)));

  it("goes on from the next contact, with ArrowDown and Delete", async () => {
    await find(55_000);
    await deleteFocused(55_000);
    await goneOnTo(55_001);
    await workbench.page.keyboard.press("ArrowDown");
    await focusOn(55_002);
    await deleteFocused(55_002);
    await goneOnTo(55_003);
    await workbench.screenshot("deep-delete");
    assert.deepEqual(deletedIds(), [55_000, 55_002]);
  });

  it("goes on from the first contact of the next group when the last of a group is deleted", async () => {
    // Two that were deleted above have drawn the first two of the next group into this one.
    await find(55_602);
    await deleteFocused(55_602);
    await goneOnTo(55_603);
    await deleteFocused(55_603);
    await goneOnTo(55_604);
    assert.deepEqual(deletedIds(), [55_602, 55_603]);
  });
});
