import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../../src/dialler/api/changeRules";
import { countsOf } from "../../../../src/dialler/runs/outcome";
import * as reply from "../../../support/dialler/scriptedReply";
import { error, type ScriptedReply } from "../../../support/dialler/scriptedReply";
import { noSuchContact, oneTo, startSmallDialler } from "../../../support/dialler/smallDialler";
import { endStartedDiallers, run, actOn } from "../../../support/dialler/checkedRun";

describe("runAction", function () {
  this.timeout(20_000);
  endStartedDiallers();

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
          const busy = new Map<number, number>();
          let arrived = 0;
          const server = await startSmallDialler(60, (heard, ordinary) => {
            // After a cancel, contacts whose answer was lost are looked at once.
            if (cancel.signal.aborted && heard.kind === change) after.push(heard.id);
            if (++arrived === cancelAt) cancel.abort();
            if (heard.kind === "batch" && !hasBatch) return reply.empty(404);
            const next = trouble.next();
            const [name, weight] = next.done === true ? ["ok", 1] : next.value;
            // Mostly it works, else every run would end at its fifth item.
            const chosen = (heard.id * 7 + arrived) % (weight + 2) === 0 ? name : "ok";
            // Somebody else deletes contacts too: a server that says so of one that is there would be lying.
            if (chosen === "404") server.contacts.delete(heard.id);
            if (heard.kind === change && (chosen === "429" || chosen === "503"))
              busy.set(heard.id, (busy.get(heard.id) ?? 0) + 1);
            return (answers[chosen] ?? byOrdinary)(ordinary);
          });
          try {
            actOn(server);
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
              assert.ok(times <= 2 + (busy.get(id) ?? 0));
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
