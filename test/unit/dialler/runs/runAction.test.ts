import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../../src/dialler/api/changeRules";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { startDemoServer } from "../../../../src/dialler/demo/demoServer";
import { countsOf, type EntryResult } from "../../../../src/dialler/runs/outcome";
import type { PlannedEntry } from "../../../../src/dialler/runs/plan";
import { runAction, type RunClient, type RunOptions } from "../../../../src/dialler/runs/runAction";
import { verifyEntries } from "../../../../src/dialler/runs/verifyEntries";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import { startScriptedServer } from "../../../support/dialler/scriptedServer";
import {
  batchOf,
  byTheBook,
  connectorOf,
  gate,
  list,
  noSuchContact,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

const error = (status: number, headers: reply.ReplyHeaders = {}): ScriptedReply =>
  reply.json(status, { status, error: `error ${status}` }, headers);

const oneTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** The counts without the zero ones. */
const summed = (results: readonly EntryResult[]): Record<string, number> =>
  Object.fromEntries(Object.entries(countsOf(results)).filter(([, count]) => count > 0));

describe("runAction", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  const started: SmallDialler[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });

  const start = async (contacts: number | readonly WireRecord[], script: Script = byTheBook) => {
    dialler = await startSmallDialler(contacts, script);
    started.push(dialler);
    return dialler;
  };

  const run = async (
    change: Change,
    items: readonly PlannedEntry[],
    options: Partial<RunOptions> = {},
    client?: RunClient,
  ) => {
    const told: EntryResult[] = [];
    const results = await runAction(change, items, client ?? (await dialler.connect()).client, {
      concurrency: 4,
      lockField: "",
      cancelled: new AbortController().signal,
      random: () => 0,
      ...options,
      onResult: (result, finished, index) => {
        told.push(result);
        assert.equal(finished, told.length);
        assert.equal(items[index]?.id, result.id);
        options.onResult?.(result, finished, index);
      },
    });
    assert.equal(results.length, items.length);
    assert.deepEqual(
      results.map(({ id }) => id),
      items.map(({ id }) => id),
    );
    assert.equal(told.length, items.length);
    assert.deepEqual(new Set(told), new Set(results));
    return results;
  };

  const outcomesOf = (results: readonly EntryResult[]) => results.map(({ outcome }) => outcome);

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

  it("tells failures, absences and successes apart (B04)", async () => {
    await start(12, (heard, ordinary) => {
      if (heard.kind !== "delete") return ordinary();
      return heard.id === 3 || heard.id === 7 ? error(500) : heard.id === 9 ? noSuchContact : ordinary();
    });
    const results = await run("delete", dialler.plan(oneTo(12)));
    for (const { id, outcome } of results) {
      assert.equal(outcome, id === 3 || id === 7 ? "failed" : id === 9 ? "notFound" : "done");
    }
    assert.deepEqual(
      oneTo(12).map((id) => dialler.idsOf("delete").filter((sent) => sent === id).length),
      oneTo(12).map((id) => (id === 3 || id === 7 ? 2 : 1)),
    );
  });

  it("reports one result per contact when the connection drops halfway (N04, H16)", async () => {
    await start(8, (heard, ordinary) => {
      const answer = ordinary();
      if (heard.kind !== "delete" || heard.id % 2 === 0) return answer;
      return heard.id === 3 ? error(503) : reply.reset();
    });
    const results = await run("delete", dialler.plan(oneTo(8)));
    assert.deepEqual(summed(results), { done: 4, gone: 4 });
    assert.equal(dialler.changing().length, 8);
  });

  describe("before a delete", () => {
    it("reads the contacts again a hundred at a time", async () => {
      await start(250);
      const results = await run("delete", dialler.plan(oneTo(250)));
      assert.deepEqual(summed(results), { done: 250 });
      const batches = dialler.heard.filter(({ kind }) => kind === "batch");
      assert.deepEqual(
        batches.map(({ request }) => batchOf(request.body).ids),
        [oneTo(100), oneTo(100).map((id) => id + 100), oneTo(50).map((id) => id + 200)],
      );
      assert.equal(dialler.idsOf("read").length, 0);
      for (const [at, heard] of dialler.heard.entries()) {
        if (heard.kind !== "delete") continue;
        const before = dialler.heard.slice(0, at).filter(({ kind }) => kind === "batch");
        assert.ok(before.some(({ request }) => batchOf(request.body).ids.includes(heard.id)));
      }
    });

    it("reads them one by one where the server has no batch read", async () => {
      for (const missing of [404, 405] as const) {
        await start(8, (heard, ordinary) => (heard.kind === "batch" ? reply.empty(missing) : ordinary()));
        const results = await run("delete", dialler.plan(oneTo(8)));
        assert.deepEqual(summed(results), { done: 8 });
        assert.equal(dialler.idsOf("batch").length, 1);
        assert.deepEqual(
          dialler.idsOf("read").sort((a, b) => a - b),
          oneTo(8),
        );
      }
    });

    it("asks for the batch once more than needed at most, however long the run", async () => {
      await start(210, (heard, ordinary) => (heard.kind === "batch" ? reply.empty(404) : ordinary()));
      assert.deepEqual(summed(await run("delete", dialler.plan(oneTo(210)))), { done: 210 });
      assert.equal(dialler.idsOf("batch").length, 1);
    });

    it("skips a contact that has changed since it was shown, and deletes one that has not", async () => {
      const changes: readonly WireRecord[] = [
        { Name: "Another" },
        { UserData: "CRM-X" },
        { UserData: null },
        { DiallerCampaignsID: 72 },
        { PhoneNumber1: "49431000" },
        { PhoneNumber2: "49431000" },
        { PhoneNumber1: null, PhoneNumber2: "49431555015" },
      ];
      for (const hasBatch of [true, false]) {
        await start(10, (heard, ordinary) =>
          heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary(),
        );
        const items = dialler.plan(oneTo(10));
        changes.forEach((change, at) => {
          dialler.contacts.set(at + 1, { ...dialler.contacts.get(at + 1), ...change });
        });
        // What is no part of the identity may change: a try, a lock.
        dialler.contacts.set(8, { ...dialler.contacts.get(8), bLocked: true, nTriesPhoneNumber1: 3 });
        const results = await run("delete", items);
        assert.deepEqual(
          outcomesOf(results),
          oneTo(10).map((id) => (id <= 7 ? "skipped" : "done")),
        );
        assert.deepEqual(dialler.idsOf("delete"), [8, 9, 10]);
      }
    });

    it("reports a contact that is gone already, and sends no DELETE", async () => {
      for (const hasBatch of [true, false]) {
        await start(3, (heard, ordinary) =>
          heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary(),
        );
        const items = dialler.plan(oneTo(3));
        dialler.contacts.clear();
        assert.deepEqual(summed(await run("delete", items)), { notFound: 3 });
        assert.equal(dialler.changing().length, 0);
      }
    });

    it("does not take a batch read that found nothing at all for the absence of every contact", async () => {
      // A 404 with JSON may mean the language that the batch read is asked in.
      await start(6, (heard, ordinary) =>
        heard.kind === "batch" ? reply.json(404, { status: 404, error: "Language not found" }) : ordinary(),
      );
      const items = dialler.plan(oneTo(6));
      dialler.contacts.delete(4);
      const results = await run("delete", items);
      assert.equal(results[3]?.outcome, "notFound");
      assert.deepEqual(summed(results), { done: 5, notFound: 1 });
    });

    it("sends no DELETE for a contact that cannot be read", async () => {
      const unreadable: readonly [string, ScriptedReply][] = [
        ["an error of the server", error(500)],
        ["a page", reply.html(200, "<h1>Login</h1>")],
        ["no records", reply.json(200, { status: 200 })],
        ["records of others", list([{ ID: 999 }])],
        ["a status in the body", reply.json(200, { status: 500, error: "x", records: [], count: 0 })],
        ["half an answer", reply.cut(200, '{"records":[]}')],
        ["a refusal", error(400)],
      ];
      for (const [what, answer] of unreadable) {
        await start(3, () => answer);
        const results = await run("delete", dialler.plan(oneTo(3)));
        assert.deepEqual(summed(results), { failed: 3 }, what);
        assert.match(results[0]?.reason ?? "", /could not be read again/);
        assert.equal(dialler.changing().length, 0, what);
      }
    });

    it("never deletes an item that comes without the contact as it was shown", async () => {
      await start(3);
      assert.deepEqual(summed(await run("delete", [{ id: 1 }, { id: 2 }, { id: 3 }])), { skipped: 3 });
      assert.equal(dialler.changing().length, 0);
    });

    it("takes an item shown under another ID for changed", async () => {
      await start(2);
      const [first, second] = dialler.plan([1, 2]);
      const results = await run("delete", [
        { id: 1, shown: second?.shown },
        { id: 2, shown: first?.shown },
      ]);
      assert.deepEqual(summed(results), { skipped: 2 });
      assert.equal(dialler.changing().length, 0);
    });

    it("never deletes a contact that was added after the preview (B09)", async () => {
      await start(5);
      const items = dialler.plan(oneTo(5));
      dialler.script = (heard, ordinary) => {
        const added = 100 + dialler.heard.length;
        dialler.contacts.set(added, { ...dialler.contacts.get(1), ID: added });
        return heard.kind === "batch"
          ? list([...dialler.contacts.values()].filter(({ ID }) => Number(ID) <= 5))
          : ordinary();
      };
      assert.deepEqual(summed(await run("delete", items)), { done: 5 });
      assert.deepEqual(
        dialler.idsOf("delete").sort((a, b) => a - b),
        oneTo(5),
      );
    });

    it("does not send IDs that no server has", async () => {
      await start(1);
      const [item] = dialler.plan([1]);
      for (const id of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
        for (const change of ["delete", "lock"] as const) {
          const results = await run(change, [{ id, shown: item?.shown }]);
          assert.deepEqual(outcomesOf(results), ["failed"]);
        }
      }
      assert.equal(dialler.requests.length, 0);
    });
  });

  describe("stops by itself", () => {
    const stopping: readonly [string, ScriptedReply, RegExp][] = [
      ["401", error(401), /token/],
      ["403 with a page (H06)", reply.html(403, "<h1>no</h1>"), /Forbidden/],
      ["302 (H02)", reply.redirect(302, "http://127.0.0.1:1/elsewhere"), /redirected/],
      ["307 (H02)", reply.redirect(307, "http://127.0.0.1:1/elsewhere"), /redirected/],
      ["308 (H02)", reply.redirect(308, "http://127.0.0.1:1/elsewhere"), /redirected/],
      ["404 with an empty body (H08)", reply.empty(404), /Endpoint not found/],
      ["404 with a page (H08)", reply.html(404, "<h1>Not Found</h1>"), /Endpoint not found/],
      [
        "404 of a web framework",
        reply.json(404, { status: 404, error: "Not Found", path: "/" }),
        /Endpoint not found/,
      ],
      ["407", reply.html(407, "<h1>Proxy</h1>"), /proxy/i],
    ];
    for (const [what, answer, reason] of stopping) {
      it(`at a ${what} of a change`, async () => {
        for (const change of ["delete", "lock"] as const) {
          await start(50, (heard, ordinary) => (heard.kind === change ? answer : ordinary()));
          const results = await run(change, dialler.plan(oneTo(50)));
          const { failed = 0, notAttempted = 0 } = summed(results);
          assert.ok(failed >= 1 && failed <= 4);
          assert.equal(failed + notAttempted, 50);
          assert.equal(dialler.changing().length, failed);
          for (const result of results) {
            assert.match(result.reason ?? "", reason);
            assert.doesNotMatch(result.reason ?? "", /</);
          }
        }
      });
    }

    it("at a 401 before the first of 50 deletes, with one request (H04)", async () => {
      await start(50, () => error(401));
      const results = await run("delete", dialler.plan(oneTo(50)));
      const { failed = 0, notAttempted = 0 } = summed(results);
      assert.ok(failed >= 1 && failed <= 4);
      assert.equal(failed + notAttempted, 50);
      assert.equal(results[0]?.status, 401);
      assert.equal(dialler.requests.length, 1);
    });

    it("at a certificate that nobody vouches for, without a request (N18)", async () => {
      const server = await startScriptedServer({ tls: "selfSigned", handler: () => error(500) });
      try {
        await start(1);
        const { client } = await dialler.connect({ baseUrl: server.baseUrl });
        const results = await run(
          "lock",
          oneTo(50).map((id) => ({ id })),
          {},
          client,
        );
        const { failed = 0, notAttempted = 0 } = summed(results);
        assert.ok(failed >= 1 && failed <= 4);
        assert.equal(failed + notAttempted, 50);
        assert.match(results[0]?.reason ?? "", /Certificate/);
        assert.equal(server.requests.length, 0);
        assert.ok(server.connections() <= 4);
      } finally {
        await server.stop();
      }
    });

    it("on a read-only endpoint, without a request", async () => {
      await start(9);
      const { client } = await dialler.connect({ readOnly: true });
      for (const change of ["lock", "unlock"] as const) {
        const results = await run(change, dialler.plan(oneTo(9)), {}, client);
        const { failed = 0, notAttempted = 0 } = summed(results);
        assert.equal(failed + notAttempted, 9);
        assert.match(results[0]?.reason ?? "", /read-only/);
      }
      await run("delete", dialler.plan(oneTo(9)), {}, client);
      assert.equal(dialler.changing().length, 0);
    });

    it("after five failures in a row, and no sooner (H17)", async () => {
      await start(40, (heard, ordinary) =>
        heard.kind === "delete" && heard.id > 10 && heard.id % 5 !== 0 && heard.id < 20
          ? error(500)
          : heard.kind === "delete" && heard.id > 25
            ? error(500)
            : ordinary(),
      );
      const results = await run("delete", dialler.plan(oneTo(40)), { concurrency: 1 });
      assert.deepEqual(
        results.slice(10, 20).map(({ outcome }) => outcome),
        ["failed", "failed", "failed", "failed", "done", "failed", "failed", "failed", "failed", "done"],
      );
      assert.deepEqual(
        results.slice(25).map(({ outcome }) => outcome),
        [...Array<string>(5).fill("failed"), ...Array<string>(10).fill("notAttempted")],
      );
      for (const id of oneTo(40))
        assert.ok(dialler.idsOf("delete").filter((sent) => sent === id).length <= 2);
      assert.match(results[39]?.reason ?? "", /5 failures in a row/);
    });

    it("when everything is answered with 503, within 60 requests (H18)", async () => {
      for (const change of ["delete", "lock"] as const) {
        for (const [what, script] of [
          ["every request", () => error(503)],
          [
            "every request but the batch read, which the server lacks",
            (heard) => (heard.kind === "batch" ? reply.empty(404) : error(503)),
          ],
          [
            "every request but the first reading",
            (heard, ordinary) => (heard.kind === "batch" && heard.times === 1 ? ordinary() : error(503)),
          ],
        ] satisfies [string, Script][]) {
          await start(100, script);
          const results = await run(change, dialler.plan(oneTo(100)));
          const { failed = 0, unknown = 0, notAttempted = 0 } = summed(results);
          assert.equal(failed + unknown + notAttempted, 100);
          assert.ok(failed + unknown >= 5 && failed + unknown <= 5, `${what}: ${failed} + ${unknown}`);
          assert.ok(dialler.requests.length <= 60, `${what}: ${dialler.requests.length} requests`);
        }
      }
    });

    it("repeating: no more than twenty times in a run", async () => {
      await start(60, (heard, ordinary) =>
        heard.kind === "lock" && heard.times === 1 ? error(429) : ordinary(),
      );
      const results = await run("lock", dialler.plan(oneTo(60)), { concurrency: 1 });
      const { done = 0, failed = 0, notAttempted = 0 } = summed(results);
      assert.deepEqual([done, failed, notAttempted], [20, 5, 35]);
      assert.equal(dialler.requests.length, 45);
    });

    it("risking no more contacts than it takes to know", async () => {
      for (const concurrency of [1, 4, 5]) {
        await start(60, (heard, ordinary) => (heard.id > 12 ? error(400) : ordinary()));
        const results = await run("lock", dialler.plan(oneTo(60)), { concurrency });
        assert.deepEqual(summed(results), { done: 12, failed: 5, notAttempted: 43 });
      }
    });

    it("when the server goes down after item 40 of 100 (N23)", async () => {
      for (const change of ["delete", "lock"] as const) {
        await start(100);
        let down: Promise<void> | undefined;
        const results = await run(change, dialler.plan(oneTo(100)), {
          random: () => 0.01,
          onResult: (_, finished) => {
            if (finished === 40) down = dialler.stop();
          },
        });
        await down;
        started.splice(0);
        const { done = 0, gone = 0, failed = 0, unknown = 0, notAttempted = 0 } = summed(results);
        assert.equal(done + gone + failed + unknown + notAttempted, 100);
        assert.ok(done >= 40 && done <= 44, `${done} done`);
        assert.ok(unknown <= 4, `${unknown} unknown`);
        assert.ok(failed <= 5, `${failed} failed`);
        assert.ok(notAttempted >= 50);
      }
    });

    it("and sends nothing again once it has stopped", async () => {
      const locked = gate();
      await start(4, async (heard, ordinary) => {
        if (heard.id === 1 && heard.times === 1) return error(429, { "Retry-After": "1" });
        if (heard.id !== 2) return ordinary();
        await locked.opened;
        return error(401);
      });
      const running = run("lock", dialler.plan(oneTo(4)), { concurrency: 2 });
      while (dialler.heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      locked.open();
      const results = await running;
      assert.deepEqual(outcomesOf(results), ["failed", "failed", "notAttempted", "notAttempted"]);
      assert.deepEqual(dialler.idsOf("lock"), [1, 2]);
    });

    it("also out of a long pause that another contact's answer began", async () => {
      const paused = gate();
      await start(4, async (heard, ordinary) => {
        if (heard.id === 1) return error(429, { "Retry-After": "3600" });
        if (heard.id !== 2) return ordinary();
        await paused.opened;
        return error(401);
      });
      const results = await run("lock", dialler.plan(oneTo(4)), {
        concurrency: 2,
        onPause: () => paused.open(),
      });
      assert.deepEqual(outcomesOf(results), ["failed", "failed", "notAttempted", "notAttempted"]);
      assert.equal(dialler.requests.length, 2);
    });
  });

  describe("when the server is too busy", () => {
    it("waits as long as it is asked to, then goes on with fewer requests at once (H12)", async () => {
      const at: number[] = [];
      await start(12, (heard, ordinary) => {
        if (heard.kind !== "delete") return ordinary();
        if (heard.id === 1) at.push(performance.now());
        return heard.id === 1 && heard.times === 1 ? error(429, { "Retry-After": "2" }) : ordinary();
      });
      const results = await run("delete", dialler.plan(oneTo(12)));
      assert.deepEqual(summed(results), { done: 12 });
      const [first = 0, second = 0] = at;
      // The two clocks may differ by a fraction of it.
      assert.ok(second - first >= 1990);
      assert.equal(dialler.idsOf("delete").filter((id) => id === 1).length, 2);
    });

    it("waits until the time that it is told (H13)", async () => {
      let until = 0;
      let repeatedAt = 0;
      await start(1, (heard, ordinary) => {
        if (heard.kind !== "lock") return ordinary();
        if (heard.times === 2) repeatedAt = Date.now();
        if (heard.times > 1) return ordinary();
        // A date has no fractions of a second.
        until = (Math.floor(Date.now() / 1000) + 2) * 1000;
        return error(429, { "Retry-After": new Date(until).toUTCString() });
      });
      assert.deepEqual(summed(await run("lock", dialler.plan([1]))), { done: 1 });
      assert.ok(repeatedAt >= until - 10, `${until - repeatedAt} ms too early`);
    });

    it("halves the requests in flight, and rests as a whole (H12)", async () => {
      let refusedAt = 0;
      let begunAfter = 0;
      let mostAfter = 0;
      const early: number[] = [];
      await start(20, async (heard, ordinary) => {
        if (heard.id === 4 && heard.times === 1) {
          refusedAt = performance.now();
          return error(429, { "Retry-After": "1" });
        }
        if (refusedAt === 0 || performance.now() - refusedAt < 950) {
          early.push(heard.id);
          // Longer in flight than the refusal is on its way.
          await new Promise((resolve) => setTimeout(resolve, 300));
          return ordinary();
        }
        mostAfter = Math.max(mostAfter, ++begunAfter);
        await new Promise((resolve) => setTimeout(resolve, 10));
        begunAfter--;
        return ordinary();
      });
      assert.deepEqual(summed(await run("lock", dialler.plan(oneTo(20)))), { done: 20 });
      assert.deepEqual(
        early.sort((a, b) => a - b),
        [1, 2, 3],
      );
      assert.ok(mostAfter <= 2, `${mostAfter} in flight afterwards`);
    });

    it("pauses the whole run for a wait above 60 s and says until when; a cancel ends the pause", async () => {
      await start(10, (heard, ordinary) =>
        heard.id === 1 ? error(429, { "Retry-After": "3600" }) : ordinary(),
      );
      const cancel = new AbortController();
      const untils: Date[] = [];
      const before = Date.now();
      const results = await run("lock", dialler.plan(oneTo(10)), {
        concurrency: 1,
        cancelled: cancel.signal,
        onPause: (until) => {
          untils.push(until);
          setImmediate(() => cancel.abort());
        },
      });
      assert.deepEqual(outcomesOf(results), ["failed", ...Array<string>(9).fill("notAttempted")]);
      assert.equal(dialler.requests.length, 1);
      assert.equal(untils.length, 1);
      const wait = (untils[0]?.getTime() ?? 0) - before;
      assert.ok(wait >= 3_600_000 && wait < 3_700_000);
    });

    it("says once that it pauses, however many requests are told to wait", async () => {
      await start(8, async () => {
        while (dialler.heard.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
        return error(429, { "Retry-After": "3600" });
      });
      const cancel = new AbortController();
      let pauses = 0;
      await run("lock", dialler.plan(oneTo(8)), {
        cancelled: cancel.signal,
        onPause: () => {
          pauses++;
          setTimeout(() => cancel.abort(), 200);
        },
      });
      assert.equal(pauses, 1);
      assert.equal(dialler.requests.length, 4);
    });

    describe("for long", () => {
      const longWaitMs = 500;
      const refused = error(429, { "Retry-After": "1" });
      const rename = (id: number): void => {
        dialler.contacts.set(id, { ...dialler.contacts.get(id), Name: "Other" });
      };

      it("reads the rest again after the pause, and skips whoever has changed meanwhile", async () => {
        await start(4, (heard, ordinary) =>
          heard.kind === "delete" && heard.id === 1 && heard.times === 1 ? refused : ordinary(),
        );
        const results = await run("delete", dialler.plan(oneTo(4)), {
          ...{ concurrency: 1, longWaitMs },
          onPause: () => rename(3),
        });
        assert.deepEqual(outcomesOf(results), ["done", "done", "skipped", "done"]);
        assert.deepEqual(dialler.idsOf("delete"), [1, 1, 2, 4]);
      });

      it("reads a contact again that was being read when the pause began", async () => {
        const paused = gate();
        await start(2, async (heard, ordinary) => {
          if (heard.kind === "batch") return reply.empty(404);
          if (heard.kind === "delete" && heard.id === 1 && heard.times === 1) return refused;
          if (heard.kind !== "read" || heard.id !== 2 || heard.times > 1) return ordinary();
          const asItWas = ordinary();
          await paused.opened;
          return asItWas;
        });
        const results = await run("delete", dialler.plan([1, 2]), {
          ...{ concurrency: 2, longWaitMs },
          onPause: () => {
            rename(2);
            paused.open();
          },
        });
        assert.deepEqual(outcomesOf(results), ["done", "skipped"]);
        assert.deepEqual(dialler.idsOf("delete"), [1, 1]);
      });

      it("takes the record down again that is deleted after it", async () => {
        await start(2, (heard, ordinary) =>
          heard.kind === "delete" && heard.id === 1 && heard.times === 1 ? refused : ordinary(),
        );
        const taken: unknown[] = [];
        const results = await run("delete", dialler.plan([1, 2]), {
          ...{ concurrency: 1, longWaitMs },
          onPause: () => void dialler.contacts.set(1, { ...dialler.contacts.get(1), Comment: "called back" }),
          intent: (index, record) => {
            if (index === 0) taken.push(record?.Comment);
            return Promise.resolve();
          },
        });
        assert.deepEqual(outcomesOf(results), ["done", "done"]);
        assert.deepEqual(taken, [undefined, "called back"]);
      });

      it("does not wait with a single contact, whose action nobody could cancel", async () => {
        for (const change of ["lock", "delete"] as const) {
          await start(1, (heard, ordinary) =>
            heard.kind === change ? error(429, { "Retry-After": "3600" }) : ordinary(),
          );
          let pauses = 0;
          const results = await run(change, dialler.plan([1]), {
            onPause: (): void => {
              pauses++;
            },
          });
          assert.equal(pauses, 0);
          assert.deepEqual(outcomesOf(results), ["failed"]);
          assert.deepEqual(dialler.idsOf(change), [1]);
        }
      });
    });

    it("backs off in its own way where Retry-After cannot be read (H15)", async () => {
      for (const header of ["-5", "soon", "1.5", ["2", "3"]] as const) {
        const at: number[] = [];
        await start(1, (heard, ordinary) => {
          at.push(performance.now());
          return heard.times === 1 ? error(429, { "Retry-After": header }) : ordinary();
        });
        const results = await run("lock", dialler.plan([1]), { random: () => 0.999 });
        assert.deepEqual(summed(results), { done: 1 });
        assert.equal(at.length, 2);
        // Half a second, which is neither nothing nor what the header may be taken for.
        const waited = (at[1] ?? 0) - (at[0] ?? 0);
        assert.ok(waited >= 490 && waited < 1400, `${String(header)}: ${waited} ms`);
      }
    });
  });

  describe("cancelled", () => {
    it("before the first item: nothing is sent (B01)", async () => {
      await start(10);
      for (const change of ["delete", "lock"] as const) {
        const results = await run(change, dialler.plan(oneTo(10)), { cancelled: AbortSignal.abort() });
        assert.deepEqual(summed(results), { notAttempted: 10 });
        assert.ok(results.every(({ reason }) => reason === "cancelled"));
      }
      assert.equal(dialler.requests.length, 0);
    });

    it("in the middle: what is in flight finishes, nothing more is sent (B02)", async () => {
      for (const change of ["delete", "lock"] as const) {
        const cancel = new AbortController();
        let before = 0;
        await start(20, async (heard, ordinary) => {
          if (heard.kind !== change) return ordinary();
          if (heard.id === 6) {
            before = dialler.heard.length;
            cancel.abort();
          }
          await new Promise((resolve) => setTimeout(resolve, 20));
          return ordinary();
        });
        const results = await run(change, dialler.plan(oneTo(20)), { cancelled: cancel.signal });
        const { done = 0, notAttempted = 0 } = summed(results);
        assert.equal(done + notAttempted, 20);
        assert.ok(done >= 6 && done <= 9);
        // A request that had left its socket when the cancel came may arrive after it.
        assert.ok(dialler.heard.length - before <= 3);
        assert.equal(dialler.changing().length, done);
      }
    });

    it("while contacts are read again: none of them is deleted", async () => {
      const cancel = new AbortController();
      await start(5, (_, ordinary) => {
        cancel.abort();
        return ordinary();
      });
      const results = await run("delete", dialler.plan(oneTo(5)), { cancelled: cancel.signal });
      assert.deepEqual(summed(results), { notAttempted: 5 });
      assert.equal(dialler.requests.length, 1);
    });

    it("while the server says that it has no batch read: no contact is read either", async () => {
      const cancel = new AbortController();
      await start(5, () => {
        cancel.abort();
        return reply.empty(404);
      });
      const results = await run("delete", dialler.plan(oneTo(5)), { cancelled: cancel.signal });
      assert.deepEqual(summed(results), { notAttempted: 5 });
      assert.equal(dialler.requests.length, 1);
    });

    it("after a lost answer: nothing is sent again, and the contact is in doubt", async () => {
      const cancel = new AbortController();
      await start(5, (heard, ordinary) => {
        if (heard.kind !== "delete") return ordinary();
        cancel.abort();
        return reply.reset();
      });
      const results = await run("delete", dialler.plan(oneTo(5)), {
        concurrency: 1,
        cancelled: cancel.signal,
      });
      assert.deepEqual(summed(results), { unknown: 1, notAttempted: 4 });
      assert.equal(dialler.requests.length, 2);
    });
  });

  describe("given up by a second cancel", () => {
    it("is in doubt about what is in flight, sends nothing more, and reading tells later (B03)", async () => {
      for (const change of ["delete", "lock"] as const) {
        const cancel = new AbortController();
        const abort = new AbortController();
        await start(20, (heard, ordinary) => {
          if (heard.kind !== change) return ordinary();
          ordinary();
          if (dialler.idsOf(change).length === 4) {
            cancel.abort();
            setImmediate(() => abort.abort());
          }
          return reply.hang();
        });
        const results = await run(change, dialler.plan(oneTo(20)), {
          cancelled: cancel.signal,
          abort: abort.signal,
        });
        assert.deepEqual(summed(results), { unknown: 4, notAttempted: 16 });
        const before = dialler.requests.length;
        const { client } = await dialler.connect();
        const seen: string[] = [];
        const unknown = results.flatMap(({ id, outcome }, item) =>
          outcome === "unknown" && id !== undefined ? [{ item, id }] : [],
        );
        await verifyEntries(change, unknown, client, {
          lockField: "",
          cancelled: new AbortController().signal,
          onResult: (_item, { outcome }) => seen.push(outcome),
        });
        assert.deepEqual(seen, Array<string>(4).fill(change === "delete" ? "gone" : "done"));
        assert.equal(dialler.changing().length, 4);
        assert.equal(dialler.requests.length, before + 1);
      }
    });

    it("does not wait for a reading that never ends: the first cancel ends it, and nothing was attempted", async () => {
      for (const hasBatch of [true, false]) {
        const cancel = new AbortController();
        await start(9, (heard) => {
          if (heard.kind === "batch" && !hasBatch) return reply.empty(404);
          setImmediate(() => cancel.abort());
          return reply.hang();
        });
        const results = await run("delete", dialler.plan(oneTo(9)), { cancelled: cancel.signal });
        assert.deepEqual(summed(results), { notAttempted: 9 });
        assert.equal(dialler.changing().length, 0);
      }
    });
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
    assert.deepEqual(outcomesOf(await run("delete", [first, { ...second, sentBefore }])), [
      "notFound",
      "gone",
    ]);
    const absent = [first, { ...second, sentBefore }];
    assert.deepEqual(outcomesOf(await run("delete", absent)), ["notFound", "gone"]);
    assert.deepEqual(dialler.idsOf("delete"), [1, 2]);
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
      const { done = 0, notFound = 0 } = summed(results);
      assert.equal(done + notFound, 10);
    }
    assert.equal(countsOf(one).done + countsOf(other).done, 10);
    assert.equal(dialler.changing().length, 20);
    assert.equal(dialler.contacts.size, 0);
  });

  it("adds up, keeps to its set and its limits, whatever the server does", async function () {
    this.timeout(60_000);
    const fault = fc.constantFrom<[string, number]>(
      ["ok", 20],
      ["reset", 2],
      ["resetAfter", 2],
      ["500", 2],
      ["500After", 1],
      ["429", 1],
      ["503", 1],
      ["404", 2],
      ["400", 1],
      ["409", 1],
      ["notHttp", 1],
      ["statusInBody", 1],
      ["empty", 1],
      ["401", 1],
      ["page", 1],
    );
    const answers: Readonly<Record<string, (ordinary: () => ScriptedReply) => ScriptedReply>> = {
      ok: (ordinary) => ordinary(),
      reset: () => reply.reset(),
      resetAfter: (ordinary) => {
        ordinary();
        return reply.reset();
      },
      "500": () => error(500),
      "500After": (ordinary) => {
        ordinary();
        return error(500);
      },
      "429": () => error(429, { "Retry-After": "0" }),
      "503": () => error(503, { "Retry-After": "0" }),
      "404": () => noSuchContact,
      "400": () => error(400),
      "409": () => error(409),
      notHttp: () => reply.notHttp(),
      statusInBody: () => reply.json(200, { status: 500, error: "no" }),
      empty: () => reply.empty(200),
      "401": () => error(401),
      page: () => reply.html(200, "<h1>Login</h1>"),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Change>("delete", "lock", "unlock"),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 50 })),
        fc.infiniteStream(fault),
        async (change, count, concurrency, hasBatch, cancelAt, faults) => {
          const cancel = new AbortController();
          const trouble = faults[Symbol.iterator]();
          const after: number[] = [];
          let arrived = 0;
          const server = await startSmallDialler(60, (heard, ordinary) => {
            if (cancel.signal.aborted) after.push(heard.id);
            if (++arrived === cancelAt) cancel.abort();
            if (heard.kind === "batch" && !hasBatch) return reply.empty(404);
            const next = trouble.next();
            const [name, weight] = next.done === true ? ["ok", 1] : next.value;
            // Mostly it works, else every run would end at its fifth item.
            const chosen = (heard.id * 7 + arrived) % (weight + 2) === 0 ? name : "ok";
            // Somebody else deletes contacts too: a server that says so of one that is there would be lying.
            if (chosen === "404") server.contacts.delete(heard.id);
            return (answers[chosen] ?? byOrdinary)(ordinary);
          });
          try {
            dialler = server;
            const ids = oneTo(60).filter((id) => id % 60 < count);
            const results = await run(change, server.plan(ids), { concurrency, cancelled: cancel.signal });
            const counts = countsOf(results);
            assert.equal(
              Object.values(counts).reduce((sum, n) => sum + n, 0),
              ids.length,
            );
            const sent = server.changing().map(({ path }) => Number(/contact\/(\d+)/.exec(path)?.[1]));
            assert.ok(sent.every((id) => ids.includes(id)));
            assert.ok(server.mostInFlight() <= concurrency, `${server.mostInFlight()} > ${concurrency}`);
            assert.ok(after.length < concurrency, `${after.length} after the cancel`);
            for (const id of ids) {
              const times = sent.filter((other) => other === id).length;
              const outcome = results.find((result) => result.id === id)?.outcome;
              assert.ok(times <= 2);
              if (times === 0) assert.ok(outcome !== "done" && outcome !== "gone" && outcome !== "unknown");
              if (outcome === "notAttempted" || outcome === "skipped") assert.equal(times, 0);
              if (outcome === "gone") assert.ok(!server.contacts.has(id));
              if (outcome === "failed" && change === "delete") assert.ok(server.contacts.has(id));
            }
            assert.ok(sent.length + server.idsOf("read").length <= ids.length * 3 + 20 + 60);
          } finally {
            await server.stop();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const byOrdinary = (ordinary: () => ScriptedReply): ScriptedReply => ordinary();
