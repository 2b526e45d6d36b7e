import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Unreachable, UntrustedServer } from "../../../../src/dialler/api/http/connectionErrors";
import { ReadOnlyEndpoint } from "../../../../src/dialler/api/http/replyErrors";
import { controlOf } from "../../../../src/dialler/api/repeat";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { Connector, UnusableEndpoint } from "../../../../src/dialler/endpoint/connect";
import { demoEndpoint, type ServerEndpoint } from "../../../../src/dialler/endpoint/endpoint";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  certificateFile,
  type ScriptedServer,
  startScriptedServer,
} from "../../../support/dialler/scriptedServer";
import { token } from "../../../support/dialler/token";

const campaigns = reply.json(200, { records: [{ ID: 71, Name: "Spring" }], count: 1, status: 200 });

describe("Connector", function () {
  this.timeout(20_000);
  const started: ScriptedServer[] = [];
  const connectors: Connector[] = [];
  let warnings: string[];
  let secrets: Secrets;
  let limits: { requestSeconds: number; listSeconds: number; listMegabytes: number; lockField: string };
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "connect-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    warnings = [];
    secrets = new Secrets();
    limits = { requestSeconds: 10, listSeconds: 20, listMegabytes: 64, lockField: "" };
  });
  afterEach(async () => {
    for (const connector of connectors.splice(0)) await connector.dispose();
    for (const server of started.splice(0)) await server.stop();
  });

  const startConnector = (): Connector => {
    const connector = new Connector({
      secrets,
      log: { debug: () => undefined, trace: () => undefined },
      limits: () => limits,
      warn: (sentence) => warnings.push(sentence),
    });
    connectors.push(connector);
    return connector;
  };
  const startServer = async (tls?: "selfSigned"): Promise<ScriptedServer> => {
    const server = await startScriptedServer({
      handler: ({ path }) =>
        path.endsWith("/campaigns") ? campaigns : reply.json(200, { records: [], count: 0, status: 200 }),
      ...(tls === undefined ? {} : { tls }),
    });
    started.push(server);
    return server;
  };
  const endpoint = (baseUrl: string, change: Partial<ServerEndpoint> = {}): ServerEndpoint => ({
    kind: "server",
    name: "test",
    baseUrl,
    environment: "test",
    readOnly: false,
    caFile: undefined,
    ...change,
  });

  describe("for the demo", () => {
    it("starts one dialler and shares it, also between connections that are asked for at once", async () => {
      const connector = startConnector();
      const [one, two] = await Promise.all([
        connector.connect(demoEndpoint, ""),
        connector.connect(demoEndpoint, "ignored"),
      ]);
      const three = await connector.connect(demoEndpoint, "");
      assert.deepEqual([two.baseUrl, three.baseUrl], [one.baseUrl, one.baseUrl]);
      const settled = await one.client.change("delete", { id: 40101 });
      assert.equal(settled.outcome, "done");
      one.dispose();
      const { outcome } = await three.client.change("delete", { id: 40101 });
      assert.equal(outcome, "notFound");
    });

    it("is on the loopback address, with a token of its own in every session", async () => {
      const one = await startConnector().connect(demoEndpoint, "");
      const two = await startConnector().connect(demoEndpoint, "");
      assert.match(one.baseUrl, /^http:\/\/127\.0\.0\.1:\d+\/rest\/v1\.0\/7\/$/);
      assert.notEqual(one.baseUrl, two.baseUrl);
    });

    it("is ended by dispose, and started again if it is wanted once more", async () => {
      const connector = startConnector();
      const first = await connector.connect(demoEndpoint, "");
      await connector.dispose();
      const { error, outcome } = await first.client.change(
        "lock",
        { id: 40101 },
        { control: { ...controlOf(), random: () => 0 } },
      );
      assert.equal(outcome, "failed");
      assert.ok(error instanceof Unreachable);
      await connector.dispose();
      const again = await connector.connect(demoEndpoint, "");
      assert.equal((await again.client.listCampaigns()).length, 5);
    });

    it("is ended by dispose also while it starts", async () => {
      const connector = startConnector();
      const connecting = connector.connect(demoEndpoint, "");
      await connector.dispose();
      const { client } = await connecting;
      const { outcome } = await client.change(
        "lock",
        { id: 40101 },
        { control: { ...controlOf(), random: () => 0 } },
      );
      assert.equal(outcome, "failed");
    });
  });

  it("sends the token as a bearer token and hides it from every log", async () => {
    const server = await startServer();
    const connection = await startConnector().connect(endpoint(server.baseUrl), token);
    assert.equal(connection.baseUrl, `${server.baseUrl}/`);
    await connection.client.listCampaigns();
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${token}`);
    assert.ok(!secrets.redact(`x ${token} y`).includes(token));
    assert.ok(!JSON.stringify(connection).includes(token));
  });

  it("requests nothing by connecting (S04)", async () => {
    const server = await startServer();
    await startConnector().connect(endpoint(server.baseUrl), token);
    assert.equal(server.connections(), 0);
  });

  it("refuses every change on a read-only endpoint without a request", async () => {
    const server = await startServer();
    const { client } = await startConnector().connect(endpoint(server.baseUrl, { readOnly: true }), token);
    for (const change of ["delete", "lock", "unlock"] as const) {
      for (const target of [{ id: 5 }, { userData: "X" }]) {
        const { outcome, error, stopsRun } = await client.change(change, target);
        assert.deepEqual([outcome, stopsRun], ["failed", true]);
        assert.ok(error instanceof ReadOnlyEndpoint);
      }
    }
    await assert.rejects(
      client.importContact({ Name: "x" }, { overwriteDuplicates: true }),
      ReadOnlyEndpoint,
    );
    assert.equal(server.requests.length, 0);
    await client.listCampaigns();
    assert.equal(server.requests.length, 1);
  });

  it("asks for its limits at each call", async () => {
    const server = await startScriptedServer({ handler: () => reply.hang() });
    started.push(server);
    const { client } = await startConnector().connect(endpoint(server.baseUrl), token);
    limits = { ...limits, requestSeconds: 0.05 };
    const { outcome } = await client.change("lock", { userData: "X" });
    assert.equal(outcome, "unknown");
  });

  it("ends reading, and nothing else, when a connection is let go", async () => {
    const server = await startServer();
    const connection = await startConnector().connect(endpoint(server.baseUrl), token);
    assert.equal(connection.ended.aborted, false);
    connection.dispose();
    assert.equal(connection.ended.aborted, true);
    const { outcome } = await connection.client.change("lock", { id: 5 });
    assert.equal(outcome, "done");
  });

  it("refuses a base URL that cannot be one", async () => {
    for (const baseUrl of ["", "https://u:p@h/7", "https://h/7?x=1", "ftp://h/"]) {
      await assert.rejects(startConnector().connect(endpoint(baseUrl), token), UnusableEndpoint);
    }
  });

  describe("with a caFile", () => {
    it("trusts a server that the file vouches for, and none without it (N18)", async () => {
      const server = await startServer("selfSigned");
      const connector = startConnector();
      const trusting = await connector.connect(
        endpoint(server.baseUrl, { caFile: certificateFile("selfSigned") }),
        token,
      );
      assert.equal((await trusting.client.listCampaigns()).length, 1);
      const { client } = await connector.connect(endpoint(server.baseUrl), token);
      await assert.rejects(client.listCampaigns(), UntrustedServer);
      assert.equal(server.requests.length, 1);
    });

    it("says which file it is that cannot be read or holds no certificate", async () => {
      const server = await startServer("selfSigned");
      const files: readonly [string, string | undefined][] = [
        ["missing.pem", undefined],
        ["empty.pem", ""],
        ["der.cer", "\u0030\u0082binary"],
        ["key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"],
        ["half.pem", "-----BEGIN CERTIFICATE-----\nMIIB"],
        ["wrong.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
        ["garbled.pem", "-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n"],
      ];
      for (const [name, text] of files) {
        const caFile = join(folder, name);
        if (text !== undefined) await writeFile(caFile, text);
        await assert.rejects(
          startConnector().connect(endpoint(server.baseUrl, { caFile }), token),
          (error) => {
            assert.ok(error instanceof UnusableEndpoint, name);
            assert.ok(error.message.includes(caFile));
            return true;
          },
        );
      }
      await assert.rejects(
        startConnector().connect(endpoint(server.baseUrl, { caFile: folder }), token),
        UnusableEndpoint,
      );
      assert.equal(server.connections(), 0);
    });
  });

  describe("while NODE_TLS_REJECT_UNAUTHORIZED=0 is set (S08)", () => {
    const name = "NODE_TLS_REJECT_UNAUTHORIZED";
    const before = process.env[name];
    beforeEach(() => {
      process.env[name] = "0";
    });
    afterEach(() => {
      if (before === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before;
    });

    it("refuses production, and warns of all others that use https", async () => {
      const connector = startConnector();
      const https = "https://127.0.0.1:1/rest/v1.0/7";
      await assert.rejects(connector.connect(endpoint(https, { environment: "production" }), token), {
        name: "UnusableEndpoint",
        message: /NODE_TLS_REJECT_UNAUTHORIZED=0/,
      });
      assert.equal(warnings.length, 0);
      for (const environment of ["test", "development"] as const) {
        await connector.connect(endpoint(https, { environment }), token);
      }
      assert.equal(warnings.length, 2);
      assert.ok(warnings.every((sentence) => sentence.includes(name)));
    });

    it("has nothing to say of http and of the demo", async () => {
      const connector = startConnector();
      await connector.connect(endpoint("http://127.0.0.1:1/7", { environment: "production" }), token);
      await connector.connect(demoEndpoint, "");
      assert.equal(warnings.length, 0);
    });
  });
});
