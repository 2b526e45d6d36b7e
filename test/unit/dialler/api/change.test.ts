import assert from "node:assert/strict";
import { ReadOnlyEndpoint } from "../../../../src/dialler/api/http/replyErrors";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import { clientFor, closedPort, quickControl, scriptedServers } from "../../../support/dialler/clientFor";
import { FaultyDialler } from "../../../support/dialler/faultyDialler";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedServer } from "../../../support/dialler/scriptedServer";
import {
  kinds,
  everyKind,
  said,
  refusals,
  changesOnDiallers,
  isApplied,
  rowsOf,
} from "../../../support/dialler/settledChange";

const refusalRows: Readonly<Record<string, string>> = {
  "400": "H11",
  "403 HTML": "H06",
  "404 JSON": "H07",
  "404 empty": "H08",
};

describe("settleChange", () => {
  const start = scriptedServers();
  const change = changesOnDiallers(start);

  it("sends one request without a body where nothing goes wrong", async () => {
    for (const [kind, request] of [
      ["deleteById", "DELETE /contact/11"],
      ["lockById", "PATCH /contact/11/lock"],
      ["unlockById", "PATCH /contact/12/unlock"],
      ["deleteByUserData", "DELETE /contact?userData=DUP"],
      ["lockByUserData", "PATCH /contact/lock?userData=DUP"],
    ] as const) {
      const { settled, requests, dialler, server } = await change(kind, {});
      assert.deepEqual(requests, [request]);
      assert.equal(server.requests[0]?.body, "");
      const { ms, ...rest } = settled;
      assert.ok(ms >= 0);
      assert.deepEqual(rest, {
        outcome: "done",
        status: 200,
        reason: undefined,
        error: undefined,
        stopsRun: false,
        settles: false,
        warns: false,
      });
      assert.ok(isApplied(kind, dialler));
    }
  });

  for (const [name, { answer, outcome, stops }] of Object.entries(refusals)) {
    it(`sends nothing more after ${name}${rowsOf(name, refusalRows)}, whatever the change: ${outcome}${stops ? ", and the run stops" : ""}`, async () => {
      for (const kind of everyKind) {
        const { settled, changing, dialler } = await change(kind, {
          changes: [{ carriedOut: false, answer }],
        });
        assert.deepEqual([settled.outcome, settled.stopsRun, changing], [outcome, stops, 1], kind);
        assert.ok(settled.error !== undefined && settled.reason !== undefined && settled.reason.length > 10);
        assert.doesNotMatch(settled.reason, /<|SECRET/);
        assert.equal(dialler.ids.length, 3);
      }
    });
  }

  it("waits as the server asks after 429, sends by ID again, and slows the run down", async () => {
    for (const kind of ["deleteById", "lockById", "unlockById"] as const) {
      for (const [headers, wait] of [
        [{ "Retry-After": "2" }, { ms: 2000, why: "serverAsked" }],
        [{}, { ms: 250, why: "backOff" }],
        [{ "Retry-After": "-5" }, { ms: 250, why: "backOff" }],
        [{ "Retry-After": "soon" }, { ms: 250, why: "backOff" }],
        [{ "Retry-After": ["1", "2"] }, { ms: 250, why: "backOff" }],
      ] as const) {
        const fault = { carriedOut: false, answer: reply.empty(429, headers) };
        const once = await change(kind, { changes: [fault] });
        assert.deepEqual([once.settled.outcome, once.changing], ["done", 2]);
        assert.deepEqual(once.control.waits, [wait]);
        assert.equal(once.control.timesBusy(), 1);
        // Being too busy takes nothing from the budget of repeats.
        const often = await change(kind, { changes: [fault, fault, fault] });
        assert.deepEqual([often.settled.outcome, often.changing], ["done", 4]);
        const always = await change(kind, { changes: Array<typeof fault>(20).fill(fault) });
        assert.deepEqual(
          [always.settled.outcome, always.settled.settles, always.changing],
          ["failed", false, 11],
        );
      }
    }
  });

  it("slows the run down after every 503, whether or not it says how long", async () => {
    for (const headers of [{}, { "Retry-After": "0" }, { "Retry-After": "soon" }]) {
      const changes = [{ carriedOut: false, answer: reply.empty(503, headers) }];
      const { control } = await change("deleteById", { changes });
      assert.equal(control.timesBusy(), 1);
    }
  });

  it("takes the status line's word where the body is empty, cut or something else, with a warning (H25)", async () => {
    for (const [answer, warning] of [
      [reply.empty(204), undefined],
      [reply.json(200, { status: 200 }), undefined],
      [reply.empty(200), /empty/],
      [reply.cut(200, '{"status":200}'), /cut off/],
      [reply.text(200, '{"status":2'), /cut off/],
    ] as const) {
      for (const kind of everyKind) {
        const { settled, requests } = await change(kind, { changes: [{ carriedOut: true, answer }] });
        assert.deepEqual([settled.outcome, requests.length], ["done", 1]);
        if (warning === undefined) assert.equal(settled.reason, undefined);
        else assert.match(settled.reason ?? "", warning);
      }
    }
  });

  // Anything else than a JSON object with a status of 2xx is somebody else's answer, and proves nothing.
  const foreign = {
    "a page of HTML": reply.html(200, "\r\n <!doctype html><title>Login</title>"),
    "half a page of HTML": reply.text(200, '{"a page', { "Content-Type": "text/html" }),
    "a text": reply.text(200, "OK"),
    "an object without a status": reply.json(200, {}),
    "an error without a status": reply.json(200, { error: "maintenance" }),
    "a status as text": reply.json(200, { status: "200" }),
    "a status of 500": reply.json(200, { status: 500, error: "x" }),
    "a status of 500 as text": reply.json(200, { status: "500" }),
    "a status of 404": reply.json(200, { status: 404, error: "x" }),
    "an array": reply.json(200, []),
    null: reply.json(200, null),
    "problem+json": reply.json(
      200,
      { status: 200, title: "x" },
      { "Content-Type": "application/problem+json" },
    ),
  };
  for (const [name, answer] of Object.entries(foreign)) {
    it(`looks after ${name} with 200, which does not come from a dialler (A01)`, async () => {
      for (const [kind, whenMade] of [
        ["deleteById", "gone"],
        ["lockById", "done"],
        ["unlockById", "done"],
      ] as const) {
        const made = await change(kind, { changes: [{ carriedOut: true, answer }] });
        assert.deepEqual([made.settled.outcome, made.settled.stopsRun, made.changing], [whenMade, false, 1]);
        assert.ok((made.settled.reason ?? "").length > 20);
        // One that the read does not confirm ends the run: the next answer would not be the dialler's either.
        const not = await change(kind, { changes: [{ carriedOut: false, answer }] });
        assert.deepEqual([not.settled.outcome, not.settled.stopsRun, not.changing], ["unknown", true, 1]);
      }
      const byKey = await change("deleteByUserData", { changes: [{ carriedOut: false, answer }] });
      assert.deepEqual([byKey.settled.outcome, byKey.requests.length], ["unknown", 1]);
    });
  }

  it("sends again what certainly never left, by UserData too, and once only", async () => {
    for (const kind of everyKind) {
      const port = await closedPort();
      const dialler = new FaultyDialler({});
      const servers: ScriptedServer[] = [];
      const control = quickControl({
        backOff: async () => {
          servers.push(await start(dialler.handler, { port }));
          return true;
        },
      });
      const { change, target } = kinds[kind];
      const settled = await clientFor(`http://127.0.0.1:${port}/rest/v1.0/7`).change(change, target, {
        control: control,
      });
      assert.equal(settled.outcome, "done");
      assert.equal(servers[0]?.changing().length, 1);
    }
    let attempts = 0;
    const log = { debug: () => attempts++, trace: () => undefined };
    for (const { change, target } of Object.values(kinds)) {
      attempts = 0;
      const client = clientFor(`http://127.0.0.1:${await closedPort()}/rest/v1.0/7`, { log });
      const settled = await client.change(change, target, { control: quickControl() });
      assert.deepEqual(
        [settled.outcome, settled.status, settled.stopsRun, attempts],
        ["failed", undefined, false, 2],
      );
    }
  });

  it("stops the run, having sent nothing, at a certificate that is not trusted", async () => {
    const server = await start(() => reply.json(200, {}), { tls: "selfSigned" });
    for (const { change, target } of Object.values(kinds)) {
      const settled = await clientFor(server.baseUrl).change(change, target, { control: quickControl() });
      assert.deepEqual([settled.outcome, settled.stopsRun], ["failed", true]);
    }
    assert.deepEqual([server.requests.length, server.connections()], [0, everyKind.length]);
  });

  it("repeats nothing once the budget is used up, and looks all the same", async () => {
    const control = () => quickControl({ takeRepeat: () => false });
    for (const [kind, carriedOut, outcome] of [
      ["deleteById", true, "gone"],
      // A request that was lost may still be carried out, so it is never failed.
      ["deleteById", false, "unknown"],
      ["lockById", true, "done"],
      ["lockById", false, "unknown"],
    ] as const) {
      const changes = [{ carriedOut, answer: reply.reset() }];
      const { settled, changing } = await change(kind, { changes }, { control: control() });
      assert.deepEqual([settled.outcome, changing], [outcome, 1]);
    }
    const busy = [{ carriedOut: false, answer: reply.empty(429) }];
    const { settled, changing } = await change("deleteById", { changes: busy }, { control: control() });
    assert.deepEqual([settled.outcome, changing], ["done", 2], "being too busy takes nothing from it");
  });

  it("sends nothing more, not even a look, once it is cancelled", async () => {
    for (const kind of ["deleteById", "lockById"] as const) {
      for (const [answer, outcome] of [
        [reply.reset(), "unknown"],
        [said(500, "x"), "unknown"],
        [reply.empty(503, { "Retry-After": "0" }), "unknown"],
        [reply.empty(429), "failed"],
        [said(409, "x"), "failed"],
      ] as const) {
        const control = quickControl({ cancelled: AbortSignal.abort() });
        const { settled, requests } = await change(
          kind,
          { changes: [{ carriedOut: false, answer }] },
          { control },
        );
        assert.deepEqual([settled.outcome, requests.length], [outcome, 1]);
      }
    }
  });

  it("sends nothing more when it is cancelled while it waits", async () => {
    for (const [kind, answer, outcome] of [
      ["deleteById", reply.empty(429), "failed"],
      ["deleteById", reply.empty(503, { "Retry-After": "9" }), "unknown"],
      ["lockById", reply.reset(), "unknown"],
    ] as const) {
      const cancel = new AbortController();
      const cancelled = (): Promise<boolean> => {
        cancel.abort();
        return Promise.resolve(false);
      };
      const waits = { backOff: cancelled, outlastBusy: cancelled };
      const control = quickControl({ cancelled: cancel.signal, ...waits });
      const { settled, requests } = await change(
        kind,
        { changes: [{ carriedOut: true, answer }] },
        { control },
      );
      assert.deepEqual([settled.outcome, requests.length], [outcome, 1]);
    }
  });

  it("refuses every change of a read-only endpoint before it is sent, and reads all the same", async () => {
    const dialler = new FaultyDialler({ batchRead: true });
    const server = await start(dialler.handler);
    const client = clientFor(server.baseUrl, { readOnly: true });
    for (const { change, target } of Object.values(kinds)) {
      const settled = await client.change(change, target);
      assert.deepEqual([settled.outcome, settled.stopsRun], ["failed", true]);
      assert.ok(settled.error instanceof ReadOnlyEndpoint);
      assert.match(settled.reason ?? "", /read-only/);
    }
    assert.equal((await client.change("unlock", { userData: "DUP" })).outcome, "failed");
    await assert.rejects(
      client.importContact({ Name: "X" }, { overwriteDuplicates: false }),
      ReadOnlyEndpoint,
    );
    assert.equal(server.requests.length, 0);
    assert.equal((await client.readBatch({ ids: [11] })).length, 1);
  });

  it("throws before anything is sent where the key must not be sent", async () => {
    const server = await start(() => reply.json(200, {}));
    const client = clientFor(server.baseUrl);
    for (const change of ["delete", "lock", "unlock"] as const) {
      for (const id of [0, -1, 1.5, NaN, 2 ** 53]) {
        await assert.rejects(client.change(change, { id }), InvalidKey);
      }
      for (const userData of ["", "  ", "\t", "\ud800"]) {
        await assert.rejects(client.change(change, { userData }), InvalidKey);
      }
    }
    assert.equal(server.requests.length, 0);
  });
});
