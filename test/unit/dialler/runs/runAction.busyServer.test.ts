import assert from "node:assert/strict";
import * as reply from "../../../support/dialler/scriptedReply";
import { gate, oneTo } from "../../../support/dialler/smallDialler";
import { error } from "../../../support/dialler/scriptedReply";
import { monotonicClock } from "../../../../src/dialler/api/waits";
import type { Change } from "../../../../src/dialler/api/changeRules";
import type { PlannedEntry } from "../../../../src/dialler/runs/plan";
import type { RunOptions } from "../../../../src/dialler/runs/runAction";
import {
  dialler,
  endStartedDiallers,
  outcomesOf,
  run as runQuickly,
  start,
  summed,
} from "../../../support/dialler/checkedRun";

/** Without a quick clock, because the time of each request is measured here. */
const run = (change: Change, items: readonly PlannedEntry[], options: Partial<RunOptions> = {}) =>
  runQuickly(change, items, { clock: monotonicClock, ...options });

describe("runAction", function () {
  this.timeout(20_000);
  endStartedDiallers();

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
});
