import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Ending } from "../../../../../src/editor/commands/call/notify";
import { Refusal } from "../../../../../src/editor/commands/call/refusal";
import { type Crossing, type CrossingOptions, startCrossing } from "../../../../support/crossing";
import * as reply from "../../../../support/dialler/scriptedReply";
import { until } from "../../../../support/dialler/clientFor";
import { outlineOf } from "../../../../../src/dialler/runs/runOutline";
import { gate, startSmallDialler } from "../../../../support/dialler/smallDialler";
import { token } from "../../../../support/dialler/token";

function labelsOf(steps: Ending["steps"]): string[] {
  return (steps ?? []).map((step) => (typeof step === "object" ? step.label : step));
}

describe("the crossing from a command to its report", function () {
  this.timeout(20_000);
  let road: Crossing;
  const begin = async (options: CrossingOptions): Promise<void> => {
    road = await startCrossing(options);
  };
  afterEach(() => road.stop());

  it("asks before three contacts are deleted, keeps each on disk, writes three lines and a summary", async () => {
    await begin({ contacts: 5, answers: { actOnMany: ({ contacts }) => contacts.length === 3 } });
    const report = await road.act("delete", [1, 2, 3]);
    assert.deepEqual(road.person.asked, ["actOnMany"]);
    assert.deepEqual(road.dialler.idsOf("delete"), [1, 2, 3]);
    assert.deepEqual([...road.dialler.contacts.keys()], [4, 5]);
    assert.deepEqual([report.counts.done, report.items.length], [3, 3]);
    assert.equal(road.lines.length, 4);
    for (const [place, line] of road.lines.slice(0, 3).entries())
      assert.match(line, new RegExp(`^info test delete #${place + 1} done HTTP 200 \\d+ ms$`));
    assert.equal(road.lines[3], "info Deleted 3 of 3 on test: 3 done. Contacts: #1, #2, #3.");
    assert.deepEqual((await road.journalled()).sort(), [
      "end",
      "intent",
      "intent",
      "intent",
      "outcome",
      "outcome",
      "outcome",
      "run",
    ]);
    assert.deepEqual(
      road.person.endings.map(({ level, sentence }) => [level, sentence]),
      [["information", "Deleted Name 1 #1; Name 2 #2; Name 3 #3 on test."]],
    );
    assert.deepEqual(road.revealed, [true]);
  });

  it("sends nothing and keeps nothing when the answer is no", async () => {
    await begin({ contacts: 3, answers: { actOnMany: () => false } });
    const { counts } = await road.act("delete", [1, 2, 3]);
    assert.equal(counts.notAttempted, 3);
    assert.deepEqual([road.dialler.heard.length, road.lines, road.person.endings], [0, [], []]);
    assert.deepEqual(await road.journalled(), []);
  });

  it("lets Enter decline the question after a list, and accept it for rows that were pointed at", async () => {
    const declining: (boolean | undefined)[] = [];
    await begin({
      contacts: 12,
      answers: {
        pickContacts: (preview) => ({ go: "act", contacts: new Set(preview.contacts), journaled: true }),
        actOnMany: ({ declinesFirst }) => {
          declining.push(declinesFirst);
          return false;
        },
        confirmOne: (_change, _contact, _place, _kept, declinesFirst) => {
          declining.push(declinesFirst);
          return undefined;
        },
      },
    });
    await road.act("delete", [1]);
    await road.act("delete", [1, 2]);
    await road.act(
      "delete",
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
    assert.deepEqual(declining, [false, false, true]);
    assert.equal(road.dialler.idsOf("delete").length, 0);
  });

  it("tells the person the new name of a skipped contact, the log only what has changed, and lists it anew", async () => {
    await begin({
      contacts: 2,
      answers: { confirmOne: (change) => change },
      script: ({ kind }, ordinary) => {
        const one = road.dialler.contacts.get(1);
        if (kind === "read" || kind === "batch")
          road.dialler.contacts.set(1, { ...one, Name: "Dorn", UserData: "CRM-77" });
        return ordinary();
      },
    });
    road.dialler.contacts.set(1, { ...road.dialler.contacts.get(1), Name: "Alt" });
    await road.store.load();
    const { counts } = await road.act("delete", [1]);
    assert.deepEqual([counts.skipped, road.dialler.idsOf("delete").length], [1, 0]);
    assert.match(
      road.person.endings[0]?.sentence ?? "",
      /The name has changed since it was shown \(now Dorn\)\. The UserData has changed .*\(now “CRM-77”\)\. Nothing was sent; the new values are shown now\.$/,
    );
    assert.match(
      road.lines[0] ?? "",
      /has changed since it was shown \(name, UserData\); nothing was sent\.$/,
    );
    assert.doesNotMatch(road.lines.join("\n"), /Dorn|CRM-77/);
    const row = road.store.rowById(1);
    assert.equal(row && road.store.contact(row)?.name, "Dorn");
  });

  it("locks instead where that is the answer, without a journal on disk", async () => {
    await begin({ contacts: 3, answers: { confirmOne: () => "lock" } });
    const report = await road.act("delete", [2]);
    assert.equal(report.action, "lock");
    assert.deepEqual([road.dialler.idsOf("delete"), road.dialler.idsOf("lock")], [[], [2]]);
    assert.match(road.lines[0] ?? "", /^info test lock #2 done /);
    assert.deepEqual(await road.journalled(), []);
  });

  it("wants the phrase typed on production, exactly", async () => {
    const production = { name: "production", environment: "production" } as const;
    await begin({
      contacts: 3,
      answers: { actOnMany: () => true, phrase: "production 2" },
      endpoint: production,
    });
    assert.equal((await road.act("delete", [1, 2, 3])).counts.notAttempted, 3);
    assert.equal(road.dialler.heard.length, 0);
    assert.equal((await road.act("delete", [1, 2])).counts.done, 2);
    assert.deepEqual(road.person.asked, ["actOnMany", "typedPhrase", "actOnMany", "typedPhrase"]);
    assert.deepEqual([...road.dialler.contacts.keys()], [3]);
  });

  it("stops at a rejected token, and offers to set another one", async () => {
    await begin({
      contacts: 20,
      answers: {
        pickContacts: ({ contacts }) => ({ go: "act", contacts: new Set(contacts), journaled: true }),
      },
      script: () => reply.json(401, { status: 401, error: `no ${token}` }),
    });
    const { counts } = await road.act(
      "lock",
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    assert.ok(counts.failed <= 4, String(counts.failed));
    assert.equal(counts.failed + counts.notAttempted, 20);
    assert.deepEqual(
      road.person.endings.map(({ level, steps }) => [level, labelsOf(steps)]),
      [["error", ["setToken", "Resume"]]],
    );
    const left = counts.notAttempted;
    assert.ok(
      road.person.endings[0]?.sentence.endsWith(`The run stopped; ${left} contacts were not attempted.`),
    );
    assert.ok(
      ![...road.lines, ...road.person.endings.map(({ sentence }) => sentence)].join("\n").includes(token),
    );
    assert.deepEqual(road.revealed, [false]);
  });

  it("asks before a lock on an endpoint that is not listed, declining first on production, and leaves the list alone", async () => {
    const asked: unknown[] = [];
    const answers: CrossingOptions["answers"] = {
      confirmOne: (change, contact, place, _kept, declinesFirst) => {
        asked.push([contact.id, place.endpoint, declinesFirst]);
        return change;
      },
    };
    for (const environment of ["test", "production"] as const) {
      await begin({ contacts: 3, answers, endpoint: { name: "own", environment } });
      const listed = await startSmallDialler(3);
      const other = await listed.connect({ name: "second" });
      road.store.open(other);
      await road.store.load();
      assert.equal((await road.act("lock", [2])).counts.done, 1);
      assert.deepEqual([road.dialler.idsOf("lock"), listed.changing()], [[2], []]);
      const row = road.store.rowById(2);
      assert.equal(row && road.store.contact(row)?.lock, "unlocked");
      // Taking it back would be refused as long as another endpoint is active.
      assert.deepEqual(
        road.person.endings.map(({ level, sentence, undo }) => [level, sentence, undo]),
        [["success", "Locked Name 2 #2 on own.", undefined]],
      );
      other.dispose();
      await listed.stop();
      if (environment === "test") await road.stop();
    }
    assert.deepEqual(asked, [
      [2, "own", false],
      [2, "own", true],
    ]);
  });

  it("refuses a second change of a contact that is still being deleted, and says who it is", async () => {
    const held = gate();
    await begin({
      contacts: 3,
      answers: { confirmOne: (change) => change },
      script: async ({ kind }, ordinary) => {
        if (kind === "delete") await held.opened;
        return ordinary();
      },
    });
    await road.store.load();
    const { connection, store } = road;
    const drawn: (string | undefined)[] = [];
    store.changed.listen((change) => {
      if (change.kind === "rows") drawn.push(store.changeUnderWay(connection, 2));
    });
    const first = road.act("delete", [2]);
    await until(() => road.dialler.idsOf("delete").length === 1);
    for (const change of ["delete", "lock"] as const)
      await assert.rejects(
        road.act(change, [2]),
        (error) =>
          error instanceof Refusal &&
          error.message === "Name 2 #2 is being deleted. Nothing was sent." &&
          error.logged === "#2 is being deleted. Nothing was sent.",
      );
    await assert.rejects(road.act("lock", [1, 2]), Refusal);
    assert.equal((await road.act("lock", [1])).counts.done, 1);
    held.open();
    assert.equal((await first).counts.done, 1);
    assert.deepEqual(road.person.asked, ["confirmOne"]);
    assert.deepEqual([road.dialler.idsOf("delete"), road.dialler.idsOf("lock")], [[2], [1]]);
    assert.ok(drawn.includes("delete"));
    assert.equal(store.changeUnderWay(connection, 2), undefined);
  });

  it("ends what was under way also for contacts that were not changed", async () => {
    await begin({
      contacts: 3,
      answers: { actOnMany: () => true, watch: (_message, cancel) => cancel() },
      script: ({ kind }, ordinary) => (kind === "lock" ? reply.json(400, { status: 400 }) : ordinary()),
    });
    await road.store.load();
    assert.equal((await road.act("lock", [1, 2, 3])).counts.done, 0);
    assert.deepEqual(
      [1, 2, 3].map((id) => road.store.changeUnderWay(road.connection, id)),
      [undefined, undefined, undefined],
    );
  });

  it("refuses a read-only endpoint before anything is asked or sent", async () => {
    await begin({ contacts: 3, endpoint: { readOnly: true } });
    await assert.rejects(road.act("delete", [1, 2, 3]), Refusal);
    assert.deepEqual([road.dialler.heard.length, road.person.asked], [0, []]);
  });

  it("lets requests under way finish after one Cancel, and gives up on them after a second", async () => {
    const held = gate();
    await begin({
      contacts: 8,
      answers: {
        actOnMany: () => true,
        watch: (_message, cancel) => cancel(),
        waiting: (cancel) => cancel(),
      },
      script: async ({ kind, id }, ordinary) => {
        if (kind === "lock" && id > 1) await held.opened;
        return ordinary();
      },
    });
    const { counts } = await road.act("lock", [1, 2, 3, 4, 5, 6, 7, 8]);
    held.open();
    assert.equal(counts.done, 1);
    assert.equal(counts.unknown + counts.notAttempted, 7);
    assert.ok(counts.unknown >= 1 && counts.unknown <= 3, String(counts.unknown));
    assert.match(road.person.titles[1] ?? "", /^Waiting for \d request/);
    const [ending] = road.person.endings;
    assert.ok(ending);
    assert.equal(ending.level, "error");
    assert.deepEqual(labelsOf(ending.steps), ["Verify Unknown Contacts", "Resume"]);
    assert.match(ending.sentence, / Cancelled; \d contacts? (was|were) not attempted\.$/);
  });

  it("offers to check the endpoint, not to set a token, where a proxy asks to sign in (A02)", async () => {
    for (const [status, scheme] of [
      [401, "Basic"],
      [403, "Negotiate"],
    ] as const) {
      await begin({
        contacts: 3,
        answers: { confirmOne: (change) => change },
        script: () => reply.html(status, "<h1>no</h1>", { "WWW-Authenticate": scheme }),
      });
      await road.act("lock", [1]);
      assert.deepEqual(
        road.person.endings.map(({ steps }) => labelsOf(steps)),
        [["checkEndpoint"]],
      );
      await road.stop();
    }
    await begin({ contacts: 1 });
  });

  it("says why it stopped by itself, and offers to go on with the rest", async () => {
    await begin({
      contacts: 12,
      answers: {
        pickContacts: ({ contacts }) => ({ go: "act", contacts: new Set(contacts), journaled: true }),
      },
      script: ({ kind }, ordinary) =>
        kind === "lock" ? reply.json(422, { status: 422, error: "not now" }) : ordinary(),
    });
    const { counts } = await road.act(
      "lock",
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
    assert.deepEqual([counts.failed, counts.notAttempted], [5, 7]);
    const [ending] = road.person.endings;
    assert.match(
      ending?.sentence ?? "",
      /not now.? Stopped after 5 failures in a row; 7 contacts were not attempted\.$/,
    );
    assert.deepEqual(labelsOf(ending?.steps), ["Resume", "showLog"]);
  });

  it("shows a success with a warning as a warning: in the notification, the log and the Activity view", async () => {
    await begin({
      contacts: 3,
      answers: { actOnMany: () => true },
      script: ({ kind, id }, ordinary) => {
        const answer = ordinary();
        return kind === "lock" && id === 2 ? reply.empty(200) : answer;
      },
    });
    await road.act("lock", [1, 2, 3]);
    const [ending] = road.person.endings;
    assert.deepEqual(
      [ending?.level, ending?.sentence, labelsOf(ending?.steps)],
      ["warning", "Locked Name 1 #1; Name 2 #2; Name 3 #3 on test. The answer was empty.", ["Show Activity"]],
    );
    assert.match(road.lines.find((line) => line.includes("#2 ")) ?? "", /^warning test lock #2 done /);
    assert.match(road.lines.at(-1) ?? "", /^warning Locked 3 of 3/);
    const last = await road.history.last();
    assert.ok(last);
    assert.equal(outlineOf(last).verdict, "warned");
  });

  it("tells in its progress that it looks again where answers were lost, and that the run has stopped", async () => {
    const messages: string[] = [];
    const states = new Set<string>();
    await begin({
      contacts: 10,
      answers: {
        actOnMany: () => true,
        watch: (message) => {
          messages.push(message);
          void road.history
            .last()
            .then((run) => run && outlineOf(run).states.forEach((state) => states.add(state)));
        },
      },
      script: ({ kind }, ordinary) => (kind === "delete" ? reply.reset() : ordinary()),
    });
    const working = road.act("delete", [1, 2, 3, 4, 5, 6, 7, 8]);
    await until(() => messages.some((message) => message.includes("5 answers lost")));
    await until(() => messages.some((message) => message.includes("nothing more is sent")));
    for (const id of [...road.dialler.contacts.keys()]) road.dialler.contacts.delete(id);
    const { counts } = await working;
    assert.ok(states.has("settling"), [...states].join());
    assert.ok(messages.includes("0 of 8; 1 answer lost; looking again for up to 30 s"), messages.join("\n"));
    assert.ok(
      messages.includes("0 of 8; nothing more is sent; 5 answers lost; looking again for up to 30 s"),
      messages.join("\n"),
    );
    assert.deepEqual([counts.gone, counts.notAttempted], [5, 3]);
    const [ending] = road.person.endings;
    assert.match(
      ending?.sentence ?? "",
      / Reading the contacts again showed that they are gone\. Stopped after 5 failures in a row; 3 contacts were not attempted\.$/,
    );
  });

  it("sends nothing again when another computer has taken the run over meanwhile (B26)", async () => {
    await begin({
      contacts: 12,
      answers: { actOnMany: () => true },
      script: async ({ kind }, ordinary) => {
        if (kind !== "delete") return ordinary();
        const { directory } = road.history.journal;
        for (const name of await readdir(directory))
          if (/\.lock\.\d+$/.test(name)) await rm(join(directory, name), { force: true });
        return reply.error(429, { "Retry-After": "1" });
      },
    });
    const report = await road.act("delete", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const sent = road.dialler.idsOf("delete");
    assert.ok(sent.length <= 4 && new Set(sent).size === sent.length, sent.join());
    assert.equal(report.counts.failed + report.counts.notAttempted, 10);
    assert.match(road.lines.join("\n"), /The lock of this run is gone: .* Nothing more is sent from here\./);
    assert.doesNotMatch(road.lines.join("\n"), /without a journal/);
    // Whoever took the run over ends it.
    assert.ok(!(await road.journalled()).includes("end"));
  });
});
