import assert from "node:assert/strict";
import { clientFor, quickControl, scriptedServers } from "../../../support/dialler/clientFor";
import { FaultyDialler } from "../../../support/dialler/faultyDialler";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  said,
  losses,
  rowsOf,
  changesOnDiallers,
  isApplied,
  tooBusy,
} from "../../../support/dialler/settledChange";

const byIdRows: Readonly<Record<string, string>> = {
  RST: "N04",
  "NOT HTTP": "N14",
  "a 70 kB header": "N15",
};

describe("settleChange", () => {
  const start = scriptedServers();
  const change = changesOnDiallers(start);

  describe("delete by ID", () => {
    for (const [name, answer] of Object.entries(losses)) {
      it(`looks after ${name}: absent is gone, present is sent once more${rowsOf(name, byIdRows)}`, async () => {
        const gone = await change("deleteById", { changes: [{ carriedOut: true, answer }] });
        assert.deepEqual([gone.settled.outcome, gone.requests], ["gone", ["DELETE /contact/11", "GET /11"]]);
        const done = await change("deleteById", { changes: [{ carriedOut: false, answer }] });
        assert.equal(done.settled.outcome, "done");
        assert.deepEqual(done.requests, ["DELETE /contact/11", "GET /11", "DELETE /contact/11"]);
        assert.deepEqual(done.dialler.ids, [12, 13]);
      });

      // Still there proves nothing: the server may be working on it, so it is looked at again later.
      it(`does not know after ${name} twice with the contact still there`, async () => {
        const fault = { carriedOut: false, answer };
        const { settled, changing, dialler } = await change("deleteById", { changes: [fault, fault, fault] });
        assert.deepEqual(
          [settled.outcome, settled.stopsRun, settled.settles, changing],
          ["unknown", false, true, 2],
        );
        assert.equal(dialler.ids.length, 3);
      });

      it(`does not know after ${name}, whatever refuses its repeat`, async () => {
        for (const status of [400, 401, 409]) {
          const changes = [
            { carriedOut: false, answer },
            { carriedOut: false, answer: said(status, "no") },
          ];
          const { settled } = await change("deleteById", { changes });
          assert.deepEqual([settled.outcome, settled.settles], ["unknown", true], `${status}`);
        }
      });
    }

    it("looks after its deadline", async () => {
      const changes = [{ carriedOut: true, answer: reply.hang() }];
      const { settled, changing } = await change("deleteById", { changes }, { requestSeconds: 0.15 });
      assert.deepEqual([settled.outcome, changing], ["gone", 1]);
    });

    it("takes a 404 with JSON after a repeat for gone", async () => {
      const { settled, changing } = await change("deleteById", {
        changes: [{ carriedOut: true, answer: reply.empty(503, { "Retry-After": "0" }) }],
      });
      assert.deepEqual([settled.outcome, changing], ["gone", 2]);
      const busy = await change("deleteById", {
        changes: [
          { carriedOut: false, answer: reply.empty(429) },
          { carriedOut: true, answer: said(404, "x") },
        ],
      });
      assert.equal(busy.settled.outcome, "gone");
      assert.deepEqual(busy.requests, ["DELETE /contact/11", "DELETE /contact/11", "GET /11"]);
      // A contact that can still be read may be gone soon, or the read came from a cache.
      const contradicted = await change("deleteById", {
        changes: [
          { carriedOut: false, answer: reply.reset() },
          { carriedOut: false, answer: said(404, "x") },
        ],
      });
      assert.deepEqual([contradicted.settled.outcome, contradicted.settled.settles], ["unknown", true]);
    });

    for (const [name, answer] of Object.entries(tooBusy)) {
      it(`waits after ${name} and repeats: then 404 with JSON is gone (H16)`, async () => {
        const gone = await change("deleteById", { changes: [{ carriedOut: true, answer }] });
        assert.deepEqual([gone.settled.outcome, gone.changing, gone.control.waits.length], ["gone", 2, 1]);
        const fault = { carriedOut: false, answer };
        const done = await change("deleteById", { changes: [fault, fault, fault] });
        assert.deepEqual([done.settled.outcome, done.changing], ["done", 4]);
        const busy = { changes: Array<typeof fault>(20).fill(fault) };
        const never = await change("deleteById", busy);
        // Whether a 503 was carried out is not known, and looking again would only add to the load.
        assert.deepEqual(
          [never.settled.outcome, never.settled.settles, never.changing],
          ["unknown", false, 11],
        );
      });
    }

    it("does not know, and sends nothing more, where the look itself fails", async () => {
      const lost = { carriedOut: true, answer: reply.reset() };
      const always = (answer: ScriptedReply) => ({
        changes: [lost],
        reads: Array<ScriptedReply>(9).fill(answer),
      });
      for (const script of [
        always(said(500, "x")),
        always(reply.reset()),
        always(said(401, "x")),
        always(reply.html(403, "no")),
        always(reply.redirect(302, "/login")),
        always(reply.html(200, "<html>login</html>")),
        always(reply.empty(404)),
        always(reply.html(404, "<h1>404</h1>")),
        always(reply.empty(405)),
        always(reply.json(200, { records: [], count: 0, status: 200 })),
        always(reply.json(200, { records: [{ ID: 12 }], count: 1, status: 200 })),
        always(reply.json(200, { records: [{ ID: 11 }, { ID: 12 }], count: 2, status: 200 })),
        always(reply.json(200, { records: [{ ID: 11 }], count: 1, status: 500 })),
        always(reply.json(200, { status: 404, error: "Dialler contact not found" })),
        always(reply.cut(200, '{"records":[]}')),
        always(reply.empty(200)),
        always(reply.empty(204)),
      ]) {
        const { settled, changing } = await change("deleteById", script);
        assert.deepEqual([settled.outcome, changing], ["unknown", 1]);
      }
    });

    it("looks with the batch read where the server cannot read one contact", async () => {
      const missing = [reply.empty(404), reply.empty(404)];
      const lost = (carriedOut: boolean) => ({
        changes: [{ carriedOut, answer: reply.reset() }],
        reads: missing,
        batchRead: true,
      });
      const gone = await change("deleteById", lost(true));
      assert.equal(gone.settled.outcome, "gone");
      assert.deepEqual(gone.requests.slice(1), ["GET /11", "GET /contact/11", "POST ?languagesID=1"]);
      const done = await change("deleteById", lost(false));
      assert.deepEqual([done.settled.outcome, done.changing], ["done", 2]);
    });
  });

  describe("lock and unlock by ID", () => {
    const byId = ["lockById", "unlockById"] as const;

    for (const [name, answer] of Object.entries(losses)) {
      it(`sends once more after ${name}, then looks`, async () => {
        for (const kind of byId) {
          for (const carriedOut of [true, false]) {
            const once = await change(kind, { changes: [{ carriedOut, answer }] });
            assert.deepEqual([once.settled.outcome, once.changing, once.requests.length], ["done", 2, 2]);
            assert.ok(isApplied(kind, once.dialler));
            const fault = { carriedOut, answer };
            const twice = await change(kind, { changes: [fault, fault, fault] });
            assert.deepEqual(
              [twice.settled.outcome, twice.settled.settles, twice.changing],
              [carriedOut ? "done" : "unknown", !carriedOut, 2],
            );
            assert.match(twice.requests[2] ?? "", /^GET \/1[12]$/);
          }
        }
      });
    }

    it("does not know where the server does not tell the lock, or cannot be read", async () => {
      const lost = { carriedOut: true, answer: reply.reset() };
      for (const script of [{ lockMember: "" }, { reads: Array<ScriptedReply>(9).fill(said(500, "x")) }]) {
        const { settled, changing } = await change("lockById", { ...script, changes: [lost, lost] });
        assert.deepEqual([settled.outcome, changing], ["unknown", 2]);
      }
    });

    it("reads the lock from the member that the setting names", async () => {
      const lost = { carriedOut: true, answer: reply.reset() };
      const dialler = new FaultyDialler({ changes: [lost, lost], lockMember: "gesperrt" });
      const server = await start(dialler.handler);
      const client = clientFor(server.baseUrl, { lockField: "gesperrt" });
      assert.equal((await client.change("lock", { id: 11 }, { control: quickControl() })).outcome, "done");
    });

    it("looks once after 409: done where it is so already, else failed with the server's words (H10)", async () => {
      const conflict = { carriedOut: false, answer: said(409, "not now") };
      const failed = await change("lockById", { changes: [conflict] });
      assert.deepEqual(
        [failed.settled.outcome, failed.requests],
        ["failed", ["PATCH /contact/11/lock", "GET /11"]],
      );
      assert.match(failed.settled.reason ?? "", /not now/);
      assert.equal(failed.settled.status, 409);
      const already = await change("lockById", { changes: [{ ...conflict, carriedOut: true }] });
      assert.deepEqual([already.settled.outcome, already.changing, already.requests.length], ["done", 1, 2]);
      assert.doesNotMatch(already.settled.reason ?? "", /lost/);
    });

    it("fails after 409 also where the look shows nothing: the server said no", async () => {
      const changes = [{ carriedOut: false, answer: said(409, "not now") }];
      for (const script of [{ lockMember: "" }, { reads: Array<ScriptedReply>(9).fill(said(500, "x")) }]) {
        const { settled, changing } = await change("lockById", { ...script, changes });
        assert.deepEqual([settled.outcome, changing], ["failed", 1]);
        assert.match(settled.reason ?? "", /not now/);
      }
    });

    it("does not know after 409 where an earlier request was lost and the look shows nothing", async () => {
      const changes = [
        { carriedOut: true, answer: reply.reset() },
        { carriedOut: false, answer: said(409, "already") },
      ];
      assert.equal((await change("lockById", { changes, lockMember: "" })).settled.outcome, "unknown");
      assert.equal((await change("lockById", { changes })).settled.outcome, "done");
    });
  });
});
