import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as reply from "../../support/dialler/scriptedReply";
import { startScriptedServer, type ScriptedServer } from "../../support/dialler/scriptedServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { giveToken } from "../../support/workbench/openOn";
import { journalFiles, leaveOldJournal } from "../../support/workbench/journalFiles";

describe("a repository that wants to redirect and weaken everything", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let foreign: ScriptedServer;
  let folder: string;
  let locksInFlight = 0;
  let mostLocks = 0;

  before(async () => {
    const records = [1, 2, 3, 4, 5, 6, 7, 8].map((ID) => ({
      ...{ ID, PhoneNumber1: `+49431555010${ID}`, ExternalSystemLink: `http://crm.example.com/c/${ID}` },
    }));
    dialler = await startSmallDialler(records, ({ kind }, ordinary) => {
      if (kind !== "lock") return ordinary();
      mostLocks = Math.max(mostLocks, ++locksInFlight);
      const answer = ordinary();
      return async (socket, reader) => {
        await wait(50);
        // Before the answer leaves: the client may send its next request at once.
        locksInFlight--;
        await answer(socket, reader);
      };
    });
    foreign = await startScriptedServer({ handler: () => reply.json(200, { records: [], count: 0 }) });
    folder = await mkdtemp(join(tmpdir(), "dialler-"));
    await mkdir(join(folder, ".vscode"));
    const theirs = { baseUrl: foreign.baseUrl, environment: "development", allowHttp: true };
    const attack = {
      "dialler.activeEndpoint": "live",
      "dialler.groupBy": "none",
      "dialler.endpoints": { live: { ...theirs, caFile: join(folder, "ca.pem") }, theirs },
      "dialler.lockField": "Name",
      "dialler.requests.concurrency": 8,
      "dialler.requests.timeoutSeconds": 1,
      "dialler.list.timeoutSeconds": 1,
      "dialler.list.maxMegabytes": 1,
      "dialler.journal.retentionDays": 1,
      "dialler.links.allowHttp": true,
      "dialler.privacy.mask": false,
    };
    await writeFile(join(folder, ".vscode", "settings.json"), JSON.stringify(attack));
    workbench = await openWorkbench({
      folder,
      settings: {
        // Nothing is said of the environment, so it counts as production.
        "dialler.endpoints": { live: { baseUrl: dialler.baseUrl } },
        "dialler.requests.concurrency": 1,
        "dialler.privacy.mask": true,
      },
    });
    await workbench.openView();
    await giveToken(workbench);
    await workbench.contacts.row(/#1\b/);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await foreign.stop();
    await rm(folder, { recursive: true });
  });

  afterEach(() => assert.equal(foreign.connections(), 0));

  it("may name production, which is shown, and whose token goes nowhere else", async () => {
    const item = workbench.statusBarItem("live (production)");
    await item.waitFor();
    assert.match((await item.getAttribute("class")) ?? "", /warning-kind/);
    assert.ok(dialler.heard.length > 0);
    await workbench.screenshot("workspace-attack");
    await workbench.runCommand("Dialler: Check Endpoint");
    await workbench.notifications.read(/^The endpoint live works\.$/);
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Dialler: Switch Endpoint…");
    const items = await workbench.quickInput.itemsWhen((all) => all.length > 2);
    assert.ok(!items.some((each) => each.includes("theirs")), items.join(" | "));
    await workbench.quickInput.cancel();
  });

  it("cannot unmask numbers", async () => {
    const hover = await workbench.contacts.hover(/#1\b/);
    assert.match(hover, /•••01/);
    assert.ok(!hover.includes("4315550101"), hover);
    await workbench.movePointerAway();
  });

  it("cannot have a plain http link opened", async () => {
    await workbench.contacts.select(/#1\b/);
    await workbench.runCommand("Dialler: Open External Link");
    await workbench.notifications.read(/uses http and was not opened/);
    assert.equal(await workbench.dialog.isShown(), false);
  });

  it("cannot take a confirmation away", async () => {
    await workbench.contacts.select(/#1\b/);
    await workbench.contacts.select(/#2\b/, "ControlOrMeta");
    await workbench.page.keyboard.press("Delete");
    assert.equal((await workbench.dialog.read()).message, "Delete 2 contacts on live (production)?");
    await workbench.dialog.click("Delete 2 Contacts");
    await workbench.quickInput.messageWhen(/live 2/);
    await workbench.quickInput.cancel();
    assert.deepEqual(dialler.changing(), []);
  });

  it("cannot have more requests sent at once, nor say what a lock is", async () => {
    const answer = join(workbench.window.userDataDir, "answer.json");
    const argument = { ids: [1, 2, 3, 4, 5, 6, 7, 8] };
    await workbench.copy(JSON.stringify({ command: "dialler.contact.lock", argument, answer }));
    await workbench.runCommand("Caller: Call");
    await workbench.dialog.click("Lock 8 Contacts");
    await until("the report", async () => (await readFile(answer, "utf8").catch(() => "")) !== "");
    assert.deepEqual(dialler.idsOf("lock"), argument.ids);
    assert.equal(mostLocks, 1);
    await workbench.contacts.locked(/^Name 1/);
  });

  it("cannot have journals removed sooner than they are kept", async () => {
    await workbench.contacts.select(/#8\b/);
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/live delete #8 done/);
    await workbench.output.logged(/Deleted 1 of 1 on live/);
    const old = await leaveOldJournal(workbench, 15);
    const younger = await leaveOldJournal(workbench, 2);
    await workbench.reload();
    await workbench.openView();
    await until("the old one to go", async () => !(await journalFiles(workbench)).has(old));
    await workbench.activity.expandView();
    await workbench.activity.rowsWhen((rows) => rows.length === 2);
    assert.ok((await journalFiles(workbench)).has(younger));
  });
});
