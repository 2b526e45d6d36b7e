import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands, settings, tools } from "../../src/manifest";

const names = Object.values<string>(tools);

/** What a tool says, read as JSON. */
async function ask(name: string, input: object): Promise<Record<string, unknown>> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const texts = content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""));
  return JSON.parse(texts.join("")) as Record<string, unknown>;
}

const offered = (): string[] =>
  vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("dialler_"));

/** Whether this version can turn AI features off; the oldest one cannot yet. */
function hasSetting(): boolean {
  const setting = vscode.workspace.getConfiguration("chat").inspect("disableAIFeatures");
  return setting?.defaultValue !== undefined;
}

async function set(setting: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}

describe("tools for a chat", () => {
  before(async () => {
    await vscode.commands.executeCommand(commands.demoStart);
    if (hasSetting()) await set("chat.disableAIFeatures", false);
    await answering();
  });

  after(async () => {
    if (hasSetting()) await set("chat.disableAIFeatures", true);
    await set(settings.activeEndpoint, undefined);
  });

  it("are offered, each one that is described, and none of them deletes", () => {
    assert.deepEqual(offered().sort(), [...names].sort());
    assert.ok(!offered().some((name) => /delete|remove/i.test(name)));
  });

  it("list the campaigns", async () => {
    const { endpoint, campaigns } = await ask(tools.listCampaigns, {});
    assert.equal(endpoint, "Demo");
    assert.ok(Array.isArray(campaigns) && campaigns.length === 5);
  });

  it("find contacts by UserData, with numbers and addresses masked", async () => {
    const { contacts } = await ask(tools.findContacts, { userData: "CRM-000417" });
    const text = JSON.stringify(contacts);
    assert.match(text, /"id":\d+/);
    assert.match(text, /"number":"•••\d\d"/);
    assert.doesNotMatch(text, /"number":"[^"]*\d{3}|@example/);
  });

  it("find contacts by a query in a campaign that is loaded for it, and say what was not searched", async () => {
    const { campaigns } = await ask(tools.listCampaigns, {});
    const [first] = campaigns as { id: number }[];
    const answer = await ask(tools.findContacts, { query: "locked:yes", campaignId: first?.id });
    assert.ok(Array.isArray(answer.contacts) && answer.contacts.length > 0);
    assert.ok(Number(answer.matching) >= answer.contacts.length);
    assert.equal(answer.campaignsNotLoaded, 4);
  });

  it("read a record without bank data", async () => {
    const { record } = await ask(tools.getContact, { id: 40101 });
    const members = record as Record<string, unknown>;
    assert.equal(members.ID, 40101);
    assert.ok(members.AccountIBAN === null || members.AccountIBAN === "•••", String(members.AccountIBAN));
    assert.match(String(members.PhoneNumber1), /^•••\d\d$/);
  });

  it("refuse what they cannot take with a sentence, before anything is sent", async () => {
    for (const [name, input, sentence] of [
      [tools.getContact, { id: 1.5 }, /whole number/],
      [tools.findContacts, {}, /A query or a UserData is needed/],
      [tools.findContacts, { query: " " }, /nothing that can be searched for/],
      [tools.lockContacts, { ids: [] }, /Give 1 to 20 IDs\./],
      [tools.lockContacts, { ids: Array.from({ length: 21 }, (_, at) => at + 1) }, /Give 1 to 20 IDs/],
      [tools.unlockContacts, { ids: ["5/lock"] }, /whole number/],
    ] as const) {
      await assert.rejects(ask(name, input), sentence);
    }
  });

  it("lock nothing while their question has no answer", async () => {
    // VS Code shows no dialog to tests: that is a question without an answer.
    const answer = await ask(tools.lockContacts, { ids: [40105] }).catch((error: unknown) => String(error));
    assert.doesNotMatch(JSON.stringify(answer), /"done": ?1/);
    const { lock } = await ask(tools.getContact, { id: 40105 });
    assert.equal(lock, "unlocked");
  });

  it("answer nothing while AI features are off", async function () {
    // The oldest version has no setting that could be turned off.
    if (!hasSetting()) this.skip();
    await set("chat.disableAIFeatures", true);
    await assert.rejects(ask(tools.listCampaigns, {}));
    await set("chat.disableAIFeatures", false);
    await answering();
  });
});

/** Waits until a tool that changes nothing answers: it is offered soon after the setting says so. */
async function answering(): Promise<void> {
  for (;;) {
    const answer = await ask(tools.listCampaigns, {}).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
