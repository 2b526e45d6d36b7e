import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import {
  ConnectionLost,
  Unreachable,
  UntrustedServer,
} from "../../../../../src/dialler/api/http/connectionErrors";
import { type Access, exchange } from "../../../../../src/dialler/api/http/exchange";
import { UnreadableReply } from "../../../../../src/dialler/api/http/replyErrors";
import { accessTo, clientFor, quickControl, scriptedServers } from "../../../../support/dialler/clientFor";
import { failure, get } from "../../../../support/dialler/failedExchange";
import * as reply from "../../../../support/dialler/scriptedReply";
import { certificateFile } from "../../../../support/dialler/scriptedServer";

const ca = readFileSync(certificateFile("selfSigned"), "utf8");
const key = readFileSync(certificateFile("selfSigned").replace("selfSigned", "key"), "utf8");
const done = reply.json(200, { status: 200 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("the connections of an exchange", function () {
  this.timeout(20_000);
  const start = scriptedServers();
  const closing: { close: () => unknown }[] = [];
  afterEach(() => {
    for (const server of closing.splice(0)) server.close();
  });

  /** The base URL of a bare server. */
  const listening = async (server: ReturnType<typeof createServer>): Promise<string> => {
    closing.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}/rest/v1.0/7`;
  };
  const asked = async (access: Access, times: number): Promise<void> => {
    for (let time = 0; time < times; time++) await (await exchange(access, get)).text();
  };

  for (const tls of [undefined, "selfSigned"] as const) {
    it(`are kept for the next request, but not when they were idle for more than a second: ${tls ?? "http"} (C01)`, async () => {
      const server = await start(() => done, tls === undefined ? {} : { tls });
      const access = accessTo(server.baseUrl, tls === undefined ? {} : { ca });
      await asked(access, 5);
      assert.equal(server.connections(), 1);
      await pause(1300);
      await asked(access, 1);
      assert.equal(server.connections(), 2);
    });
  }

  it("are not used after a second of other work, which holds up the timers that close them", async () => {
    const server = await start(() => done);
    const access = accessTo(server.baseUrl);
    await asked(access, 2);
    // Two connections, the older of which is used second.
    await Promise.all([asked(access, 1), asked(access, 1)]);
    assert.equal(server.connections(), 2);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
    await Promise.all([asked(access, 1), asked(access, 1)]);
    assert.equal(server.connections(), 4);
  });

  it("are new for a repeat of a change", async () => {
    let sent = 0;
    const server = await start(() => (++sent === 1 ? reply.error(500) : done));
    const client = clientFor(server.baseUrl);
    assert.equal((await client.change("lock", { id: 5 }, { control: quickControl() })).outcome, "done");
    assert.deepEqual([server.requests.length, server.connections()], [2, 2]);
  });

  it("keep to the same where VS Code has the global agent open them, and others are left alone", async () => {
    const other = await start(() => done);
    let sent = 0;
    const server = await start(() => (++sent === 5 ? reply.error(500) : done));
    const ownAgent = (): boolean => false;
    const toOther = accessTo(other.baseUrl, { ownAgent });
    await asked(toOther, 1);
    await asked(accessTo(server.baseUrl, { ownAgent }), 3);
    assert.equal(server.connections(), 1);
    await pause(1300);
    await asked(accessTo(server.baseUrl, { ownAgent }), 1);
    assert.equal(server.connections(), 2);
    const client = clientFor(server.baseUrl, { ownAgent });
    assert.equal((await client.change("lock", { id: 5 }, { control: quickControl() })).outcome, "done");
    assert.deepEqual([server.requests.length, server.connections()], [6, 3]);
    assert.equal(other.connections(), 1);
  });

  it("are left to VS Code where an agent would go around its proxy", async () => {
    const server = await start(() => done);
    let times = 0;
    const ownAgent = (): boolean => {
      times++;
      return false;
    };
    await asked(accessTo(server.baseUrl, { ownAgent }), 2);
    assert.deepEqual([server.requests.length, times], [2, 2]);
  });

  it("that never came about carried no request: resets and ends before TLS is complete (C03)", async () => {
    for (const end of ["resetAndDestroy", "destroy", "end"] as const) {
      const server = createServer((socket: Socket) => {
        socket.on("error", () => undefined);
        socket.once("data", () => socket[end]());
      });
      const error = await failure(accessTo(`https://${await listening(server)}`, { ca }));
      assert.ok(error instanceof Unreachable, `${end}: ${error.message}`);
      assert.match(error.sentence, /^Not reachable/);
    }
  });

  it("that TLS never completes end once, at the deadline, and nothing was sent (C03)", async () => {
    let connections = 0;
    const server = createServer((socket: Socket) => {
      connections++;
      socket.on("error", () => undefined);
    });
    const client = clientFor(`https://${await listening(server)}`, {
      ca,
      limits: { requestSeconds: 0.3, listSeconds: 1, listMegabytes: 1 },
    });
    const settled = await client.change("delete", { id: 5 }, { control: quickControl() });
    assert.deepEqual([settled.outcome, settled.stopsRun, connections], ["failed", true, 1]);
    assert.match(settled.reason ?? "", /did not accept a connection within/);
    // An import that never left may simply be sent again.
    await assert.rejects(
      client.importContact({ Name: "X" }, { overwriteDuplicates: false, control: quickControl() }),
      Unreachable,
    );
  });

  it("that end after the request was sent leave it in doubt", async () => {
    for (const secure of [false, true]) {
      const server = await start(() => reply.hangUp(), secure ? { tls: "selfSigned" } : {});
      const error = await failure(accessTo(server.baseUrl, { ca }), { ...get, method: "DELETE" });
      assert.ok(error instanceof ConnectionLost, error.message);
    }
  });

  const refusals: readonly [string, TlsOptions, RegExp][] = [
    [
      "a client certificate",
      { requestCert: true, rejectUnauthorized: true },
      /^A client certificate is required/,
    ],
    [
      "a client certificate, over TLS 1.2",
      { requestCert: true, rejectUnauthorized: true, maxVersion: "TLSv1.2" },
      /wants a client certificate/,
    ],
    ["old TLS only", { minVersion: "TLSv1", maxVersion: "TLSv1.1" }, /^Only old versions of TLS/],
    ["another cipher", { maxVersion: "TLSv1.2", ciphers: "PSK-AES128-CBC-SHA" }, /^No encryption in common/],
  ];
  for (const [what, options, sentence] of refusals) {
    it(`say what TLS failed at: ${what} (C04)`, async () => {
      const server = createTlsServer({ cert: ca, key, ...options }, (socket) => socket.destroy());
      server.on("tlsClientError", () => undefined);
      const error = await failure(accessTo(`https://${await listening(server)}`, { ca }));
      assert.ok(error instanceof UntrustedServer, error.message);
      assert.match(error.sentence, sentence);
    });
  }

  it("say what is wrong with a certificate: not yet valid, or the CA file holds no root (C04)", async () => {
    const noRoot =
      /^The chain of the certificate of .*"caFile".* intermediate certificate or that of the server/;
    const cases = [
      ["notYetValid", "notYetValid", /^The certificate of .* is not valid yet/],
      ["chain", "intermediate", noRoot],
      ["chain", "leaf", noRoot],
      ["chain", "chain", noRoot],
      ["chain", "selfSigned", /^The certificate of .* is not trusted/],
    ] as const;
    for (const [tls, trusted, sentence] of cases) {
      const server = await start(() => done, { tls });
      const access = accessTo(server.baseUrl, { ca: readFileSync(certificateFile(trusted), "utf8") });
      const error = await failure(access, { ...get, method: "DELETE" });
      assert.ok(error instanceof UntrustedServer, error.message);
      assert.match(error.sentence, sentence, `${tls} ${trusted}`);
      assert.equal(server.requests.length, 0);
    }
    const server = await start(() => done, { tls: "chain" });
    await asked(accessTo(server.baseUrl, { ca: readFileSync(certificateFile("root"), "utf8") }), 1);
    assert.equal(server.requests.length, 1);
  });

  it("say that a client certificate is required where a proxy says so on a page, and that nothing was done", async () => {
    const page =
      "<center><h1>400 Bad Request</h1></center><center>No required SSL certificate was sent</center>";
    for (const tls of [true, false]) {
      const { baseUrl } = await start(() => reply.html(400, page), tls ? { tls: "selfSigned" } : {});
      const client = clientFor(baseUrl, { ca });
      const settled = await client.change("delete", { id: 5 }, { control: quickControl() });
      assert.deepEqual([settled.outcome, settled.stopsRun], ["failed", tls]);
      assert.match(
        settled.reason ?? "",
        tls ? /^A client certificate is required by/ : /^Refused \(HTTP 400\)/,
      );
    }
  });

  it("say that the port uses TLS where the base URL does not, and that nothing was done (C04)", async () => {
    const sentence = /^This port of 127\.0\.0\.1:\d+ uses TLS, but the base URL starts with http:/;
    const speaksTls = createServer((socket: Socket) => {
      socket.on("error", () => undefined);
      // The alert of OpenSSL: protocol version.
      socket.once("data", () => socket.end(Buffer.of(0x15, 3, 1, 0, 2, 2, 70)));
    });
    const pages = [
      "<center>The plain HTTP request was sent to HTTPS port</center>",
      "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
      "Client sent an HTTP request to an HTTPS server.",
    ];
    const urls = [`http://${await listening(speaksTls)}`];
    for (const page of pages) urls.push((await start(() => reply.html(400, page))).baseUrl);
    for (const url of urls) {
      const settled = await clientFor(url).change("delete", { id: 5 }, { control: quickControl() });
      assert.deepEqual([settled.outcome, settled.stopsRun], ["failed", true]);
      assert.match(settled.reason ?? "", sentence);
    }
  });

  it("end at once when the server changes the protocol (C05)", async () => {
    const head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    const server = await start(() => reply.raw(head));
    const startedAt = performance.now();
    const error = await failure(accessTo(server.baseUrl));
    assert.match(error.sentence, /changes to another protocol/);
    assert.ok(performance.now() - startedAt < 2000);
  });

  it("say what is wrong with an encoding (C05)", async () => {
    for (const [encoding, how] of [
      ["UTF-8", "encoding"],
      ["br", "encoding"],
      ["gzip", "notGzip"],
    ] as const) {
      const server = await start(() => reply.json(200, { status: 200 }, { "Content-Encoding": encoding }));
      const error = await failure(accessTo(server.baseUrl));
      assert.ok(error instanceof UnreadableReply && error.how === how, `${encoding}: ${error.message}`);
    }
  });

  it("repeat a read once after 408 (C05)", async () => {
    let sent = 0;
    const records = [{ ID: 5 }];
    const server = await start(() =>
      ++sent === 1 ? reply.empty(408) : reply.json(200, { records, count: 1, status: 200 }),
    );
    assert.deepEqual(await clientFor(server.baseUrl).getContact(5), { ID: 5 });
    const always = await start(() => reply.empty(408));
    await assert.rejects(clientFor(always.baseUrl).getContact(5, { control: quickControl() }), {
      status: 408,
    });
    assert.equal(always.requests.length, 2);
  });
});
