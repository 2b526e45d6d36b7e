import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import type { DiallerClient } from "../../../../../src/dialler/api/diallerClient";
import { ProxyRefused, Unreachable } from "../../../../../src/dialler/api/http/connectionErrors";
import { ServerFailed } from "../../../../../src/dialler/api/http/replyErrors";
import { runAction } from "../../../../../src/dialler/runs/runAction";
import {
  clientFor,
  closedPort,
  quickControl,
  rejection,
  scriptedServers,
} from "../../../../support/dialler/clientFor";
import * as reply from "../../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../../support/dialler/scriptedReply";
import { certificateFile, type ScriptedServer } from "../../../../support/dialler/scriptedServer";
import { useProxy } from "../../../../support/host/proxyAgent";
import { token } from "../../../../support/dialler/token";

const ca = readFileSync(certificateFile("selfSigned"), "utf8");
const page = `<html><body>Blocked, <a href="http://127.0.0.1:1/">why?</a> ${token}</body></html>`;
const empty = reply.json(200, { records: [], count: 0, status: 200 });

describe("a proxy on the way", () => {
  const start = scriptedServers();
  let leaveProxy = (): void => undefined;
  let server: ScriptedServer;
  let proxy: ScriptedServer;
  afterEach(() => leaveProxy());

  /** A client of an https server behind a proxy that answers each CONNECT as given. */
  async function behind(
    answer: ScriptedReply | "tunnel",
    says: ScriptedReply = empty,
  ): Promise<DiallerClient> {
    server = await start(() => says, { tls: "selfSigned" });
    proxy = await start(() => (answer === "tunnel" ? reply.tunnel(server.port) : answer));
    leaveProxy = useProxy(proxy.port, ca);
    // As in VS Code, whose proxy applies to requests without an agent.
    return clientFor(server.baseUrl, { ownAgent: () => false });
  }

  const heardByProxy = (): string[] => proxy.requests.map(({ method, path }) => `${method} ${path}`);

  it("lets requests through where it can, and is told neither path nor token", async () => {
    const client = await behind("tunnel");
    assert.deepEqual((await client.change("lock", { id: 5 }, { control: quickControl() })).outcome, "done");
    assert.equal(server.requests[0]?.path, "/rest/v1.0/7/dialler/contacts/contact/5/lock");
    assert.deepEqual(heardByProxy(), [`CONNECT 127.0.0.1:${server.port}`]);
    assert.ok(!inspect(proxy.requests).includes(token));
  });

  it("does not speak for the server: a 502 through the tunnel leaves in doubt what was done", async () => {
    const client = await behind("tunnel", reply.html(502, page));
    const { outcome, error } = await client.change(
      "delete",
      { userData: "DUP" },
      { control: quickControl() },
    );
    assert.equal(outcome, "unknown");
    assert.ok(error instanceof ServerFailed);
    assert.equal(server.requests.length, 1);
  });

  for (const [what, status, answer] of [
    ["407 (N21)", 407, reply.html(407, page, { "Proxy-Authenticate": "Basic" })],
    ["502 with a page (N22)", 502, reply.html(502, page)],
    ["503", 503, reply.empty(503, { "Retry-After": "1" })],
    ["200 in other words", 204, reply.empty(204)],
  ] as const) {
    it(`that answers CONNECT with ${what} has kept the change from the server: failed, and the run stops`, async () => {
      const client = await behind(answer);
      for (const change of ["delete", "lock"] as const) {
        for (const target of [{ id: 5 }, { userData: "DUP" }]) {
          const { outcome, error, stopsRun } = await client.change(change, target, {
            control: quickControl(),
          });
          assert.equal(outcome, "failed", inspect(error));
          assert.ok(error instanceof ProxyRefused && error.status === status, inspect(error));
          assert.match(error.sentence, /The proxy refused the connection to 127\.0\.0\.1:\d+/);
          assert.doesNotMatch(inspect(error, { depth: 9 }), /<html|Blocked/);
          assert.ok(stopsRun);
        }
      }
      assert.deepEqual(heardByProxy(), Array<string>(4).fill(`CONNECT 127.0.0.1:${server.port}`));

      const items = Array.from({ length: 20 }, (_, at) => ({ id: at + 1 }));
      const results = await runAction("lock", items, client, {
        concurrency: 1,
        lockField: "",
        cancelled: new AbortController().signal,
        onResult: () => undefined,
      });
      assert.deepEqual(
        results.map((result) => result.outcome),
        ["failed", ...Array<string>(19).fill("notAttempted")],
      );
      assert.equal(proxy.requests.length, 5);
      assert.equal(server.connections(), 0);
    });
  }

  it("whose own certificate is not trusted has kept the change from the server: failed, and the sentence names it (C04)", async () => {
    server = await start(() => empty, { tls: "selfSigned" });
    proxy = await start(() => reply.tunnel(server.port), { tls: "selfSigned" });
    leaveProxy = useProxy(proxy.port, ca, true);
    const client = clientFor(server.baseUrl, { ownAgent: () => false });
    const { outcome, error } = await client.change("delete", { id: 5 }, { control: quickControl() });
    assert.equal(outcome, "failed");
    assert.ok(error instanceof Unreachable, inspect(error));
    assert.match(error.sentence, /through the proxy\..* if the proxy uses https, its certificate/);
    assert.deepEqual([proxy.requests.length, server.connections()], [0, 0]);
  });

  it("that is not there or hangs up has kept the change from the server, too: failed after one repeat", async () => {
    for (const answer of [reply.hangUp(), reply.reset()]) {
      const client = await behind(answer);
      const { outcome, error } = await client.change(
        "delete",
        { userData: "DUP" },
        { control: quickControl() },
      );
      assert.equal(outcome, "failed");
      assert.ok(error instanceof Unreachable, inspect(error));
      assert.match(error.sentence, /Could not reach 127\.0\.0\.1:\d+ through the proxy/);
      assert.equal(proxy.requests.length, 2);
      assert.equal(server.connections(), 0);
      leaveProxy();
    }
    leaveProxy = useProxy(await closedPort(), ca);
    const error = await rejection(
      clientFor("https://127.0.0.2:9/rest/v1.0/7").getContact(5, { control: quickControl() }),
    );
    assert.ok(error instanceof Unreachable, inspect(error));
  });
});
