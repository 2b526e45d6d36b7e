import assert from "node:assert/strict";
import { sweepPage } from "../../support/host/sweep";
import { oldest } from "../../support/host/versions";
import type { Workbench } from "../../support/workbench/workbench";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { giveToken, openClosed } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";

describe("a person with a token", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(5);
    workbench = await openClosed(dialler, {
      environment: "production",
      others: { looking: { baseUrl: dialler.baseUrl, readOnly: true } },
    });
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    assert.deepEqual(dialler.changing(), []);
  });

  it("starts the extension without a request (S04)", async () => {
    await workbench.page.locator('.part.activitybar .action-label[aria-label^="Dialler"]').waitFor();
    await workbench.runCommand("Dialler: Set Token…");
    await workbench.quickInput.messageWhen(/^The token for production/);
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    await workbench.output.logged(/The endpoint is production\./);
    // Whatever the start had sent would be there by the time a question has come and gone.
    await workbench.runCommand("Dialler: Lock Contacts by UserData…");
    await workbench.quickInput.messageWhen(/UserData/);
    await workbench.quickInput.cancel();
    assert.equal(dialler.connections(), 0);
    await workbench.openView();
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
    assert.ok(dialler.connections() > 0);
  });

  it("cannot enter a token that no server would take (I17)", async () => {
    await workbench.runCommand("Dialler: Set Token…");
    await workbench.quickInput.messageWhen(/^The token for production/);
    await workbench.quickInput.type("two words");
    await workbench.quickInput.messageWhen(/no blanks/);
    await workbench.quickInput.type(token);
    await workbench.quickInput.accept();
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
  });

  it("is looked through for tokens at the end, with what is copied (S05)", async () => {
    await workbench.copy(token);
    assert.deepEqual(await sweepPage(workbench.page), ["The clipboard holds a token."]);
    await workbench.copy("nothing");
    assert.deepEqual(await sweepPage(workbench.page), []);
  });

  it("is asked calmly where the secret storage has lost the token (S12)", async function () {
    // Only the oldest version, in a browser, keeps its secrets where a test can lose them.
    if (workbench.window.host.kind === "desktop" || workbench.version !== oldest) this.skip();
    await workbench.page.evaluate("localStorage.clear()");
    const before = dialler.requests.length;
    await workbench.reload();
    await workbench.openView();
    const welcome = await workbench.contacts.welcome();
    assert.match(welcome.join("\n"), /There is no token for this endpoint yet/);
    assert.deepEqual(await workbench.notifications.shown(), []);
    assert.equal(dialler.requests.length, before);
    await giveToken(workbench);
  });

  it("removes an endpoint only after a question, and is back at the start", async () => {
    await workbench.runCommand("Dialler: Remove Endpoint…");
    await workbench.quickInput.pick("production");
    assert.match(
      (await workbench.dialog.read()).detail,
      /Its token is kept, because another endpoint has the same base URL/,
    );
    await workbench.dialog.click("Remove");
    assert.ok((await workbench.contacts.welcome()).includes("Add Endpoint…"));
  });
});
