import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../../src/manifest";
import { actsDirectly } from "../support/pointing/actsDirectly";
import { Scene } from "../support/pointing/scene";
import { runOf, sweptCommands } from "../support/pointing/sweptCommands";
import { SweepTable } from "../support/pointing/sweepTable";
import { ways } from "../support/pointing/ways";
import { type SmallDialler, startSmallDialler } from "../support/dialler/smallDialler";
import { openOn } from "../support/workbench/openOn";
import type { Workbench } from "../support/workbench/workbench";

describe("a command that changes contacts", () => {
  const table = new SweepTable(
    sweptCommands.map(({ title }) => title),
    ways.map(({ title }) => title),
  );
  let dialler: SmallDialler;
  let workbench: Workbench;
  let folder: string;
  let cases = 0;
  /** Of all attempts: a case that is tried again must not have met the wrong contact before. */
  const wrong: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "dlr-sweep-"));
    dialler = await startSmallDialler(1);
    dialler.script = actsDirectly(dialler.contacts);
    workbench = await openOn(dialler, {
      settings: { "dialler.sortBy": "id", "dialler.advanced.directUserData": true },
    });
  });

  after(async () => {
    console.log(`\n${table.text()}\n`);
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const command of sweptCommands)
    describe(command.title, () => {
      for (const way of ways) {
        const planned = runOf(command, way);
        if ("why" in planned) {
          table.note(command.title, way.title, { why: planned.why });
          continue;
        }
        const { means } = planned;
        it(`changes only the contact it names: ${way.title}`, async () => {
          table.note(command.title, way.title, { result: "FAILED" });
          const scene = await Scene.open(workbench, dialler, folder, ++cases, command.change === "unlock");
          await way.point(scene);
          await scene.begin();
          const run = command.run[means];
          assert.ok(typeof run === "function");
          const meant = command.meant(means, way);
          try {
            await run(scene);
            await command.answer(scene, means, way);
            scene.assertOnly(meant);
          } catch (error) {
            for (const place of scene.changed())
              if (!meant.includes(place)) wrong.push(`${command.title}, ${way.title}: ${place}`);
            throw error;
          }
          table.note(command.title, way.title, { result: means });
        });
      }
    });

  describe("whatever it is", () => {
    it("is in the table, and no attempt has changed another contact", () => {
      const changing = Object.values(commands).filter((id) =>
        /^dialler\.(contact|list)\.(lock|unlock|delete|act)/.test(id),
      );
      assert.deepEqual([...new Set(sweptCommands.map(({ id }) => id))].sort(), changing.sort());
      assert.deepEqual(wrong, []);
    });
  });
});
