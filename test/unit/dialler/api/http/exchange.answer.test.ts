import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { charsetOf } from "../../../../../src/dialler/api/http/charset";
import { exchange, type Reply } from "../../../../../src/dialler/api/http/exchange";
import { TooLarge, UnreadableReply } from "../../../../../src/dialler/api/http/replyErrors";
import { accessTo, rejection, scriptedServers, until } from "../../../../support/dialler/clientFor";
import * as reply from "../../../../support/dialler/scriptedReply";
import { get, list, failure } from "../../../../support/dialler/failedExchange";

async function bytesOf(answer: Reply, capBytes: number): Promise<number> {
  let size = 0;
  for await (const part of answer.bytes(capBytes)) size += part.length;
  return size;
}

describe("exchange", () => {
  const start = scriptedServers();

  describe("the answer", () => {
    it("is read over IPv6 (N25)", async function () {
      // A machine without IPv6 has nothing to listen on.
      if (!Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1")))
        this.skip();
      const server = await start(() => reply.text(200, list), { host: "::1" });
      assert.match(server.baseUrl, /\[::1\]/);
      assert.equal(await (await exchange(accessTo(server.baseUrl), get)).text(), list);
    });

    it("is read after early hints, from HTTP/1.0, in chunks and zipped (N26)", async () => {
      for (const answer of [
        reply.earlyHints(reply.text(200, list)),
        reply.http10(200, list),
        reply.chunked(200, [list.slice(0, 9), list.slice(9)]),
        reply.gzipped(200, JSON.parse(list)),
      ]) {
        const server = await start(() => answer);
        const got = await exchange(accessTo(server.baseUrl), get);
        assert.equal(got.status, 200);
        assert.equal(await got.text(), list);
      }
    });

    it("is decoded by the charset that the server names (H27)", async () => {
      for (const [charset, bytes] of [
        ["ISO-8859-1", Buffer.from(list, "latin1")],
        ['"iso-8859-1"; x=y', Buffer.from(list, "latin1")],
        ["utf-16le", Buffer.from(list, "utf16le")],
        ["utf-8", Buffer.from(list)],
        ["no-such-charset", Buffer.from(list)],
      ] as const) {
        const type = `application/json; charset=${charset}`;
        const server = await start(() => reply.text(200, bytes, { "Content-Type": type }));
        assert.equal(await (await exchange(accessTo(server.baseUrl), get)).text(), list, charset);
      }
      assert.equal(charsetOf(undefined), "utf-8");
      assert.equal(charsetOf("application/json"), "utf-8");
    });

    it("is read as UTF-8 where its bytes contradict the charset, and the log says so once (C06)", async () => {
      const text = `{"a":"${"x".repeat(70)}","Name":"Müller ☎ 😀"}`;
      const bytes = Buffer.from(text);
      for (const charset of ["iso-8859-1", "windows-1252", "shift_jis", "utf-16le", "UTF-16BE"]) {
        const type = `application/json; charset=${charset}`;
        const server = await start(() =>
          // Each byte of its own, so that no chunk ends where a character does.
          reply.chunked(
            200,
            [...bytes].map((byte) => Buffer.of(byte)),
            { "Content-Type": type },
          ),
        );
        const lines: string[] = [];
        const silent = (): void => undefined;
        const log = { debug: silent, trace: silent, say: (_: string, line: string) => lines.push(line) };
        const access = accessTo(server.baseUrl, { log });
        for (let time = 0; time < 2; time++) {
          assert.equal(await (await exchange(access, get)).text(), text, charset);
        }
        assert.equal(lines.length, 1);
        assert.match(lines[0] ?? "", /^The answers from 127\.0\.0\.1:\d+ name the charset .*bytes are UTF-8/);
      }
    });

    it("is an error where it ends too early, never a shorter answer", async () => {
      const zipped = gzipSync(list);
      for (const broken of [
        reply.cut(200, list),
        reply.cut(200, list, 0),
        reply.raw(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"rec`, "close"),
        reply.raw(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"rec\r\n`, "close"),
        reply.raw(`HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"records"`, "reset"),
        reply.text(200, zipped.subarray(0, -12), { "Content-Encoding": "gzip" }),
      ]) {
        const server = await start(() => broken);
        const error = await failure(accessTo(server.baseUrl));
        assert.ok(error instanceof UnreadableReply && error.how === "cut", inspect(error));
        assert.equal(error.status, 200);
      }
    });

    it("ends at the cap, and the connection with it, whatever is still to come (H29, H30)", async function () {
      this.timeout(10_000);
      let sent = 0;
      function* endless() {
        for (;;) {
          sent++;
          yield Buffer.alloc(64 * 1024, "x");
        }
      }
      function* endlessZip() {
        const member = gzipSync(Buffer.alloc(1024 * 1024));
        for (;;) yield member;
      }
      const megabyte = 1024 * 1024;
      for (const answer of [
        reply.chunked(200, endless()),
        reply.chunked(200, endlessZip(), { "Content-Encoding": "gzip" }),
        reply.text(200, Buffer.alloc(30 * megabyte, "x")),
      ]) {
        let ended = false;
        const server = await start(() => async (socket, reader) => {
          socket.once("close", () => (ended = true));
          await answer(socket, reader);
        });
        const got = await exchange(accessTo(server.baseUrl), get);
        const error = await rejection(bytesOf(got, 2 * megabyte));
        assert.ok(error instanceof TooLarge, inspect(error));
        assert.match(error.sentence, /limit of 2 MB/);
        await until(() => ended);
      }
      assert.ok(sent < 1000);
    });

    it("may be exactly as large as the cap", async () => {
      const server = await start(() =>
        reply.text(200, gzipSync(Buffer.alloc(1000)), { "Content-Encoding": "gzip" }),
      );
      assert.equal(await bytesOf(await exchange(accessTo(server.baseUrl), get), 1000), 1000);
      const again = await exchange(accessTo(server.baseUrl), get);
      assert.ok((await rejection(bytesOf(again, 999))) instanceof TooLarge);
    });

    it("is refused in an encoding that was not asked for (H32)", async () => {
      for (const encoding of [
        "br",
        "deflate",
        "zstd",
        "gzip, gzip",
        Array<string>(6).fill("gzip").join(", "),
      ]) {
        const server = await start(() => reply.text(200, list, { "Content-Encoding": encoding }));
        const error = await failure(accessTo(server.baseUrl));
        assert.ok(error instanceof UnreadableReply && error.how === "encoding", encoding);
      }
    });

    it("that redirects is not followed, whatever the kind, the method and the target (H01, H02)", async function () {
      this.timeout(10_000);
      const second = await start(() => reply.json(200, {}));
      for (const status of [301, 302, 303, 307, 308] as const) {
        for (const method of ["GET", "POST", "PATCH", "DELETE"] as const) {
          for (const target of [
            `${second.origin}/rest/v1.0/7/dialler/contacts`,
            "/elsewhere",
            "::",
            "//127.0.0.1:1/x",
          ]) {
            const first = await start(() => reply.redirect(status, target));
            const got = await exchange(accessTo(first.baseUrl), { ...get, method });
            assert.equal(got.status, status);
            got.discard();
            assert.equal(first.requests.length, 1);
          }
        }
      }
      assert.equal(second.connections(), 0);
    });

    it("lets go of the connection where its body is not wanted", async () => {
      let ended = false;
      const server = await start(() => (socket) => {
        socket.once("close", () => (ended = true));
        socket.write("HTTP/1.1 302 Found\r\nContent-Length: 1000\r\n\r\n<html>");
      });
      (await exchange(accessTo(server.baseUrl), get)).discard();
      await until(() => ended);
    });

    it("tells its headers by name in any case, and how long it took", async () => {
      const server = await start(() => reply.json(429, {}, { "Retry-After": ["1", "2"] }));
      const got = await exchange(accessTo(server.baseUrl), get);
      assert.equal(got.header("RETRY-after"), "1, 2");
      assert.equal(got.header("x-none"), undefined);
      assert.ok(Number.isInteger(got.elapsedMs()) && got.elapsedMs() >= 0);
      got.discard();
    });
  });
});
