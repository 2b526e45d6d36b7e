import assert from "node:assert/strict";
import fc from "fast-check";
import type { ApiError } from "../../../../src/dialler/api/http/apiError";
import { ProxyRefused } from "../../../../src/dialler/api/http/connectionErrors";
import { exchange } from "../../../../src/dialler/api/http/exchange";
import {
  Forbidden,
  NoSuchContact,
  NoSuchPath,
  Redirected,
  Refused,
  ServerFailed,
  TokenRejected,
  TooBusy,
} from "../../../../src/dialler/api/http/replyErrors";
import { replyFailure } from "../../../../src/dialler/api/replyFailure";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { accessTo, scriptedServers } from "../../../support/dialler/clientFor";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import { token } from "../../../support/dialler/token";

describe("replyFailure", () => {
  const start = scriptedServers();
  const failureFor = async (answer: ScriptedReply): Promise<ApiError> => {
    const server = await start(() => answer);
    const call = {
      method: "DELETE",
      path: ["dialler", "contacts", "contact", 5],
      deadlines: { totalMs: 2000 },
    } as const;
    return replyFailure(await exchange(accessTo(server.baseUrl), call));
  };
  const said = (status: number, error: string, more = {}) => reply.json(status, { status, error, ...more });

  it("takes a 404 with the dialler's own JSON for a missing contact, with the server's words", async () => {
    for (const answer of [
      said(404, "Dialler contact not found"),
      said(404, ""),
      reply.json(404, { status: "404", error: "gone" }),
      reply.text(404, '\ufeff {"status":404,"error":"x"} '),
      reply.gzipped(404, { status: 404, error: "zipped" }),
      reply.text(404, Buffer.from('{"status":404,"error":"Rufnummer für Müller"}', "latin1"), {
        "Content-Type": "application/json; charset=iso-8859-1",
      }),
    ]) {
      const error = await failureFor(answer);
      assert.ok(error instanceof NoSuchContact, error.message);
      assert.ok(error.sentence.includes(error.serverText));
      assert.doesNotMatch(error.serverText, /\ufffd/);
    }
  });

  it("takes every other 404 for a missing path: nothing may be concluded about the contact", async () => {
    for (const answer of [
      reply.empty(404),
      reply.html(404, "<h1>Not Found</h1>"),
      reply.text(404, "not found"),
      reply.text(404, '{"status":404,"error":"cu'),
      reply.cut(404, '{"status":404,"error":"Dialler contact not found"}', 20),
      reply.cut(404, '{"status":404,"error":"Dialler contact not found"}', 0),
      reply.json(404, {}),
      reply.json(404, null),
      reply.json(404, []),
      reply.json(404, [{ status: 404, error: "x" }]),
      reply.json(404, "Dialler contact not found"),
      reply.json(404, { status: 404 }),
      reply.json(404, { status: 404, error: null }),
      reply.json(404, { error: "Not Found" }),
      reply.json(404, { status: 200, error: "x" }),
      reply.json(404, { status: 500, error: "x" }),
      reply.json(404, { statusCode: 404, message: "Cannot DELETE /x", error: "Not Found" }),
      reply.json(404, { message: "no Route matched with those values" }),
      said(404, "Not Found", { path: "/rest/v1.0/7/x", timestamp: "2026-01-01T00:00:00Z" }),
      said(404, "Not Found", { path: "/rest/v1.0/7/x" }),
      said(404, "Not Found", { timestamp: 1 }),
      said(404, "Not Found"),
      said(404, "Dialler contact not found".padEnd(300_000, ".")),
      reply.json(404, { type: "about:blank", title: "Not Found", status: 404, detail: "No static resource" }),
      reply.text(404, '{"status":404,"error":"x"}', { "Content-Encoding": "br" }),
    ]) {
      const error = await failureFor(answer);
      assert.ok(error instanceof NoSuchPath, error.message);
      assert.match(error.sentence, /Endpoint not found/);
      assert.equal(error.next, "checkEndpoint");
    }
  });

  it("tells the statuses apart that need different steps of a person", async () => {
    for (const [answer, kind, status, next] of [
      [said(401, "Unauthorized"), TokenRejected, 401, "setToken"],
      [reply.html(403, "<b>no</b>"), Forbidden, 403, "setToken"],
      [reply.empty(405), NoSuchPath, 405, "checkEndpoint"],
      [said(405, "x"), NoSuchPath, 405, "checkEndpoint"],
      [reply.html(407, "proxy"), ProxyRefused, 407, "checkEndpoint"],
      [said(400, "missing parameter"), Refused, 400, "showLog"],
      [said(409, "already locked"), Refused, 409, "showLog"],
      [reply.empty(422), Refused, 422, "showLog"],
      [reply.empty(499), Refused, 499, "showLog"],
      [said(500, "oops"), ServerFailed, 500, "retry"],
      [reply.html(502, "<h1>Bad Gateway</h1>"), ServerFailed, 502, "retry"],
      [said(503, "down"), TooBusy, 503, "retry"],
      [reply.empty(504), ServerFailed, 504, "retry"],
      [said(429, "slow"), TooBusy, 429, "retry"],
    ] as const) {
      const error = await failureFor(answer);
      assert.ok(error instanceof kind, error.message);
      assert.equal(error.status, status);
      assert.equal(error.next, next);
      assert.doesNotMatch(error.sentence, /</);
    }
  });

  it("takes a status that no client knows for one after which anything may have happened", async () => {
    for (const line of ["099 X", "000 X", "101 X", "600 X", "999 X"]) {
      const error = await failureFor(reply.raw(`HTTP/1.1 ${line}\r\nContent-Length: 0\r\n\r\n`));
      assert.ok(error instanceof ServerFailed, `${line} ${error.name}`);
    }
  });

  it("says where a redirect of any kind leads, without its query and without user or password", async () => {
    for (const status of [301, 302, 303, 307, 308] as const) {
      const error = await failureFor(reply.redirect(status, "https://u:p@evil.example/login?token=x#y"));
      assert.ok(error instanceof Redirected);
      assert.equal(error.target, "https://evil.example/login");
      assert.match(error.sentence, /redirected to https:\/\/evil\.example\/login /);
      assert.doesNotMatch(error.sentence, /token=|u:p/);
    }
    for (const [location, target] of [
      ["/login", /^http:\/\/127\.0\.0\.1:\d+\/login$/],
      ["javascript:alert(1)", /^javascript:$/],
      ["http://[", /^$/],
    ] as const) {
      const error = await failureFor(reply.redirect(302, location));
      assert.ok(error instanceof Redirected);
      assert.match(error.target, target);
    }
    for (const answer of [
      reply.empty(302),
      reply.raw("HTTP/1.1 304 X\r\n\r\n"),
      reply.raw("HTTP/1.1 300 X\r\n\r\n", "close"),
    ]) {
      const error = await failureFor(answer);
      assert.ok(error instanceof Redirected);
      assert.match(error.sentence, /an unnamed address/);
    }
  });

  it("reads Retry-After in seconds and as a date", async () => {
    const error = await failureFor(reply.empty(429, { "Retry-After": "2" }));
    assert.ok(error instanceof TooBusy && error.retryAfterMs === 2000);
    const inThreeSeconds = new Date(Date.now() + 3000).toUTCString();
    const dated = await failureFor(reply.empty(503, { "Retry-After": inThreeSeconds }));
    assert.ok(dated instanceof TooBusy && dated.retryAfterMs !== undefined);
    assert.ok(dated.retryAfterMs <= 3000);
  });

  it("takes no wait from a Retry-After that cannot be read", async () => {
    for (const header of ["-5", "soon", "", "1e3", "2.5", "NaN", "Infinity", "99999999999", ["1", "2"]]) {
      const busy = await failureFor(reply.empty(429, { "Retry-After": header }));
      assert.ok(busy instanceof TooBusy && busy.retryAfterMs === undefined, String(header));
      const down = await failureFor(reply.empty(503, { "Retry-After": header }));
      assert.ok(down instanceof TooBusy && down.retryAfterMs === undefined, String(header));
    }
  });

  it("keeps the server's words for the log, cut where no half of a token can stay behind", async () => {
    const secrets = new Secrets();
    secrets.add(token);
    for (let before = 480; before <= 505; before++) {
      const error = await failureFor(
        said(400, `${"x".repeat(before - 1)} ${token} and so on ${"y ".repeat(300)}`),
      );
      assert.ok(error instanceof Refused);
      assert.ok(error.serverText.length <= 501);
      assert.doesNotMatch(secrets.redact(error.sentence), /tok-/);
    }
    const short = await failureFor(said(400, "the whole of it"));
    assert.ok(short instanceof Refused && short.serverText === "the whole of it");
  });

  it("never throws, whatever the body", async () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => `{"status":404,"error":${json}}`),
    );
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom(400, 404, 500), async (body, status) => {
        const error = await failureFor(reply.text(status, body));
        assert.equal(error.status, status);
        assert.equal(typeof error.sentence, "string");
      }),
      { numRuns: 60 },
    );
  });
});
