import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { inspect } from "node:util";
import {
  Cancelled,
  ConnectionLost,
  TimedOut,
  Unreachable,
  UntrustedServer,
} from "../../../../../src/dialler/api/http/connectionErrors";
import { type Call, exchange } from "../../../../../src/dialler/api/http/exchange";
import { startDemoServer } from "../../../../../src/dialler/demo/demoServer";
import {
  accessTo,
  closedPort,
  rejection,
  scriptedServers,
  until,
} from "../../../../support/dialler/clientFor";
import * as reply from "../../../../support/dialler/scriptedReply";
import { certificateFile } from "../../../../support/dialler/scriptedServer";
import { token } from "../../../../support/dialler/token";
import { get, list, failure } from "../../../../support/dialler/failedExchange";

const remove: Call = { ...get, method: "DELETE", path: ["dialler", "contacts", "contact", 5] };

describe("exchange", () => {
  const start = scriptedServers();

  describe("the request", () => {
    it("carries the token, asks for JSON, and has no body where the call has none", async () => {
      const server = await start(() => reply.json(200, { status: 200 }));
      for (const method of ["GET", "DELETE", "PATCH"] as const) {
        await (await exchange(accessTo(server.baseUrl), { ...get, method })).text();
      }
      for (const { headers, body, path } of server.requests) {
        assert.equal(path, "/rest/v1.0/7/dialler/contacts");
        assert.equal(headers.authorization, `Bearer ${token}`);
        assert.equal(headers.accept, "application/json");
        assert.equal(body, "");
        assert.equal(headers["content-type"], undefined);
        assert.equal(headers["transfer-encoding"], undefined);
        assert.equal(headers["content-length"] ?? "0", "0");
      }
      assert.equal(server.requests.length, 3);
    });

    it("has a JSON body where the call has one", async () => {
      const server = await start(() => reply.json(200, { status: 200 }));
      const body = { UserDataList: ["ü☎"], IDList: [1] };
      await (await exchange(accessTo(server.baseUrl), { ...get, method: "POST", body })).text();
      assert.equal(server.requests[0]?.headers["content-type"], "application/json");
      assert.equal(
        server.requests[0].headers["content-length"],
        String(Buffer.byteLength(JSON.stringify(body))),
      );
      assert.equal(server.requests[0].headers["transfer-encoding"], undefined);
      assert.deepEqual(JSON.parse(server.requests[0].body), body);
    });

    it("delivers UserData to the server exactly as it was typed (I01)", async () => {
      const server = await start(() => reply.json(200, {}));
      const keys = [
        "a+b &c=d#é/%ü'(!)",
        " x ",
        "%2e%2e",
        "..",
        "é",
        "e\u0301",
        "🙂",
        "\u0000\r\n",
        "?#",
        "a;b",
        "客户",
        "\\",
      ];
      for (const userData of keys) {
        await (await exchange(accessTo(server.baseUrl), { ...get, query: { userData } })).text();
      }
      const queries = server.requests.map(({ path }) => path.split("?userData=")[1] ?? "");
      assert.deepEqual(queries.map(decodeURIComponent), keys);
      assert.deepEqual(
        server.requests.map(({ path }) => new URL(path, server.origin).searchParams.get("userData")),
        keys,
      );
    });

    it("reaches the same path whether or not the base URL was typed with a slash", async () => {
      const server = await start(() => reply.json(200, {}));
      for (const base of [server.baseUrl, `${server.baseUrl}/`])
        await (await exchange(accessTo(base), get)).text();
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        ["/rest/v1.0/7/dialler/contacts", "/rest/v1.0/7/dialler/contacts"],
      );
    });

    it("never sends a cookie back (H34)", async () => {
      const server = await start(() => reply.json(200, {}, { "Set-Cookie": ["session=1; Path=/", "b=2"] }));
      for (let time = 0; time < 3; time++) await (await exchange(accessTo(server.baseUrl), get)).text();
      assert.deepEqual(
        server.requests.map(({ headers }) => headers.cookie),
        [undefined, undefined, undefined],
      );
    });

    it("is not sent at all where it was cancelled before, or where the token cannot be a header", async () => {
      const server = await start(() => reply.json(200, {}));
      const post: Call = { ...get, method: "POST", body: { IDList: [1] } };
      for (const call of [get, post]) {
        const ended = await failure(accessTo(server.baseUrl), { ...call, signal: AbortSignal.abort() });
        assert.ok(ended instanceof Cancelled);
      }
      const broken = `${token}\r\nX-Evil: 1`;
      const error = await rejection(exchange(accessTo(server.baseUrl, { token: broken }), get));
      assert.ok(!inspect(error, { depth: 9 }).includes(token));
      assert.equal(server.requests.length, 0);
    });

    it("is logged with method, URL and status, and without the token", async () => {
      const lines: string[] = [];
      const log = { debug: (line: string) => lines.push(line), trace: (line: string) => lines.push(line) };
      const server = await start(() => reply.json(200, {}));
      await (await exchange(accessTo(server.baseUrl, { log }), remove)).text();
      assert.equal(lines[0], `DELETE ${server.baseUrl}/dialler/contacts/contact/5`);
      assert.match(lines[1] ?? "", /HTTP 200 /);
      assert.ok(!lines.join("\n").includes(token));
    });
  });

  describe("when nothing was sent", () => {
    it("names host and port where the connection is refused (N01)", async () => {
      for (const host of ["127.0.0.1", "localhost"]) {
        const port = await closedPort();
        const error = await failure(accessTo(`http://${host}:${port}/rest/v1.0/7`));
        assert.ok(error instanceof Unreachable, inspect(error));
        assert.match(error.sentence, /refused/);
        assert.ok(error.sentence.includes(`${host}:${port}`));
        assert.equal(error.next, "checkEndpoint");
      }
    });

    it("names the host that does not resolve (N02)", async () => {
      const error = await failure(accessTo("http://dialler.invalid/rest/v1.0/7"));
      assert.ok(error instanceof Unreachable, inspect(error));
      assert.match(error.sentence, /dialler\.invalid/);
    });

    it("speaks of the certificate, and sends no request, where it is not trusted (N18, N19)", async () => {
      for (const [tls, trust, said] of [
        ["selfSigned", false, /certificate .* not trusted .*caFile/i],
        ["expired", false, /certificate .* (has expired|not trusted)/i],
        ["expired", true, /certificate .* has expired/i],
        ["wrongHost", true, /certificate .* issued for another name/i],
      ] as const) {
        const server = await start(() => reply.json(200, {}), { tls });
        const ca = trust ? { ca: readFileSync(certificateFile(tls), "utf8") } : {};
        const error = await failure(accessTo(server.baseUrl, ca));
        assert.ok(error instanceof UntrustedServer, inspect(error));
        assert.match(error.sentence, said);
        assert.equal(error.next, "openSettings");
        assert.equal(server.requests.length, 0);
      }
    });

    it("trusts the CA file of the endpoint besides the system's", async () => {
      const server = await start(() => reply.json(200, { status: 200 }), { tls: "selfSigned" });
      const access = accessTo(server.baseUrl, { ca: readFileSync(certificateFile("selfSigned"), "utf8") });
      assert.equal((await exchange(access, get)).status, 200);
    });

    it("says that a port speaks no TLS (N20)", async () => {
      let requests = 0;
      const demo = await startDemoServer({ contacts: 1, observe: () => requests++ });
      const error = await failure(accessTo(demo.baseUrl.replace("http:", "https:")));
      await demo.stop();
      assert.ok(error instanceof UntrustedServer, inspect(error));
      assert.match(error.sentence, /TLS on this port/);
      assert.doesNotMatch(error.sentence, /openssl|SSL routines/i);
      assert.equal(requests, 0);
    });
  });

  describe("when the request may have been carried out", () => {
    it("tells a connection that ended, or spoke no HTTP, from one that was never there (N14, N15)", async () => {
      for (const broken of [
        reply.reset(),
        reply.hangUp(),
        reply.notHttp(),
        reply.hugeHeader(200),
        reply.raw("HTTP/1.1 200 OK\r\nConte", "close"),
        reply.raw("HTTP/1.1 200 OK\r\nConte", "reset"),
        reply.raw("HTTP/1.1 200000 OK\r\n\r\n", "close"),
        reply.raw(Buffer.alloc(100, 0xff), "close"),
      ]) {
        const server = await start(() => broken);
        const error = await failure(accessTo(server.baseUrl), remove);
        assert.ok(error instanceof ConnectionLost, inspect(error));
        assert.match(error.sentence, /lost before its answer could be read/);
        assert.equal(server.requests.length, 1);
      }
    });

    it("does so too where TLS breaks after the request had arrived", async () => {
      const key = readFileSync(certificateFile("selfSigned").replace("selfSigned", "key"));
      const cert = readFileSync(certificateFile("selfSigned"));
      for (const nonsense of [
        Buffer.from("not TLS at all, and long"),
        Buffer.from([23, 3, 3, 255, 255, 1, 1, 1]),
      ]) {
        let arrived = "";
        const server = createServer((socket: Socket) => {
          const secure = new TLSSocket(socket, { isServer: true, key, cert });
          for (const either of [socket, secure]) either.on("error", () => undefined);
          secure.once("data", (bytes: Buffer) => {
            arrived = bytes.toString();
            socket.write(nonsense);
          });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const access = accessTo(`https://127.0.0.1:${port}/rest/v1.0/7`, { ca: cert.toString() });
        const error = await failure(access, remove);
        server.close();
        assert.match(arrived, /^DELETE /);
        assert.ok(error instanceof ConnectionLost, inspect(error));
      }
    });

    it("ends at the deadline where nothing comes", async () => {
      const server = await start(() => reply.hang());
      const total = await failure(accessTo(server.baseUrl), { ...get, deadlines: { totalMs: 60 } });
      assert.ok(total instanceof TimedOut);
      // Not one byte came, so there is no answer that could be incomplete.
      assert.match(total.sentence, /^No answer from 127\.0\.0\.1:\d+ within 0 s\.$/);
      const first = await failure(accessTo(server.baseUrl), {
        ...get,
        deadlines: { totalMs: 5000, firstByteMs: 60 },
      });
      assert.ok(first instanceof TimedOut && first.deadline === "firstByte");
    });

    it("ends at the deadline where the answer drips, or falls silent (N13)", async () => {
      const dripping = await start(() => reply.drip(200, list, 1, 20));
      const total = await failure(accessTo(dripping.baseUrl), {
        ...get,
        deadlines: { totalMs: 120, idleMs: 5000 },
      });
      assert.ok(total instanceof TimedOut && total.deadline === "total");
      const silent = await start(() => reply.raw(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"rec`));
      const idle = await failure(accessTo(silent.baseUrl), {
        ...get,
        deadlines: { totalMs: 5000, firstByteMs: 5000, idleMs: 60 },
      });
      assert.ok(idle instanceof TimedOut && idle.deadline === "idle");
    });

    it("takes the answer that came while the computer slept, though its deadline is over (C09)", async () => {
      const asleep = (): void => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
      };
      for (const deadlines of [{ totalMs: 200 }, { totalMs: 5000, firstByteMs: 200 }]) {
        const server = await start(() => async (socket, reader) => {
          // Written at once, so that the answer lies in the client's socket before it can look.
          await reply.json(200, { status: 200 })(socket, reader);
          asleep();
        });
        const answer = await exchange(accessTo(server.baseUrl), { ...get, method: "DELETE", deadlines });
        assert.equal(answer.status, 200);
        answer.discard();
      }
    });

    it("does not end an answer that is slow and steady", async () => {
      const server = await start(() => reply.drip(200, list, 10, 20));
      const slow = { totalMs: 5000, firstByteMs: 2000, idleMs: 1000 };
      assert.equal(
        await (await exchange(accessTo(server.baseUrl), { ...get, deadlines: slow })).text(),
        list,
      );
    });

    it("ends at once when it is cancelled, before and in the middle of the answer", async () => {
      for (const stuck of [reply.hang(), reply.raw(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"rec`)]) {
        const server = await start(() => stuck);
        const cancel = new AbortController();
        const failed = failure(accessTo(server.baseUrl), { ...get, signal: cancel.signal });
        await until(() => server.requests.length === 1);
        cancel.abort();
        assert.ok((await failed) instanceof Cancelled);
      }
    });
  });
});
