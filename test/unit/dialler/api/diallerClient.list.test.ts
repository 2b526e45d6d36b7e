import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { DiallerClient } from "../../../../src/dialler/api/diallerClient";
import { TimedOut, Unreachable, UntrustedServer } from "../../../../src/dialler/api/http/connectionErrors";
import {
  NoSuchPath,
  Redirected,
  TokenRejected,
  TooLarge,
  UnreadableReply,
} from "../../../../src/dialler/api/http/replyErrors";
import {
  clientFor,
  closedPort,
  recordsOf,
  rejection,
  scriptedServers,
} from "../../../support/dialler/clientFor";
import * as reply from "../../../support/dialler/scriptedReply";
import { certificateFile } from "../../../support/dialler/scriptedServer";

/** A list as the tree takes it: all of it is kept. */
async function listed(client: DiallerClient): Promise<unknown[]> {
  const batches: unknown[] = [];
  for await (const batch of client.streamContacts()) batches.push(batch);
  return batches;
}

function* endlessRecords(): Generator<Buffer> {
  yield Buffer.from('{"records":[{"ID":1}');
  const some = Buffer.from(`,{"ID":2,"Name":"Brandt","Comment":"${"x".repeat(200)}"}`.repeat(200));
  for (;;) yield some;
}

const unlocked = { records: [{ ID: 5, bLocked: false }], count: 1, status: 200 };

describe("DiallerClient", () => {
  const start = scriptedServers();

  describe("a list", () => {
    const limits = { requestSeconds: 5, listSeconds: 0.2, listMegabytes: 1 };

    it("ends at its limit in all, repeats included, where the server never answers (N03)", async () => {
      const server = await start(() => reply.hang());
      const error = await rejection(recordsOf(clientFor(server.baseUrl, { limits }).listContacts()));
      assert.ok(error instanceof TimedOut);
      assert.ok(server.requests.length <= 3);
    });

    it("ends at its limit where the answer drips (N13)", async () => {
      const server = await start(() => reply.drip(200, JSON.stringify(unlocked), 1, 50));
      const error = await rejection(recordsOf(clientFor(server.baseUrl, { limits }).listContacts()));
      assert.ok(error instanceof TimedOut);
    });

    it("ends at its cap", async () => {
      const records = [{ ID: 1, Comment: "x".repeat(1_100_000) }];
      for (const send of [reply.json, reply.gzipped]) {
        const server = await start(() => send(200, { records, count: 1, status: 200 }));
        const error = await rejection(recordsOf(clientFor(server.baseUrl, { limits }).listContacts()));
        assert.ok(error instanceof TooLarge && error.capMegabytes === 1);
      }
    });

    it("is never taken for a shorter one where its answer is cut (N11)", async () => {
      const body = JSON.stringify({
        records: Array.from({ length: 50 }, (_, ID) => ({ ID })),
        count: 50,
        status: 200,
      });
      const server = await start(() => reply.cut(200, body));
      const error = await rejection(recordsOf(clientFor(server.baseUrl).listContacts()));
      assert.ok(error instanceof UnreadableReply && error.how === "cut");
    });

    it("is not asked for again where asking again would not help", async () => {
      for (const [answer, kind] of [
        [reply.redirect(301, "/login"), Redirected],
        [reply.json(401, {}), TokenRejected],
        [reply.empty(404), NoSuchPath],
        [reply.html(200, "<html>login</html>"), UnreadableReply],
      ] as const) {
        const server = await start(() => answer);
        assert.ok((await rejection(recordsOf(clientFor(server.baseUrl).listContacts()))) instanceof kind);
        assert.equal(server.requests.length, 1);
      }
    });

    it("is not asked for again, nor at all, where the certificate is not trusted (N18, N19)", async () => {
      for (const tls of ["selfSigned", "expired", "wrongHost"] as const) {
        const server = await start(() => reply.json(200, unlocked), { tls });
        const ca = tls === "selfSigned" ? {} : { ca: readFileSync(certificateFile(tls), "utf8") };
        const error = await rejection(recordsOf(clientFor(server.baseUrl, ca).listContacts()));
        assert.ok(error instanceof UntrustedServer);
        assert.deepEqual([server.requests.length, server.connections()], [0, 1]);
      }
    });

    it("takes less than twice its cap of memory from a gzip bomb or an endless body, and names the cap (H29, H30)", async function () {
      this.timeout(30_000);
      const cap = 50;
      const bombs = {
        "one long text": reply.gzipBomb(250),
        "records without end": reply.chunked(200, endlessRecords()),
      };
      for (const [what, bomb] of Object.entries(bombs)) {
        const server = await start(() => bomb);
        const before = process.memoryUsage.rss();
        let most = 0;
        const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss() - before)), 5);
        const limits = { requestSeconds: 5, listSeconds: 25, listMegabytes: cap };
        const client = clientFor(server.baseUrl, { limits });
        const error = await rejection(listed(client));
        clearInterval(watch);
        assert.ok(error instanceof TooLarge, `${what}: ${String(error)}`);
        assert.match(error.sentence, /limit of 50 MB/);
        assert.ok(most < 2 * cap * 1024 * 1024, `${what}: ${Math.round(most / 1024 / 1024)} MB more`);
        assert.equal(server.requests.length, 1);
      }
    });

    it("is tried three times where nobody listens, or the name is not known (N01, N02)", async function () {
      // The waits between the tries are real ones.
      this.timeout(10_000);
      for (const base of [`http://127.0.0.1:${await closedPort()}/`, "http://dialler.invalid/"]) {
        let attempts = 0;
        const log = { debug: () => attempts++, trace: () => undefined };
        assert.ok(
          (await rejection(recordsOf(clientFor(base, { log }).listContacts()))) instanceof Unreachable,
        );
        assert.equal(attempts, 3);
      }
    });
  });
});
