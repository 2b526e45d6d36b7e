import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { giveToken, openOn } from "../../support/workbench/openOn";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person with an open record while another endpoint is active", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let other: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(3);
    other = await startSmallDialler(3);
    workbench = await openOn(dialler, { others: { other: { baseUrl: other.baseUrl } } });
    await workbench.contacts.select("Name 2");
    await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 2,')));
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("other");
    await giveToken(workbench);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await other.stop();
  });

  it("copies from the record at once", async () => {
    const sent = dialler.heard.length;
    for (const [command, copied] of [
      ["Dialler: Copy ID", /^2$/],
      ["Dialler: Copy UserData", /^CRM-2$/],
      ["Dialler: Copy Phone Number", /^49431555012$/],
      ["Dialler: Copy as JSON", /^\{\n[^]*"ID": 2,/],
      ["Dialler: Copy as curl", /^curl [^]*\/dialler\/contacts\/2'/],
    ] as const) {
      await workbench.runCommand(command);
      if (command.endsWith("curl")) await workbench.quickInput.pick("Read");
      await workbench.clipboard(copied);
    }
    assert.deepEqual(await workbench.notifications.shown(), []);
    assert.equal(dialler.heard.length, sent);
    assert.deepEqual(other.idsOf("read"), []);
  });

  it("reads whose record cannot be read again", async () => {
    await workbench.runCommand("Dialler: Refresh Contact");
    await workbench.notifications.read(
      /^Name 2 #2 belongs to the endpoint test, but the active endpoint is other\. Nothing was sent\./,
    );
    assert.deepEqual(other.idsOf("read"), []);
  });
});
