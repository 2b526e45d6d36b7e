import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import { startDemoServer } from "../../../../src/dialler/demo/demoServer";
import { countsOf, type EntryResult } from "../../../../src/dialler/runs/outcome";
import { runAction, type RunClient } from "../../../../src/dialler/runs/runAction";
import * as reply from "../../../support/dialler/scriptedReply";
import { connectorOf, noSuchContact, oneTo } from "../../../support/dialler/smallDialler";
import { error } from "../../../support/dialler/scriptedReply";
import {
  dialler,
  endStartedDiallers,
  outcomesOf,
  run,
  start,
  summed,
} from "../../../support/dialler/checkedRun";

describe("runAction", function () {
  this.timeout(20_000);
  endStartedDiallers();

  describe("on the demo dialler", () => {
    it("deletes exactly the contacts it was given and leaves all others", async () => {
      const requests: string[] = [];
      const demo = await startDemoServer({
        contacts: 30,
        observe: ({ method, path }) => requests.push(`${method} ${path}`),
      });
      try {
        const { client } = await connectorOf().connect(
          {
            kind: "server",
            name: "demo",
            baseUrl: demo.baseUrl,
            environment: "test",
            readOnly: false,
            caFile: undefined,
          },
          demo.token,
        );
        const ids = [40101, 40103, 40105];
        const shown = await Promise.all(ids.map((id) => client.getContact(id)));
        const items = ids.map((id, at) => ({ id, shown: contactFromRecord(shown[at] ?? {}) }));
        const results = await run("delete", items, {}, client);
        assert.deepEqual(summed(results), { done: 3 });
        assert.equal(demo.contactCount(), 27);
        assert.equal(requests.filter((request) => request.startsWith("DELETE")).length, 3);
      } finally {
        await demo.stop();
      }
    });
  });

  it("deletes, in order and with as many requests in flight as allowed", async () => {
    await start(30);
    const results = await run("delete", dialler.plan(oneTo(30)), { concurrency: 3 });
    assert.deepEqual(summed(results), { done: 30 });
    assert.equal(dialler.contacts.size, 0);
    assert.ok(dialler.mostInFlight() <= 3);
    assert.deepEqual(
      dialler.idsOf("delete").sort((a, b) => a - b),
      oneTo(30),
    );
    assert.equal(dialler.requests.length, 31);
  });

  it("never has more than eight requests in flight, whatever it is told", async () => {
    for (const concurrency of [1000, Number.NaN, 0, -3, 2.7]) {
      await start(20, async (_, ordinary) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return ordinary();
      });
      const results = await run("lock", dialler.plan(oneTo(20)), { concurrency });
      assert.deepEqual(summed(results), { done: 20 });
      assert.ok(dialler.mostInFlight() <= (concurrency === 1000 ? 8 : concurrency === 2.7 ? 2 : 1));
    }
  });

  it("does nothing with an empty set", async () => {
    await start(1);
    assert.deepEqual(await run("delete", []), []);
    assert.equal(dialler.requests.length, 0);
  });

  it("locks without reading first, and a locked contact again is done (B24)", async () => {
    await start(oneTo(50).map((ID) => ({ ID, bLocked: ID % 2 === 0 })));
    const results = await run("lock", dialler.plan(oneTo(50)));
    assert.deepEqual(summed(results), { done: 50 });
    assert.equal(dialler.requests.length, 50);
    assert.ok([...dialler.contacts.values()].every(({ bLocked }) => bLocked === true));
  });

  it("takes a 409 of a lock for done where the contact is locked, and for failed where it is not (H10, B24)", async () => {
    await start([{ ID: 1, bLocked: true }, { ID: 2 }], (heard, ordinary) =>
      heard.kind === "lock" ? error(409) : ordinary(),
    );
    const results = await run("lock", dialler.plan([1, 2]));
    assert.deepEqual(outcomesOf(results), ["done", "failed"]);
    assert.match(results[1]?.reason ?? "", /error 409/);
    assert.equal(dialler.changing().length, 2);
  });

  it("tells what is in doubt from successes (B04)", async () => {
    await start(12, (heard, ordinary) => {
      if (heard.kind !== "delete") return ordinary();
      return heard.id === 3 || heard.id === 7 ? error(500) : heard.id === 9 ? noSuchContact : ordinary();
    });
    const results = await run("delete", dialler.plan(oneTo(12)));
    for (const { id, outcome } of results) {
      // A 500 proves nothing, nor does a "not found" for a contact that was read a moment before and still can be.
      assert.equal(outcome, id === 3 || id === 7 || id === 9 ? "unknown" : "done");
    }
    assert.equal(dialler.contacts.size, 3);
    assert.deepEqual(
      oneTo(12).map((id) => dialler.idsOf("delete").filter((sent) => sent === id).length),
      oneTo(12).map((id) => (id === 3 || id === 7 ? 2 : 1)),
    );
  });

  it("reports one result per contact when the connection drops halfway (N04, H16)", async () => {
    await start(8, (heard, ordinary) => {
      const answer = ordinary();
      if (heard.kind !== "delete" || heard.id % 2 === 0) return answer;
      if (heard.id !== 3) return reply.reset();
      return heard.times === 1 ? error(503) : answer;
    });
    const results = await run("delete", dialler.plan(oneTo(8)));
    assert.deepEqual(summed(results), { done: 4, gone: 4 });
    // A busy server is asked again, and says that the contact is gone.
    assert.equal(dialler.changing().length, 9);
  });

  describe("never throws", () => {
    it("but stops when nobody can take its results down", async () => {
      await start(20);
      for (const change of ["delete", "lock"] as const) {
        const told: EntryResult[] = [];
        const results = await runAction(change, dialler.plan(oneTo(20)), (await dialler.connect()).client, {
          concurrency: 1,
          lockField: "",
          cancelled: new AbortController().signal,
          onResult: (result) => {
            told.push(result);
            if (told.length === 3) throw new Error("disk full");
          },
        });
        assert.deepEqual(summed(results), { done: 3, notAttempted: 17 });
        assert.match(results[19]?.reason ?? "", /disk full/);
        assert.equal(told.length, 20);
        dialler.contacts.clear();
        for (const id of oneTo(20)) dialler.contacts.set(id, { ID: id, Name: "x", PhoneNumber1: "1" });
      }
    });

    it("and does not call a change failed that may have been made before something broke", async () => {
      await start(3);
      const { client } = await dialler.connect();
      const breaking: RunClient = {
        getContact: (id, options) => client.getContact(id, options),
        readBatch: (keys, options) => client.readBatch(keys, options),
        change: async (change, target, options) => {
          await client.change(change, target, options);
          throw new Error("defect");
        },
      };
      const results = await run("delete", dialler.plan(oneTo(3)), {}, breaking);
      assert.deepEqual(summed(results), { unknown: 3 });
      assert.equal(dialler.contacts.size, 0);
    });
  });

  it("knows a contact as gone by its own deletion where that was sent before", async () => {
    await start(2, (heard, ordinary) => {
      if (heard.kind !== "delete") return ordinary();
      dialler.contacts.delete(heard.id);
      return noSuchContact;
    });
    const [first, second] = dialler.plan([1, 2]);
    assert.ok(first && second);
    const sentBefore = true;
    // Both were read a moment before the server said that they do not exist.
    assert.deepEqual(outcomesOf(await run("delete", [first, { ...second, sentBefore }])), ["gone", "gone"]);
    const absent = [first, { ...second, sentBefore }];
    assert.deepEqual(outcomesOf(await run("delete", absent)), ["notFound", "gone"]);
    assert.deepEqual(dialler.idsOf("delete"), [1, 2]);
  });

  it("knows ten contacts as gone whose deletions a proxy repeated (R1)", async () => {
    await start(10, (heard, ordinary) => {
      if (heard.kind === "delete") ordinary();
      return ordinary();
    });
    const written: number[] = [];
    const results = await run("delete", dialler.plan(oneTo(10)), {
      intent: (index, record) => {
        if (record !== undefined) written.push(index);
        return Promise.resolve();
      },
    });
    assert.deepEqual(summed(results), { gone: 10 });
    assert.match(results[0]?.reason ?? "", /proxy may have repeated/);
    assert.equal(written.length, 10);
    assert.equal(dialler.changing().length, 10);
  });

  it("deletes each of ten once, whoever of two runs comes first, and both add up (B10)", async () => {
    await start(10, async (heard, ordinary) => {
      // Both have read all ten before the first is deleted.
      while (heard.kind === "delete" && dialler.idsOf("batch").length < 2)
        await new Promise((resolve) => setTimeout(resolve, 2));
      return ordinary();
    });
    const plan = dialler.plan(oneTo(10));
    const [one, other] = await Promise.all([run("delete", plan), run("delete", plan)]);
    for (const results of [one, other]) {
      const { done = 0, gone = 0 } = summed(results);
      assert.equal(done + gone, 10);
    }
    assert.equal(countsOf(one).done + countsOf(other).done, 10);
    assert.equal(dialler.changing().length, 20);
    assert.equal(dialler.contacts.size, 0);
  });
});
