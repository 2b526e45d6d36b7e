import assert from "node:assert/strict";
import { type Change, type ChangeRule, changeRules } from "../../src/dialler/api/changeRules";
import { contactActions, isAction } from "../../src/dialler/runs/contactAction";
import { confirmationFor } from "../../src/dialler/runs/confirmationRule";
import { presentId } from "../../src/dialler/runs/presentId";
import { resultsInLog } from "../../src/dialler/runs/resultLine";
import { remarksOf } from "../../src/dialler/runs/remarksOf";
import { remediesOf } from "../../src/dialler/runs/runRemedies";
import { verifyEntries } from "../../src/dialler/runs/verifyEntries";
import type { OutcomeDetails } from "../../src/dialler/runs/outcome";
import { keyLists } from "../../src/dialler/text/keyList";
import { actionSummary } from "../../src/editor/shown/summaries";
import { entryDescription, runLabel } from "../../src/editor/view/activity/activityTexts";
import { runMarkdown } from "../../src/editor/view/activity/runReport";
import { type Crossing, startCrossing } from "../support/crossing";
import { endOf } from "../support/endOf";
import { journalIn, folders, planOf } from "../support/dialler/journals";
import { ended, runOf } from "../support/dialler/runOf";
import * as reply from "../support/dialler/scriptedReply";
import type { Script } from "../support/dialler/smallDialler";

const word = "inventedForThisTest";
const rule: ChangeRule = {
  method: "PATCH",
  lastPart: word,
  otherSpelling: undefined,
  repeat: "lockById",
  effect: "none",
};
const speech = { language: "en", redact: (text: string) => text };

/** An action that is no deletion and no lock: what is decided by a comparison with those would go wrong for it. */
describe("an action that was invented for this test", function () {
  this.timeout(20_000);
  const folder = folders();
  let action: Change;
  let road: Crossing | undefined;

  before(() => {
    Reflect.set(changeRules, word, rule);
    Reflect.set(contactActions, word, {
      ...rule,
      change: word,
      journalled: false,
      opposite: undefined,
      icon: "history",
      offeredDirectly: false,
      button: (count: number) => `Reset Tries of ${count}`,
      declineButton: () => "Keep Tries",
      questionMany: (count: number, place: string) => `Reset tries of ${count} on ${place}?`,
      question: (contact: string, place: string) => `Reset tries of ${contact} on ${place}?`,
      listTitle: (endpoint: string) => `Reset tries on ${endpoint}`,
      progress: (endpoint: string) => `Resetting tries on ${endpoint}`,
      participle: () => "reset",
      headline: (achieved: number, planned: number, endpoint: string) =>
        `Reset tries of ${achieved} of ${planned} on ${endpoint}`,
    });
    assert.ok(isAction(word));
    action = word;
  });
  after(() => {
    Reflect.deleteProperty(changeRules, word);
    Reflect.deleteProperty(contactActions, word);
    assert.ok(!isAction(word));
  });
  afterEach(async () => {
    await road?.stop();
    road = undefined;
  });

  const answering =
    (answer: ReturnType<typeof reply.json>): Script =>
    ({ request }, ordinary) =>
      request.path.endsWith(`/${word}`) ? answer : ordinary();

  it("is sent, reported, logged and summed up by its own words", async () => {
    road = await startCrossing({
      contacts: 3,
      answers: { actOnMany: () => true },
      script: answering(reply.json(200, { status: 200 })),
    });
    const report = await road.act(action, [1, 2]);
    assert.deepEqual([report.action, report.counts.done], [word, 2]);
    const paths = road.dialler.heard.map(({ request }) => `${request.method} ${request.path}`);
    assert.deepEqual(paths.sort(), [
      "PATCH /rest/v1.0/7/dialler/contacts/contact/1/inventedForThisTest",
      "PATCH /rest/v1.0/7/dialler/contacts/contact/2/inventedForThisTest",
    ]);
    assert.match(road.lines[0] ?? "", /^info test inventedForThisTest #1 done HTTP 200 \d+ ms$/);
    assert.equal(actionSummary(report), "Reset tries of 2 of 2 on test: 2 done. Contacts: #1, #2.");
    assert.deepEqual(
      road.person.endings.map(({ sentence }) => sentence),
      ["Reset Name 1 #1; Name 2 #2 on test."],
    );
    assert.deepEqual(await road.journalled(), []);
  });

  it("is not proven by a contact that is merely unlocked", async () => {
    road = await startCrossing({ contacts: 1, script: answering(reply.reset()) });
    const { counts } = await road.act(action, [1]);
    assert.equal(counts.unknown, 1);
    const seen: OutcomeDetails[] = [];
    await verifyEntries(action, [{ item: 0, id: 1 }], road.connection.client, {
      lockField: "",
      cancelled: new AbortController().signal,
      onResult: (_item, details) => void seen.push(details),
    });
    assert.deepEqual(
      seen.map(({ outcome }) => outcome),
      ["unknown"],
    );
  });

  it("removes no row from the tree and changes no lock", async () => {
    road = await startCrossing({ contacts: 3, script: answering(reply.json(200, { status: 200 })) });
    const { store, connection } = road;
    await store.load();
    const row = store.rowById(2);
    assert.ok(row);
    const before = store.contact(row);
    store.apply(connection, action, [{ id: 2, outcome: "done" }]);
    assert.deepEqual(store.contact(row), before);
    store.apply(connection, action, [{ id: 2, outcome: "unknown" }]);
    assert.ok(store.isInDoubt(row));
  });

  it("has a journal that can be read, whatever it kept", async () => {
    const journal = journalIn(await folder());
    const recorder = await journal.begin(planOf([{ id: 7 }], { action }));
    await recorder.intent(0);
    recorder.outcome(0, { outcome: "done", status: 200, ms: 1 });
    await recorder.end();
    const [run] = await journalIn(journal.directory.replace(/.journal$/, "")).list();
    assert.deepEqual([run?.plan.action, run?.items[0]?.result?.outcome], [word, "done"]);
  });

  it("is found in the log, as links and as a list of contacts", () => {
    const line = `2026-11-05 09:15:00.123 [info] test ${word} #40101 done HTTP 200 3 ms`;
    assert.deepEqual(
      resultsInLog(line).map((found) => [found.action, found.id]),
      [[word, 40101]],
    );
    const lists = endOf(keyLists(line, "test"));
    assert.deepEqual("kind" in lists ? lists : lists[0]?.[0].keys, { kind: "id", ids: [40101] });
  });

  it("is neither restored nor undone, and tried again where it failed", () => {
    const run = runOf(ended("done", "failed"), { action });
    assert.deepEqual(remediesOf(run), {
      restore: [],
      undo: [],
      retryFailed: [1],
      resume: [],
      verifyUnknown: [],
    });
    assert.equal(presentId(run, 0), 40101);
  });

  it("stands in the Activity view by its own words", () => {
    const run = runOf(ended("done", "failed"), { action });
    assert.equal(runLabel(run, speech), "Reset 1 of 2 contacts");
    assert.equal(entryDescription(run, 1, speech), "failed");
    assert.match(runMarkdown(run, speech), /^Reset tries of 1 of 2 on production/);
  });

  it("is asked for like what is no deletion, without a remark about locks", () => {
    const question = { change: action, count: 1, production: false, source: "pointed" } as const;
    assert.deepEqual(confirmationFor(question), { preview: false, question: "none", typed: false });
    assert.deepEqual(remarksOf(action, unlocked), []);
  });
});

const unlocked = {
  ...{ id: 1, idText: "1", campaignId: 71, userData: undefined, name: "Berg", firstName: "", company: "" },
  ...{
    city: "",
    tag: "",
    email: "",
    phoneNumbers: [],
    nextTry: "",
    externalLink: "",
    resultCodeId: undefined,
  },
  lock: "unlocked",
} as const;
