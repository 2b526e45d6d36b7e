import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../../src/dialler/api/changeRules";
import type { ChangeOutcome, ChangeSettled, Target } from "../../../../src/dialler/api/change";
import { ReadOnlyEndpoint } from "../../../../src/dialler/api/http/replyErrors";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import { Secrets } from "../../../../src/dialler/api/secrets";
import {
  clientFor,
  closedPort,
  type QuickControl,
  quickControl,
  scriptedServers,
  token,
} from "../../../support/dialler/clientFor";
import { type Fault, FaultyDialler, type FaultyScript } from "../../../support/dialler/faultyDialler";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import type { ScriptedServer } from "../../../support/dialler/scriptedServer";

const kinds = {
  deleteById: { change: "delete", target: { id: 11 } },
  lockById: { change: "lock", target: { id: 11 } },
  unlockById: { change: "unlock", target: { id: 12 } },
  deleteByUserData: { change: "delete", target: { userData: "DUP" } },
  lockByUserData: { change: "lock", target: { userData: "DUP" } },
} as const satisfies Record<string, { change: Change; target: Target }>;
type Kind = keyof typeof kinds;
const everyKind = Object.keys(kinds) as Kind[];

const said = (status: number, error: string) => reply.json(status, { status, error });
const noSuchContact = said(404, "Dialler contact not found");

/** Answers after which the change may or may not have been made. */
const losses = {
  RST: reply.reset(),
  "a closed connection": reply.hangUp(),
  "NOT HTTP": reply.notHttp(),
  "a 70 kB header": reply.hugeHeader(200),
  "half a status line": reply.raw("HTTP/1.1 20", "close"),
  "500 JSON": said(500, "oops"),
  "500 empty": reply.empty(500),
  "502 HTML": reply.html(502, "<h1>Bad Gateway</h1>"),
  "503 without Retry-After": said(503, "down"),
  "503 with an unreadable Retry-After": reply.empty(503, { "Retry-After": "soon" }),
  "504": reply.empty(504),
  "a status that HTTP does not know": reply.raw("HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n"),
} as const;

/** Which rows of the table of faults an answer is. */
const byKeyRows: Readonly<Record<string, string>> = { RST: "N07", "503 without Retry-After": "N08" };
const byIdRows: Readonly<Record<string, string>> = {
  RST: "N04",
  "NOT HTTP": "N14",
  "a 70 kB header": "N15",
  "503 without Retry-After": "H16",
};
const rowsOf = (name: string, rows: Readonly<Record<string, string>>): string =>
  rows[name] === undefined ? "" : ` (${rows[name]})`;

/** Answers by which the server says no. */
const refusals: Record<string, { answer: ScriptedReply; outcome: ChangeOutcome; stops: boolean }> = {
  "400 (H11)": { answer: said(400, "missing"), outcome: "failed", stops: false },
  "409": { answer: said(409, "precondition"), outcome: "failed", stops: false },
  "422": { answer: reply.empty(422), outcome: "failed", stops: false },
  "404 JSON (H07)": { answer: noSuchContact, outcome: "notFound", stops: false },
  "404 empty (H08)": { answer: reply.empty(404), outcome: "failed", stops: true },
  "404 HTML": { answer: reply.html(404, "<h1>404</h1>"), outcome: "failed", stops: true },
  "404 of a framework": {
    answer: reply.json(404, { status: 404, error: "Not Found", path: "/x", timestamp: "now" }),
    outcome: "failed",
    stops: true,
  },
  "401": { answer: said(401, "Unauthorized"), outcome: "failed", stops: true },
  "403 HTML (H06)": { answer: reply.html(403, "<b>no</b>"), outcome: "failed", stops: true },
  "405": { answer: reply.empty(405), outcome: "failed", stops: true },
  "407": { answer: reply.html(407, "proxy"), outcome: "failed", stops: true },
  "301": { answer: reply.redirect(301, "/x"), outcome: "failed", stops: true },
  "302": { answer: reply.redirect(302, "/x"), outcome: "failed", stops: true },
  "307": { answer: reply.redirect(307, "/x"), outcome: "failed", stops: true },
  "308": { answer: reply.redirect(308, "/x"), outcome: "failed", stops: true },
  "304": { answer: reply.raw("HTTP/1.1 304 X\r\n\r\n"), outcome: "failed", stops: true },
};

describe("settleChange", () => {
  const start = scriptedServers();

  interface Ended {
    readonly settled: ChangeSettled;
    readonly dialler: FaultyDialler;
    readonly server: ScriptedServer;
    readonly control: QuickControl;
    /** As method and path below the contacts, in the order of arrival. */
    readonly requests: readonly string[];
    readonly changing: number;
  }

  async function change(
    kind: Kind,
    script: FaultyScript,
    more: { readonly requestSeconds?: number; readonly control?: QuickControl } = {},
  ): Promise<Ended> {
    const dialler = new FaultyDialler(script);
    const server = await start(dialler.handler);
    const control = more.control ?? quickControl();
    const limits = { requestSeconds: more.requestSeconds ?? 5, listSeconds: 5, listMegabytes: 50 };
    const { change, target } = kinds[kind];
    const settled = await clientFor(server.baseUrl, { limits }).change(change, target, { control: control });
    const requests = server.requests.map(
      ({ method, path }) => `${method} ${path.split("/contacts")[1] ?? path}`,
    );
    return { settled, dialler, server, control, requests, changing: server.changing().length };
  }

  /** Whether the change has been made on the server. */
  function isApplied(kind: Kind, dialler: FaultyDialler): boolean {
    switch (kind) {
      case "deleteById":
        return !dialler.ids.includes(11);
      case "deleteByUserData":
        return dialler.ids.length < 3;
      case "lockById":
      case "lockByUserData":
        return dialler.isLocked(11) === true;
      case "unlockById":
        return dialler.isLocked(12) === false;
    }
  }

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
      });
      assert.ok(isApplied(kind, dialler));
    }
  });

  describe("by UserData", () => {
    for (const [name, answer] of Object.entries({
      ...losses,
      "503 with Retry-After": reply.empty(503, { "Retry-After": "0" }),
      "200 with a failure in the body": reply.json(200, { status: 500, error: "x" }),
      "200 HTML": reply.html(200, "<html>login</html>"),
    })) {
      it(`never sends again after ${name}, and does not know what happened${rowsOf(name, byKeyRows)}`, async () => {
        for (const kind of ["deleteByUserData", "lockByUserData"] as const) {
          for (const carriedOut of [true, false]) {
            const { settled, requests, dialler } = await change(kind, { changes: [{ carriedOut, answer }] });
            assert.equal(settled.outcome, "unknown");
            assert.equal(requests.length, 1, "neither a repeat nor a look");
            assert.equal(dialler.ids.length, kind === "deleteByUserData" && carriedOut ? 2 : 3);
            assert.equal(settled.stopsRun, false);
          }
        }
      });
    }

    it("never sends again after 429", async () => {
      for (const header of [{}, { "Retry-After": "0" }]) {
        const changes = [{ carriedOut: false, answer: reply.empty(429, header) }];
        const { settled, requests } = await change("deleteByUserData", { changes });
        assert.deepEqual([settled.outcome, settled.stopsRun, requests.length], ["failed", false, 1]);
      }
    });

    it("never sends again after its deadline (N09)", async () => {
      const changes = [{ carriedOut: true, answer: reply.hang() }];
      const { settled, requests, dialler } = await change(
        "deleteByUserData",
        { changes },
        { requestSeconds: 0.15 },
      );
      assert.deepEqual([settled.outcome, requests.length], ["unknown", 1]);
      assert.equal(dialler.ids.length, 2);
    });

    it("sends at most one request that can change something, whatever happens", async function () {
      this.timeout(10_000);
      const answers = [
        ...Object.values(losses),
        ...Object.values(refusals).map(({ answer }) => answer),
        reply.empty(429),
        reply.empty(503, { "Retry-After": "0" }),
        reply.json(200, { status: 500 }),
        reply.html(200, "<html>"),
        reply.cut(200, '{"status":200}'),
      ];
      const fault = fc.record({ carriedOut: fc.boolean(), answer: fc.constantFrom(...answers) });
      const kind = fc.constantFrom("deleteByUserData", "lockByUserData" as const);
      await fc.assert(
        fc.asyncProperty(kind, fc.array(fault, { minLength: 1, maxLength: 4 }), async (which, changes) => {
          const { requests, changing } = await change(which, { changes });
          assert.equal(changing, 1);
          assert.equal(requests.length, 1);
        }),
        { numRuns: 60 },
      );
    });
  });

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

      it(`fails after ${name} twice with the contact still there`, async () => {
        const fault = { carriedOut: false, answer };
        const { settled, changing, dialler } = await change("deleteById", { changes: [fault, fault, fault] });
        assert.deepEqual([settled.outcome, settled.stopsRun, changing], ["failed", false, 2]);
        assert.equal(dialler.ids.length, 3);
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
          { carriedOut: false, answer: said(404, "x") },
        ],
      });
      assert.equal(busy.settled.outcome, "gone");
    });

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

    for (const [name, answer] of Object.entries({
      ...losses,
      "503 with Retry-After": reply.empty(503, { "Retry-After": "0" }),
    })) {
      it(`sends once more after ${name}, then looks`, async () => {
        for (const kind of byId) {
          for (const carriedOut of [true, false]) {
            const once = await change(kind, { changes: [{ carriedOut, answer }] });
            assert.deepEqual([once.settled.outcome, once.changing, once.requests.length], ["done", 2, 2]);
            assert.ok(isApplied(kind, once.dialler));
            const fault = { carriedOut, answer };
            const twice = await change(kind, { changes: [fault, fault, fault] });
            assert.deepEqual([twice.settled.outcome, twice.changing], [carriedOut ? "done" : "failed", 2]);
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

  for (const [name, { answer, outcome, stops }] of Object.entries(refusals)) {
    it(`sends nothing more after ${name}, whatever the change: ${outcome}${stops ? ", and the run stops" : ""}`, async () => {
      for (const kind of everyKind) {
        const { settled, changing, dialler } = await change(kind, {
          changes: [{ carriedOut: false, answer }],
        });
        assert.deepEqual([settled.outcome, settled.stopsRun, changing], [outcome, stops, 1], kind);
        assert.ok(settled.error !== undefined && settled.reason !== undefined && settled.reason.length > 10);
        assert.doesNotMatch(settled.reason, /<|tok-SECRET/);
        assert.equal(dialler.ids.length, 3);
      }
    });
  }

  it("waits as the server asks after 429, sends by ID once more, and slows the run down", async () => {
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
        const twice = await change(kind, { changes: [fault, fault, fault] });
        assert.deepEqual([twice.settled.outcome, twice.changing], ["failed", 2]);
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
      [reply.json(200, {}), undefined],
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

  it("does not know what a 2xx means whose body reports a failure", async () => {
    for (const body of [{ status: 500, error: "x" }, { status: "500" }, { status: 404, error: "x" }]) {
      for (const kind of everyKind) {
        const { settled, requests } = await change(kind, {
          changes: [{ carriedOut: false, answer: reply.json(200, body) }],
        });
        assert.deepEqual([settled.outcome, requests.length], ["unknown", 1]);
      }
    }
  });

  it("looks after a page of HTML with 200: it was not the dialler who answered", async () => {
    const page = reply.html(200, "\r\n <!doctype html><title>Login</title>");
    for (const [kind, whenMade] of [
      ["deleteById", "gone"],
      ["lockById", "done"],
      ["unlockById", "done"],
    ] as const) {
      for (const carriedOut of [true, false]) {
        const { settled, changing } = await change(kind, { changes: [{ carriedOut, answer: page }] });
        assert.deepEqual([settled.outcome, changing], [carriedOut ? whenMade : "failed", 1]);
      }
    }
  });

  it("sends again what certainly never left, by UserData too, and once only", async () => {
    for (const kind of everyKind) {
      const port = await closedPort();
      const dialler = new FaultyDialler({});
      const servers: ScriptedServer[] = [];
      const control = quickControl({
        wait: async () => {
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
      ["deleteById", false, "failed"],
      ["lockById", true, "done"],
      ["lockById", false, "failed"],
    ] as const) {
      const changes = [{ carriedOut, answer: reply.reset() }];
      const { settled, changing } = await change(kind, { changes }, { control: control() });
      assert.deepEqual([settled.outcome, changing], [outcome, 1]);
    }
    const busy = [{ carriedOut: false, answer: reply.empty(429) }];
    const { settled, changing } = await change("deleteById", { changes: busy }, { control: control() });
    assert.deepEqual([settled.outcome, changing], ["failed", 1]);
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
      const wait = (): Promise<boolean> => {
        cancel.abort();
        return Promise.resolve(false);
      };
      const control = quickControl({ cancelled: cancel.signal, wait });
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

  it("says how it ended truly, and sends by ID at most twice, whatever happens in whatever order", async function () {
    this.timeout(10_000);
    const unclear = [
      ...Object.values(losses),
      reply.empty(503, { "Retry-After": "0" }),
      reply.html(200, "<html>"),
    ];
    const noes = [reply.empty(429), ...Object.values(refusals).map(({ answer }) => answer)].filter(
      (answer) => answer !== noSuchContact,
    );
    const fault: fc.Arbitrary<Fault> = fc.oneof(
      fc.record({ carriedOut: fc.boolean(), answer: fc.constantFrom(...unclear) }),
      fc.record({ carriedOut: fc.constant(false), answer: fc.constantFrom(...noes) }),
    );
    const read = fc.option(
      fc.constantFrom(reply.reset(), said(500, "x"), reply.html(200, "<"), reply.empty(404)),
      {
        nil: undefined,
        freq: 3,
      },
    );
    const byId = fc.constantFrom("deleteById", "lockById", "unlockById" as const);
    const script = fc.record({
      changes: fc.array(fault, { minLength: 1, maxLength: 3 }),
      reads: fc.array(read, { maxLength: 6 }),
      batchRead: fc.boolean(),
      lockMember: fc.constantFrom("bLocked", ""),
    });
    await fc.assert(
      fc.asyncProperty(byId, script, async (kind, faults) => {
        const { settled, changing, dialler } = await change(kind, faults);
        assert.ok(changing <= 2);
        const { outcome } = settled;
        if (outcome === "done" || outcome === "gone") assert.ok(isApplied(kind, dialler), outcome);
        if (outcome === "failed") assert.ok(!isApplied(kind, dialler), outcome);
        assert.notEqual(outcome, "notFound");
        assert.ok(!(settled.reason ?? "").includes(token));
      }),
      { numRuns: 150 },
    );
  });

  it("says nothing that keeps the token once it has passed the redaction, also where a server throws it back (H35)", async () => {
    const secrets = new Secrets();
    secrets.add(token);
    for (const status of [400, 404, 409, 500, 503]) {
      const changes = [
        { carriedOut: false, answer: said(status, `got Authorization: Bearer ${token}, ${token}`) },
      ];
      const { settled } = await change("deleteByUserData", { changes });
      assert.match(settled.reason ?? "", /got Authorization/);
      assert.ok(!secrets.redact(settled.reason ?? "").includes(token));
      assert.ok(!String(settled.error?.stack).includes(token));
    }
  });
});
