import assert from "node:assert/strict";
import { verifyEntries } from "../../../../src/dialler/runs/verifyEntries";
import * as reply from "../../../support/dialler/scriptedReply";
import { oneTo } from "../../../support/dialler/smallDialler";
import { dialler, endStartedDiallers, run, start, summed } from "../../../support/dialler/checkedRun";

describe("runAction", function () {
  this.timeout(20_000);
  endStartedDiallers();

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

    it("after a lost answer: nothing is sent again, one look, and the contact is in doubt", async () => {
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
      assert.deepEqual(
        dialler.heard.map(({ kind }) => kind),
        ["batch", "delete", "batch"],
      );
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
});
