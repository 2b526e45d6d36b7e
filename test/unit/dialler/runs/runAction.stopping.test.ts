import assert from "node:assert/strict";
import * as reply from "../../../support/dialler/scriptedReply";
import { error, type ScriptedReply } from "../../../support/dialler/scriptedReply";
import { startScriptedServer } from "../../../support/dialler/scriptedServer";
import { gate, oneTo, type Script } from "../../../support/dialler/smallDialler";
import {
  dialler,
  endStartedDiallers,
  outcomesOf,
  run,
  start,
  started,
  summed,
} from "../../../support/dialler/checkedRun";

describe("runAction", function () {
  this.timeout(20_000);
  endStartedDiallers();

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
        assert.match(results[0]?.reason ?? "", /certificate/);
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
      const lostThenDone = [...Array<string>(4).fill("unknown"), "done"];
      assert.deepEqual(
        results.slice(10, 20).map(({ outcome }) => outcome),
        [...lostThenDone, ...lostThenDone],
      );
      assert.deepEqual(
        results.slice(25).map(({ outcome }) => outcome),
        [...Array<string>(5).fill("unknown"), ...Array<string>(10).fill("notAttempted")],
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
          assert.ok(failed + unknown >= 1 && failed + unknown <= 4, `${what}: ${failed} + ${unknown}`);
          assert.match(results[99]?.reason ?? "", /too busy/);
          assert.ok(dialler.requests.length <= 60, `${what}: ${dialler.requests.length} requests`);
        }
      }
    });

    it("repeating: no more than twenty times in a run", async () => {
      await start(60, (heard, ordinary) =>
        heard.kind === "lock" && heard.times === 1 ? error(500) : ordinary(),
      );
      const results = await run("lock", dialler.plan(oneTo(60)), { concurrency: 1 });
      const { done = 0, unknown = 0, notAttempted = 0 } = summed(results);
      assert.deepEqual([done, unknown, notAttempted], [20, 5, 35]);
      assert.equal(dialler.changing().length, 45);
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
});
