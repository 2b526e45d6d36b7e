import assert from "node:assert/strict";
import { type DemoRequest, type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { token } from "../../support/dialler/token";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import { pressAtOnce } from "../../support/workbench/pressAtOnce";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who locks deep in a list of twenty thousand while it is read again", () => {
  let workbench: Workbench;
  let server: DemoServer;
  const locks: DemoRequest[] = [];

  before(async () => {
    server = await startDemoServer({
      token,
      contacts: 20_000,
      observe: (request) => {
        if (request.path.endsWith("/lock")) locks.push(request);
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

  const lockedIds = (): number[] => locks.map(({ path }) => Number(/(\d+)\/lock$/.exec(path)?.[1])).sort();

  it("locks no other row than those that Ctrl+L was pressed on, and nearly all of them", async () => {
    await workbench.runCommand("Dialler: Find Contact…");
    await workbench.quickInput.type("55000");
    await workbench.quickInput.itemsWhen(([first]) => first?.includes("#55000") === true);
    await workbench.quickInput.accept();
    await focusedRowWhen(workbench, /#55000(?!\d)/);
    locks.length = 0;
    await workbench.page.keyboard.press("F5");
    for (let pressed = 0; pressed < 40; pressed++) {
      await pressAtOnce(workbench, ["ControlOrMeta+l", "ArrowDown"]);
      await workbench.page.waitForTimeout(pressed < 5 ? 0 : 50);
    }
    await until("locks", () => locks.length >= 40).catch(() => undefined);
    await workbench.screenshot("deep-keys");
    const pressed = new Set(Array.from({ length: 40 }, (_, at) => 55_000 + at));
    assert.deepEqual(
      lockedIds().filter((id) => !pressed.has(id)),
      [],
    );
    // A key that meets the moment in which VS Code draws the list again is refused with a sentence.
    assert.ok(new Set(lockedIds()).size >= 36, lockedIds().join());
  });
});
