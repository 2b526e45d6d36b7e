import assert from "node:assert/strict";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { checkEndpoint, type EndpointCheck } from "../../../../src/dialler/endpoint/checkEndpoint";
import { type Connection, Connector } from "../../../../src/dialler/endpoint/connect";
import { demoEndpoint } from "../../../../src/dialler/endpoint/endpoint";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  type ScriptedServer,
  type ScriptedServerOptions,
  startScriptedServer,
} from "../../../support/dialler/scriptedServer";
import { token } from "../../../support/dialler/token";

describe("checkEndpoint", function () {
  this.timeout(20_000);
  const started: ScriptedServer[] = [];
  let connector: Connector;
  let listSeconds: number;
  beforeEach(() => {
    listSeconds = 10;
    connector = new Connector({
      secrets: new Secrets(),
      log: { debug: () => undefined, trace: () => undefined },
      limits: () => ({ requestSeconds: 1, listSeconds, listMegabytes: 1, lockField: "" }),
      warn: () => undefined,
    });
  });
  afterEach(async () => {
    await connector.dispose();
    for (const server of started.splice(0)) await server.stop();
  });

  const connectTo = (baseUrl: string): Promise<Connection> =>
    connector.connect(
      { kind: "server", name: "test", baseUrl, environment: "test", readOnly: false, caFile: undefined },
      token,
    );
  const start = async (
    handler: ScriptedServerOptions["handler"],
    options: Omit<ScriptedServerOptions, "handler"> = {},
  ): Promise<ScriptedServer> => {
    const server = await startScriptedServer({ ...options, handler });
    started.push(server);
    return server;
  };
  const textOf = (check: EndpointCheck) =>
    JSON.stringify([check.steps, check.failure?.explanation, String(check.failure?.error)]);

  it("finds nothing wrong with the demo, and asks once", async () => {
    const { steps, failure } = await checkEndpoint(await connector.connect(demoEndpoint, ""));
    assert.equal(failure, undefined);
    assert.ok(steps.every(({ ok }) => ok));
    assert.deepEqual(
      steps.map(({ name }) => name),
      ["Base URL", "Name", "TLS", "Token", "Paths", "Latency"],
    );
    assert.equal(steps.find(({ name }) => name === "Paths")?.detail, "5 campaigns");
    assert.match(steps.find(({ name }) => name === "TLS")?.detail ?? "", /plain http/);
    assert.match(steps.find(({ name }) => name === "Latency")?.detail ?? "", /^\d+ ms$/);
  });

  it("tells that a server has no campaigns but contacts", async () => {
    const server = await start(({ path }) =>
      path.endsWith("/campaigns")
        ? reply.empty(404)
        : reply.json(200, { records: [{ ID: 1 }, { ID: 2 }], count: 2, status: 200 }),
    );
    const { steps, failure } = await checkEndpoint(await connectTo(server.baseUrl));
    assert.equal(failure, undefined);
    assert.match(steps.find(({ name }) => name === "Paths")?.detail ?? "", /no campaigns; 2 contacts/);
    assert.equal(server.changing().length, 0);
  });

  it("says every failure in a sentence, without the token", async () => {
    const failures: readonly [string, ScriptedReply, RegExp][] = [
      ["401", reply.json(401, { status: 401, error: "no" }), /token/],
      ["403", reply.html(403, "<h1>no</h1>"), /403/],
      ["404", reply.empty(404), /base URL/],
      ["a redirect", reply.redirect(302, "http://127.0.0.1:1/login"), /redirect/i],
      ["a page", reply.html(200, "<h1>Login</h1>"), /JSON/],
      ["another shape", reply.json(200, []), /records/],
      ["half an answer", reply.cut(200, '{"records":[]}'), /cut off/],
      ["400", reply.json(400, { status: 400, error: "No." }), /400/],
      ["no HTTP", reply.notHttp(), /lost|ended/i],
      ["silence", reply.hang(), /1 s/],
      ["too much", reply.json(200, { records: [{ ID: 1, Comment: "x".repeat(1_100_000) }] }), /1 MB/],
    ];
    for (const [what, answer, sentence] of failures) {
      listSeconds = what === "silence" ? 1 : 10;
      const server = await start(() => answer);
      const check = await checkEndpoint(await connectTo(server.baseUrl));
      assert.ok(check.failure, what);
      assert.match(check.failure.explanation.sentence, sentence, what);
      assert.match(check.failure.explanation.sentence, /\.$|\?$/, what);
      assert.doesNotMatch(check.failure.explanation.sentence, /<h1>/);
      assert.deepEqual(check.steps.at(-1), {
        name: "Request",
        ok: false,
        detail: check.failure.explanation.sentence,
      });
      assert.ok(!textOf(check).includes(token), what);
      assert.equal(server.changing().length, 0);
    }
  });

  it("says of a certificate that nobody vouches for what can be done (N18, N20)", async () => {
    const secure = await start(() => reply.empty(200), { tls: "selfSigned" });
    const { failure } = await checkEndpoint(await connectTo(secure.baseUrl));
    assert.match(failure?.explanation.sentence ?? "", /certificate.*caFile/);
    assert.equal(secure.requests.length, 0);
    const plain = await connector.connect(demoEndpoint, "");
    const mixed = await checkEndpoint(await connectTo(plain.baseUrl.replace("http:", "https:")));
    assert.match(mixed.failure?.explanation.sentence ?? "", /TLS/);
    assert.doesNotMatch(mixed.failure?.explanation.sentence ?? "", /OPENSSL|wrong version/i);
  });

  it("names host and port of a server that is not there (N01), and a name that cannot be found (N02)", async () => {
    const server = await startScriptedServer({ handler: () => reply.empty(200) });
    await server.stop();
    const refused = await checkEndpoint(await connectTo(server.baseUrl));
    assert.match(
      refused.failure?.explanation.sentence ?? "",
      new RegExp(`127\\.0\\.0\\.1:${server.port}.*refused|refused.*127\\.0\\.0\\.1:${server.port}`),
    );
    const unknown = await checkEndpoint(await connectTo("http://nobody.invalid/rest/v1.0/7"));
    const named = unknown.steps.find(({ name }) => name === "Name");
    assert.ok(named && !named.ok && named.detail.includes("nobody.invalid"));
    assert.ok(unknown.failure?.explanation.sentence.includes("nobody.invalid"));
  });

  it("ends when it is cancelled", async () => {
    const cancel = new AbortController();
    const server = await start(() => {
      setTimeout(() => cancel.abort(), 20);
      return reply.hang();
    });
    const { failure } = await checkEndpoint(await connectTo(server.baseUrl), cancel.signal);
    assert.equal(failure?.explanation.sentence, "Cancelled.");
  });

  it("leads to the token for a 401 and to the settings for a certificate", async () => {
    const rejecting = await start(() => reply.json(401, { status: 401, error: "no" }));
    assert.equal(
      (await checkEndpoint(await connectTo(rejecting.baseUrl))).failure?.explanation.next,
      "setToken",
    );
    const untrusted = await start(() => reply.empty(200), { tls: "expired" });
    assert.equal(
      (await checkEndpoint(await connectTo(untrusted.baseUrl))).failure?.explanation.next,
      "openSettings",
    );
  });
});
