import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workbench } from "../../support/workbench/workbench";
import { until } from "../../support/workbench/until";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";

describe("a person who exports contacts", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let folder: string;

  before(async () => {
    dialler = await startSmallDialler([
      { ID: 1, Name: "=HYPERLINK(1)", Comment: 'a;"b"\r\nc', AccountIBAN: "DE00" },
      { ID: 2, Name: "Müller", Extra: 7 },
      { ID: 3, Name: "Ida" },
    ]);
    folder = await mkdtemp(join(tmpdir(), "dlr-transfer-"));
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 3);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("gets a table that only they can read, without bank data, from records that are read again", async () => {
    const target = join(folder, "contacts.csv");
    dialler.contacts.delete(3);
    await workbench.runCommand("Dialler: Export Contacts…");
    await workbench.quickInput.itemsWhen(([first]) => /All Loaded Contacts.*3/.test(first ?? ""));
    await workbench.quickInput.accept();
    await workbench.quickInput.itemsWhen((items) => items.some((item) => item.includes("Raw CSV")));
    await workbench.screenshot("export-format");
    await workbench.quickInput.pick("CSV for Spreadsheets");
    await workbench.quickInput.choosePath(target);
    const { message } = await workbench.notifications.read(/Exported 2 of 3 contacts of test\./);
    assert.match(message, /1 was no longer on the server\. Left out as bank data: AccountIBAN\./);
    await workbench.screenshot("export-done");
    const text = await readFile(target, "utf8");
    assert.match(text, /^\ufeffDiallerCampaignsID;UserData;Name;/);
    assert.match(text, /'=HYPERLINK\(1\)/);
    assert.match(text, /;"a;""b""\r\nc";/);
    assert.match(text, /;Extra\r\n/);
    assert.doesNotMatch(text, /IBAN|DE00/);
    if (process.platform !== "win32") assert.equal((await stat(target)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ["contacts.csv"]);
    assert.equal(dialler.heard.filter(({ kind }) => kind === "batch").length, 1);
    await workbench.output.logged(/Exported 2 of 3 contacts of test\./);
    assert.doesNotMatch((await workbench.output.log()).join("\n"), /Müller|contacts\.csv/);
  });

  it("is asked before personal data goes into a git work tree, and nothing is written on a no", async () => {
    await mkdir(join(folder, "tree", ".git"), { recursive: true });
    const target = join(folder, "tree", "contacts.json");
    for (const button of ["Cancel", "Write Here"]) {
      await workbench.runCommand("Dialler: Export Contacts…");
      await workbench.quickInput.accept();
      await workbench.quickInput.pick("JSON");
      await workbench.quickInput.choosePath(target);
      const { message } = await workbench.dialog.read();
      assert.match(message, /git work tree/);
      await workbench.screenshot("export-tree");
      await workbench.dialog.click(button);
      if (button === "Cancel") assert.deepEqual(await readdir(join(folder, "tree")), [".git"]);
    }
    await until("the file", async () => (await readdir(join(folder, "tree"))).includes("contacts.json"));
    const records: unknown = JSON.parse(await readFile(target, "utf8"));
    assert.ok(Array.isArray(records));
    assert.equal(records.length, 2);
  });
});
