import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Agent, request, type IncomingMessage } from "node:http";
import { request as secureRequest } from "node:https";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  certificateFile,
  startScriptedServer,
  type ScriptedServer,
  type ScriptedServerOptions,
} from "../../../support/dialler/scriptedServer";

describe("scriptedServer", () => {
  let servers: ScriptedServer[] = [];
  const stopAll = async () => {
    const started = servers;
    servers = [];
    for (const server of started) await server.stop();
  };
  afterEach(stopAll);

  const start = async (handler: ScriptedServerOptions["handler"], tls?: ScriptedServerOptions["tls"]) => {
    const server = await startScriptedServer({ handler, ...(tls === undefined ? {} : { tls }) });
    servers.push(server);
    return server;
  };
  const fetched = async (scripted: ScriptedReply) => {
    const { origin } = await start(() => scripted);
    return fetch(`${origin}/`, { redirect: "manual" });
  };

  it("hands each request to the script and keeps it: method, path, headers, body, number", async () => {
    const { baseUrl, requests, changing } = await start(({ index }) => reply.json(200, { index }));
    for (const [method, path] of [
      ["GET", "/dialler/contacts?userData=a%20b"],
      ["DELETE", "/dialler/contacts/contact/5"],
      ["POST", "/dialler/contacts?languagesID=1"],
      ["POST", "/dialler/contacts/import?overwriteDuplicates=false"],
      ["PATCH", "/dialler/contacts/contact/5/lock"],
    ] as const) {
      const body = method === "POST" ? { body: JSON.stringify({ Name: "Müller ☎" }) } : {};
      const answer = await fetch(baseUrl + path, { method, headers: { "X-Test": "1" }, ...body });
      assert.deepEqual(await answer.json(), { index: requests.length - 1 });
    }
    const [first, , third] = requests;
    assert.ok(first && third);
    assert.equal(first.path, "/rest/v1.0/7/dialler/contacts?userData=a%20b");
    assert.equal(first.headers["x-test"], "1");
    assert.equal(third.body, '{"Name":"Müller ☎"}');
    assert.deepEqual(
      changing().map(({ method, index }) => [method, index]),
      [
        ["DELETE", 1],
        ["POST", 3],
        ["PATCH", 4],
      ],
    );
  });

  it("answers several requests on one connection, however their bytes are divided", async () => {
    const { port, requests, connections } = await start(({ index }) => reply.text(200, `<${index}>`));
    const socket = connect(port, "127.0.0.1");
    let said = "";
    socket.setEncoding("utf8").on("data", (piece: string) => (said += piece));
    const bytes = Buffer.from(
      "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloPOST /b HTTP/1.1\r\ncontent-length: 2\r\nX: 1\r\nX: 2\r\n\r\nü" +
        "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET /d HTTP/1.1\r\n\r\n",
    );
    for (let place = 0; place < bytes.length; place += 7) {
      socket.write(bytes.subarray(place, place + 7));
      await wait(1);
    }
    while (!said.includes("<3>")) await wait(5);
    socket.destroy();
    assert.deepEqual(
      requests.map(({ path, body }) => [path, body]),
      [
        ["/a", "hello"],
        ["/b", "ü"],
        ["/c", "abcde"],
        ["/d", ""],
      ],
    );
    assert.equal(requests[1]?.headers.x, "1, 2");
    assert.equal(connections(), 1);
  });

  it("keeps a connection open for the next request", async () => {
    const { origin, connections } = await start(() => reply.empty(404));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let time = 0; time < 3; time++) {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request(origin, { agent }, resolve).once("error", reject).end();
      });
      assert.equal(answer.statusCode, 404);
      for await (const piece of answer) assert.fail(String(piece));
    }
    agent.destroy();
    assert.equal(connections(), 1);
  });

  it("speaks JSON, HTML, nothing, redirects and several headers of one name", async () => {
    assert.deepEqual(await (await fetched(reply.json(409, { status: 409, error: "ü" }))).json(), {
      status: 409,
      error: "ü",
    });
    const page = await fetched(reply.html(502, "<h1>Bad</h1>"));
    assert.deepEqual([page.status, page.headers.get("content-type")], [502, "text/html; charset=utf-8"]);
    assert.equal((await fetched(reply.empty(204))).status, 204);
    const moved = await fetched(reply.redirect(307, "http://127.0.0.1:1/"));
    assert.deepEqual([moved.status, moved.headers.get("location")], [307, "http://127.0.0.1:1/"]);
    const twice = await fetched(reply.json(429, {}, { "Retry-After": ["1", "2"] }));
    assert.equal(twice.headers.get("retry-after"), "1, 2");
  });

  it("speaks chunks, gzip, HTTP/1.0 and early hints", async () => {
    assert.equal(await (await fetched(reply.chunked(200, ["ab", "", "ü"]))).text(), "abü");
    assert.deepEqual(await (await fetched(reply.gzipped(200, { a: 1 }))).json(), { a: 1 });
    assert.equal(await (await fetched(reply.http10(200, "{}"))).text(), "{}");
    const hinted = await fetched(reply.earlyHints(reply.json(200, [])));
    assert.deepEqual([hinted.status, await hinted.json()], [200, []]);
  });

  it("cuts a body short, resets, hangs up and speaks no HTTP", async () => {
    const cut = await fetched(reply.cut(200, '{"records":[]}', 5));
    assert.equal(cut.status, 200);
    await assert.rejects(cut.text());
    for (const [broken, code] of [
      [reply.reset(), "ECONNRESET"],
      [reply.hangUp(), "ECONNRESET"],
      [reply.notHttp(), "HPE_INVALID_CONSTANT"],
      [reply.hugeHeader(200), "HPE_HEADER_OVERFLOW"],
      [reply.raw("HTTP/1.1 200 OK\r\nConte", "close"), "ECONNRESET"],
      [reply.raw("HTTP/1.1 200 OK\r\nConte", "reset"), "ECONNRESET"],
    ] as const) {
      const { origin, requests } = await start(() => broken);
      await assert.rejects(
        new Promise((resolve, reject) =>
          request(origin, { agent: false }, resolve).once("error", reject).end(),
        ),
        { code },
      );
      assert.equal(requests.length, 1);
    }
  });

  it("never answers, drips, or answers later", async () => {
    const { origin } = await start(() => reply.hang());
    await assert.rejects(fetch(origin, { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });

    let started = Date.now();
    assert.equal(await (await fetched(reply.drip(200, "12345", 1, 20))).text(), "12345");
    assert.ok(Date.now() - started >= 75);

    started = Date.now();
    assert.equal((await fetched(reply.after(60, reply.empty(503)))).status, 503);
    assert.ok(Date.now() - started >= 55);
  });

  it("sends an endless body no faster than it is read, and ends it with the connection", async () => {
    let sent = 0;
    function* endless() {
      for (;;) {
        sent++;
        yield Buffer.alloc(64 * 1024, "x");
      }
    }
    const answer = await fetched(reply.chunked(200, endless()));
    await wait(300);
    const before = sent;
    assert.ok(before < 1000);
    await answer.body?.cancel();
    await stopAll();
    await wait(50);
    assert.ok(sent - before < 1000);
  });

  it("speaks TLS with a certificate that nobody trusts, one that has expired and one of another host", async () => {
    for (const [tls, untrusted, trusted] of [
      ["selfSigned", "DEPTH_ZERO_SELF_SIGNED_CERT", undefined],
      ["expired", "CERT_HAS_EXPIRED", "CERT_HAS_EXPIRED"],
      ["wrongHost", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ] as const) {
      const { origin, requests } = await start(() => reply.json(200, {}), tls);
      const ask = (ca?: Buffer) =>
        new Promise<IncomingMessage>((resolve, reject) => {
          secureRequest(origin, { agent: false, ca }, resolve).once("error", reject).end();
        });
      await assert.rejects(ask(), { code: untrusted });
      const ca = readFileSync(certificateFile(tls));
      if (trusted === undefined) assert.equal((await ask(ca)).statusCode, 200);
      else await assert.rejects(ask(ca), { code: trusted });
      assert.equal(requests.length, trusted === undefined ? 1 : 0);
    }
  });

  it("drops a TLS connection where it is to reset it", async () => {
    const { origin } = await start(() => reply.reset(), "selfSigned");
    const ca = readFileSync(certificateFile("selfSigned"));
    await assert.rejects(
      new Promise((resolve, reject) =>
        secureRequest(origin, { agent: false, ca }, resolve).once("error", reject).end(),
      ),
      { code: "ECONNRESET" },
    );
  });

  it("tells at stop what the script's handler threw", async () => {
    const broken = await startScriptedServer({
      handler: () => {
        throw new Error("as expected");
      },
    });
    await assert.rejects(fetch(broken.origin));
    await assert.rejects(broken.stop(), /as expected/);
  });
});
