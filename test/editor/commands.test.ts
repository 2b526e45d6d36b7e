import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands, settings, views } from "../../src/manifest";

interface Report {
  readonly action: string;
  readonly endpoint: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly items: readonly {
    readonly id: number | null;
    readonly userData?: string;
    readonly outcome: string;
    readonly status?: number;
  }[];
}

const run = async (command: string, argument: unknown): Promise<Report> =>
  vscode.commands.executeCommand<Report>(command, argument);

describe("commands", () => {
  before(async () => {
    await vscode.extensions.getExtension("dialler.dialler-contacts")?.activate();
    await vscode.commands.executeCommand(commands.demoStart);
  });

  after(async () => {
    await vscode.workspace
      .getConfiguration()
      .update(settings.activeEndpoint, undefined, vscode.ConfigurationTarget.Global);
  });

  it("are registered, each one that is contributed and no other", async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith("dialler."));
    const ofViews = Object.values(views).flatMap((view) =>
      registered.filter((id) => id.startsWith(`${view}.`)),
    );
    const own = registered.filter(
      (id) => !ofViews.includes(id) || Object.values<string>(commands).includes(id),
    );
    assert.deepEqual(own.sort(), Object.values<string>(commands).sort());
  });

  it("lock and unlock by ID, and return a report whose counts add up", async () => {
    const locked = await run(commands.contactLock, { ids: [40102] });
    assert.equal(locked.action, "lock");
    assert.equal(locked.endpoint, "Demo");
    assert.deepEqual(locked.items, [{ id: 40102, outcome: "done", status: 200 }]);
    assert.deepEqual(locked.counts, {
      done: 1,
      gone: 0,
      notFound: 0,
      failed: 0,
      unknown: 0,
      skipped: 0,
      notAttempted: 0,
    });
    const unlocked = await run(commands.contactUnlock, { ids: ["40102"], endpoint: "Demo" });
    assert.equal(unlocked.counts.done, 1);
  });

  it("act by UserData on the one contact that carries it, by its ID", async () => {
    const report = await run(commands.contactLockByUserData, { userData: "CRM-000417" });
    assert.deepEqual(
      report.items.map(({ id, outcome }) => [id, outcome]),
      [[40101, "done"]],
    );
    await run(commands.contactUnlock, { userData: "CRM-000417" });
  });

  it("report a UserData that no contact has as not found, without an error (I11)", async () => {
    const report = await run(commands.contactDelete, { userData: "nobody has this" });
    assert.deepEqual(report.items, [
      { id: null, userData: "nobody has this", outcome: "notFound", reason: "no contact has this UserData" },
    ]);
  });

  it("report an ID that does not exist as not found", async () => {
    const report = await run(commands.contactLock, { ids: [999_999_999] });
    assert.equal(report.items[0]?.outcome, "notFound");
  });

  it("count an ID that is named twice as skipped (I13)", async () => {
    const report = await run(commands.contactUnlock, { ids: [40102, 40102] });
    assert.equal(report.counts.done, 1);
    assert.equal(report.counts.skipped, 1);
  });

  for (const argument of [
    { ids: [] },
    { ids: ["5/lock"] },
    { ids: [0] },
    { ids: [1.5] },
    { ids: [40101], userData: "CRM-000417" },
    { userData: "" },
    { userData: "  \t" },
    { userData: "\ud800" },
    { userData: 5 },
    { ids: [40101], url: "http://127.0.0.1:1/" },
    { ids: [40101], endpoint: "another" },
    { baseUrl: "http://127.0.0.1:1/", token: "t" },
    "40101",
    40101,
    [40101],
    true,
  ]) {
    it(`refuse the argument ${JSON.stringify(argument)}`, async () => {
      await assert.rejects(run(commands.contactLock, argument), /Nothing was sent|cannot be sent/);
    });
  }

  for (const command of [commands.contactCopyUserData, commands.contactCopyAsJson]) {
    it(`take no IDs from a program where no link needs it: ${command}`, async () => {
      await assert.rejects(run(command, { ids: [40101] }), /takes no argument\. Nothing was sent/);
    });
  }

  for (const command of [commands.contactOpen, commands.contactCopyId]) {
    it(`take IDs alone from a program: ${command}`, async () => {
      await assert.rejects(run(command, { userData: "CRM-000417" }), /Nothing was sent/);
      await assert.rejects(run(command, { ids: ["5/lock"] }), /Nothing was sent/);
      await run(command, { ids: [40101] });
    });
  }

  it("do nothing when a menu's row is being refreshed, instead of acting on the selection", async () => {
    const command: Thenable<unknown> = vscode.commands.executeCommand(
      commands.contactLock,
      undefined,
      undefined,
    );
    assert.equal(await command, undefined);
  });

  it("delete none of many when their preview is left, and report each as not attempted", async () => {
    const ids = Array.from({ length: 51 }, (_, place) => 40101 + place);
    const state = { ended: false };
    const deleting = run(commands.contactDelete, { ids }).finally(() => (state.ended = true));
    // The preview opens some time after the call; what is closed before it opens changes nothing.
    while (!state.ended) {
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { counts } = await deleting;
    assert.equal(counts.notAttempted, 51);
    assert.equal(counts.done, 0);
    assert.equal((await run(commands.contactLock, { ids: [40101] })).counts.done, 1);
    assert.equal((await run(commands.contactUnlock, { ids: [40101] })).counts.done, 1);
  });

  it("act on the endpoint that was chosen last, however fast one switches", async () => {
    const configuration = vscode.workspace.getConfiguration();
    const choose = (name: string): Thenable<void> =>
      configuration.update(settings.activeEndpoint, name, vscode.ConfigurationTarget.Global);
    await choose("");
    await choose("Demo");
    await choose("nobody");
    await assert.rejects(run(commands.contactLock, { ids: [40101] }), /cannot be used/);
    await choose("Demo");
    assert.equal((await run(commands.contactUnlock, { ids: [40101] })).counts.done, 1);
  });
});
