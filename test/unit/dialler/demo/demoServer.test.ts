import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { startDemoServer, type DemoRequest, type DemoServer } from "../../../../src/dialler/demo/demoServer";
import { bodyOf, callDemo, recordsOf } from "../../../support/dialler/callDemo";
import { token } from "../../../support/dialler/token";

const triple = "CRM-000422";

describe("demoServer", () => {
  let server: DemoServer;
  let seen: DemoRequest[];

  beforeEach(async () => {
    seen = [];
    server = await startDemoServer({ contacts: 130, observe: (entry) => seen.push(entry) });
  });
  afterEach(() => server.stop());

  const call = (method: string, path: string, body?: unknown) => callDemo(server, method, path, body);

  describe("who is let in", () => {
    const withToken = (token: string, base = server.baseUrl) =>
      fetch(`${base}/dialler/contacts`, { headers: { Authorization: token } });

    it("refuses a wrong token, a missing one and another scheme with 401 and JSON", async () => {
      for (const header of [`Bearer ${server.token}x`, "", `Basic ${server.token}`, server.token]) {
        const reply = await withToken(header);
        assert.equal(reply.status, 401);
        assert.deepEqual(await reply.json(), { status: 401, error: "Unauthorized" });
      }
    });

    it("refuses another ClientsID like a wrong token", async () => {
      const other = server.baseUrl.replace(/7$/, "8");
      const reply = await withToken(`Bearer ${server.token}`, other);
      assert.equal(reply.status, 401);
      assert.deepEqual(await reply.json(), { status: 401, error: "Unauthorized" });
    });

    it("makes a token of its own that is long and never the same", async () => {
      const other = await startDemoServer({ contacts: 0 });
      await other.stop();
      assert.match(server.token, /^[\x21-\x7e]{32,}$/);
      assert.notEqual(server.token, other.token);
    });

    it("refuses a foreign Host with 403, even with the right token", async () => {
      const { port } = new URL(server.baseUrl);
      for (const host of [
        "evil.example.com",
        `evil.example.com:${port}`,
        "127.0.0.1:1",
        `127.0.0.1.example.com:${port}`,
      ]) {
        assert.equal(await statusForHost(server, host), 403, host);
      }
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
        assert.equal(await statusForHost(server, host), 200, host);
      }
    });

    it("sends no CORS header and knows no preflight request", async () => {
      const reply = await fetch(`${server.baseUrl}/dialler/contacts`, {
        method: "OPTIONS",
        headers: { Origin: "https://example.com", Authorization: `Bearer ${server.token}` },
      });
      assert.equal(reply.status, 404);
      assert.equal(reply.headers.get("access-control-allow-origin"), null);
    });

    it("listens on the IPv4 loopback address alone", async () => {
      const { hostname, port } = new URL(server.baseUrl);
      assert.equal(hostname, "127.0.0.1");
      await assert.rejects(connected("::1", Number(port)));
    });
  });

  describe("the two kinds of 404", () => {
    it("has an empty body where the endpoint does not exist", async () => {
      for (const [method, path] of [
        ["GET", "/dialler/nothing"],
        ["GET", "/dialler/contacts/"],
        ["GET", "/dialler/contacts/abc"],
        ["GET", "/dialler/contacts/-1"],
        ["GET", "/dialler/contacts/contact/40101"],
        ["DELETE", "/dialler/contacts/40101"],
        ["PUT", "/dialler/contacts"],
        ["GET", "/dialler/contacts/contact/40101/lock"],
        ["PATCH", "/dialler/contacts/contact/40101/lockunlock"],
        ["PATCH", "/dialler/contacts/contact/lockunlock?userData=CRM-000417"],
      ] as const) {
        const reply = await call(method, path);
        assert.equal(reply.status, 404, path);
        assert.equal(await reply.text(), "", path);
      }
    });

    it("has an empty body outside the base URL, whatever the token", async () => {
      const { origin } = new URL(server.baseUrl);
      for (const path of ["/", "/rest/v1.0/dialler/contacts", "/rest/v2.0/7/dialler/contacts"]) {
        const reply = await fetch(origin + path);
        assert.equal(reply.status, 404, path);
        assert.equal(await reply.text(), "", path);
      }
    });

    it("has JSON where the endpoint exists and the object does not", async () => {
      for (const [method, path, error] of [
        ["GET", "/dialler/contacts/1", "Dialler contact not found"],
        ["GET", "/dialler/contacts/99999999999999999999", "Dialler contact not found"],
        ["DELETE", "/dialler/contacts/contact/1", "Dialler contact not found"],
        ["PATCH", "/dialler/contacts/contact/1/lock", "Dialler contact not found"],
        ["PATCH", "/dialler/contacts/contact/1/unlock", "Dialler contact not found"],
        ["GET", "/dialler/contacts/contact?userData=nobody", "Dialler contact not found"],
        ["DELETE", "/dialler/contacts/contact?userData=nobody", "Dialler contact not found"],
        ["PATCH", "/dialler/contacts/contact/lock?userData=nobody", "Dialler contact not found"],
        ["PATCH", "/dialler/contacts/contact/unlock?userData=nobody", "Dialler contact not found"],
        ["GET", "/dialler/campaigns/1", "Dialler campaign not found"],
      ] as const) {
        const reply = await call(method, path);
        assert.equal(reply.status, 404, path);
        assert.equal(reply.headers.get("content-type"), "application/json");
        assert.deepEqual(await reply.json(), { status: 404, error }, path);
      }
    });
  });

  it("refuses a call without a needed parameter with 400 and JSON", async () => {
    for (const [method, path] of [
      ["GET", "/dialler/contacts/contact"],
      ["GET", "/dialler/contacts?diallerCampaignsID=x"],
      ["GET", "/dialler/contacts?diallerCampaignsID="],
      ["DELETE", "/dialler/contacts/contact"],
      ["DELETE", "/dialler/contacts/contact?userData="],
      ["PATCH", "/dialler/contacts/contact/lock"],
      ["PATCH", "/dialler/contacts/contact/unlock?userdata=CRM-000417"],
    ] as const) {
      const reply = await call(method, path);
      assert.equal(reply.status, 400, path);
      assert.equal((await bodyOf(reply)).status, 400);
    }
    assert.equal(server.contactCount(), 130);
  });

  it("reads one contact by ID", async () => {
    const reply = await call("GET", "/dialler/contacts/40101");
    const body = await bodyOf(reply);
    assert.deepEqual([body.count, body.status], [1, 200]);
    assert.deepEqual(
      recordsOf(body).map(({ ID, Name, UserData }) => [ID, Name, UserData]),
      [[40101, "Brandt", "CRM-000417"]],
    );
  });

  it("finds all contacts that carry exactly a UserData", async () => {
    const find = async (key: string) => {
      const reply = await call("GET", `/dialler/contacts/contact?userData=${encodeURIComponent(key)}`);
      return reply.status === 404 ? [] : recordsOf(await bodyOf(reply)).map(({ ID }) => Number(ID));
    };
    assert.deepEqual((await find(triple)).toSorted(), [40106, 40115, 40124]);
    assert.deepEqual(await find("a+b &c=d#é/%ü'(!)"), [40118]);
    assert.deepEqual(await find("crm-000419"), [40134]);
    assert.deepEqual(await find("CRM-000419"), [40103]);
    assert.deepEqual(await find("CRM-000421"), [40105]);
    assert.deepEqual(await find("CRM-000421 "), [40135]);
    assert.deepEqual(await find("crm-000421"), []);
  });

  it("deletes, locks and unlocks by ID, and does not tell the new state", async () => {
    const path = "/dialler/contacts/contact/40102";
    const locked = async () =>
      recordsOf(await bodyOf(await call("GET", "/dialler/contacts/40102")))[0]?.bLocked;
    for (const [step, expected] of [
      ["lock", true],
      ["lock", true],
      ["unlock", false],
      ["unlock", false],
    ] as const) {
      const reply = await call("PATCH", `${path}/${step}`);
      assert.equal(reply.status, 200);
      assert.deepEqual(await reply.json(), { status: 200 });
      assert.equal(await locked(), expected);
    }
    assert.deepEqual(await bodyOf(await call("DELETE", path)), { status: 200 });
    assert.equal(server.contactCount(), 129);
    assert.equal((await call("DELETE", path)).status, 404);
    assert.equal((await call("GET", "/dialler/contacts/40102")).status, 404);
    assert.equal((await call("PATCH", `${path}/lock`)).status, 404);
  });

  it("acts on one of several contacts with the same UserData, which is neither the first by ID nor by name", async () => {
    const sharing = async () => {
      const all = recordsOf(await bodyOf(await call("GET", "/dialler/contacts")));
      return all
        .filter(({ UserData }) => UserData === triple)
        .map(({ ID, bLocked }) => ({ id: Number(ID), bLocked }));
    };
    const before = await sharing();
    assert.equal(before.length, 3);
    for (const { id } of before) await call("PATCH", `/dialler/contacts/contact/${id}/unlock`);

    assert.equal((await call("PATCH", `/dialler/contacts/contact/lock?userData=${triple}`)).status, 200);
    const locked = (await sharing()).filter(({ bLocked }) => bLocked === true).map(({ id }) => id);
    assert.equal(locked.length, 1);
    assert.notEqual(locked[0], Math.min(...before.map(({ id }) => id)));
    assert.notEqual(locked[0], before[0]?.id);

    assert.equal((await call("PATCH", `/dialler/contacts/contact/unlock?userData=${triple}`)).status, 200);
    assert.ok((await sharing()).every(({ bLocked }) => bLocked === false));

    assert.equal((await call("DELETE", `/dialler/contacts/contact?userData=${triple}`)).status, 200);
    const left = (await sharing()).map(({ id }) => id);
    assert.deepEqual(
      left,
      before.map(({ id }) => id).filter((id) => id !== locked[0]),
    );
    for (const expected of [200, 200, 404]) {
      assert.equal((await call("DELETE", `/dialler/contacts/contact?userData=${triple}`)).status, expected);
    }
  });

  it("refuses a body where the call takes none, and changes nothing", async () => {
    const reply = await call("DELETE", "/dialler/contacts/contact/40101", {});
    assert.equal(reply.status, 400);
    assert.equal(server.contactCount(), 130);
  });

  it("tells campaigns as a list and one by one", async () => {
    const list = await bodyOf(await call("GET", "/dialler/campaigns"));
    const { records, ...envelope } = list;
    assert.deepEqual(envelope, {
      filter: "",
      limitStart: 0,
      limitPageSize: -1,
      count: 5,
      orderBy: "Name",
      ascending: true,
      status: 200,
    });
    assert.ok(Array.isArray(records));
    assert.deepEqual(
      recordsOf(list).map(({ ID }) => ID),
      [72, 71, 74, 73, 75],
    );
    const one = await bodyOf(await call("GET", "/dialler/campaigns/74"));
    assert.deepEqual([one.count, recordsOf(one)[0]?.Name], [1, "Rückrufe „dringend“"]);
  });

  it("reports every request with its status", async () => {
    await call("GET", "/dialler/contacts/40101");
    await call("DELETE", "/dialler/contacts/contact?userData=x%20y");
    await fetch(`${server.baseUrl}/dialler/campaigns`);
    assert.deepEqual(seen, [
      { method: "GET", path: "/rest/v1.0/7/dialler/contacts/40101", status: 200 },
      { method: "DELETE", path: "/rest/v1.0/7/dialler/contacts/contact?userData=x%20y", status: 404 },
      { method: "GET", path: "/rest/v1.0/7/dialler/campaigns", status: 401 },
    ]);
  });

  it("takes port, token and tenant from its options", async () => {
    const other = await startDemoServer({ contacts: 3, token, clientsId: 12 });
    const { port } = new URL(other.baseUrl);
    assert.equal(other.baseUrl, `http://127.0.0.1:${port}/rest/v1.0/12`);
    assert.equal((await callDemo(other, "GET", "/dialler/contacts/40103")).status, 200);
    await assert.rejects(startDemoServer({ port: Number(port) }), { code: "EADDRINUSE" });
    await other.stop();
    const again = await startDemoServer({ contacts: 3, port: Number(port) });
    await again.stop();
  });

  it("stops at once although connections are open, and twice without harm", async () => {
    const { port } = new URL(server.baseUrl);
    const idle = await connected("127.0.0.1", Number(port));
    const closed = new Promise((resolve) => idle.once("close", resolve));
    idle.on("error", () => undefined);
    await server.stop();
    await server.stop();
    await closed;
    await assert.rejects(call("GET", "/dialler/campaigns"));
  });
});

function connected(host: string, port: number): Promise<ReturnType<typeof connect>> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** fetch sets the Host header itself, so this asks with the plain client. */
function statusForHost(server: DemoServer, host: string): Promise<number> {
  const { port } = new URL(server.baseUrl);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port,
        path: "/rest/v1.0/7/dialler/campaigns",
        headers: { Host: host, Authorization: `Bearer ${server.token}` },
      },
      (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      },
    );
    asked.once("error", reject).end();
  });
}
