import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Workbench } from "../../support/workbench/workbench";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";

describe("an untrusted folder", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let folder: string;
  /** Connections while it was trusted. */
  let trusted = 0;

  before(async () => {
    dialler = await startSmallDialler(3);
    folder = await mkdtemp(join(tmpdir(), "dialler-"));
    await mkdir(join(folder, ".vscode"));
    await writeFile(
      join(folder, ".vscode", "settings.json"),
      JSON.stringify({ "dialler.groupBy": "campaign" }),
    );
    // A window without a folder is trusted, and has the token of a person's own endpoint.
    workbench = await openOn(dialler, { restricted: true });
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
    await workbench.openFolder(folder);
    trusted = dialler.connections();
    assert.ok(trusted > 0);
    await workbench.openView();
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true });
  });

  it("explains that nothing is requested, and requests nothing (S03)", async function () {
    this.retries(0);
    const welcome = await workbench.contacts.welcome();
    assert.match(welcome.join("\n"), /This window is in Restricted Mode/);
    await workbench.screenshot("restricted");
    await workbench.runCommand("Dialler: Refresh Contacts");
    await workbench.notifications.read(/Restricted Mode\. Nothing is requested/);
    assert.deepEqual(await workbench.contacts.rows(), []);
    assert.equal(dialler.connections(), trusted);
  });

  it("asks for no file to import, and for none to export to", async () => {
    for (const [title, id] of [
      ["Dialler: Import Contacts…", "dialler.contacts.import"],
      ["Dialler: Export Contacts…", "dialler.contacts.export"],
    ] as const) {
      await workbench.runCommand(title);
      await workbench.output.logged(new RegExp(`${id}: This window is in Restricted Mode`));
      assert.equal(await workbench.quickInput.isShown(), false);
    }
    assert.equal(dialler.connections(), trusted);
  });
});
