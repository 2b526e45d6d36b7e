import assert from "node:assert/strict";
import type { DiallerClient } from "../../../../src/dialler/api/diallerClient";
import { ApiError } from "../../../../src/dialler/api/http/apiError";
import { Cancelled } from "../../../../src/dialler/api/http/connectionErrors";
import { NoSuchContact, NoSuchPath, UnreadableReply } from "../../../../src/dialler/api/http/replyErrors";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import {
  type DemoRequest,
  type DemoServer,
  type DemoServerOptions,
  startDemoServer,
} from "../../../../src/dialler/demo/demoServer";
import {
  clientFor,
  quickControl,
  recordsOf,
  rejection,
  scriptedServers,
  until,
} from "../../../support/dialler/clientFor";
import * as reply from "../../../support/dialler/scriptedReply";

const unlocked = { records: [{ ID: 5, bLocked: false }], count: 1, status: 200 };

describe("DiallerClient", () => {
  const start = scriptedServers();
  let demos: DemoServer[] = [];
  afterEach(async () => {
    const servers = demos;
    demos = [];
    for (const server of servers) await server.stop();
  });

  async function demo(options: DemoServerOptions = {}, slash = "") {
    const requests: DemoRequest[] = [];
    const server = await startDemoServer({
      contacts: 60,
      ...options,
      observe: (request) => requests.push(request),
    });
    demos.push(server);
    const said = () =>
      requests.map(({ method, path, status }) => `${method} ${path.slice("/rest/v1.0/7".length)} ${status}`);
    return { server, said, client: clientFor(server.baseUrl + slash, { token: server.token }) };
  }

  for (const slash of ["", "/"]) {
    it(`speaks every call of the API, the base URL typed ${slash === "" ? "without" : "with"} a slash (I15)`, async () => {
      const { client, said, server } = await demo({}, slash);
      const all = await recordsOf(client.listContacts());
      assert.equal(all.length, 60);
      const campaigns = await client.listCampaigns();
      const [campaign] = campaigns;
      assert.ok(campaign !== undefined && typeof campaign.ID === "number");
      assert.deepEqual((await client.getCampaign(campaign.ID)).Name, campaign.Name);
      const ofCampaign = await recordsOf(client.listContacts(campaign.ID));
      assert.ok(ofCampaign.length > 0 && ofCampaign.length < 60);
      assert.ok(ofCampaign.every((record) => record.DiallerCampaignsID === campaign.ID));

      const contact = await client.getContact(40101);
      assert.equal(contact.Name, "Brandt");
      const batch = await client.readBatch({ ids: [40101, 99], userData: ["CRM-000418"] });
      assert.equal(batch.length, 2);
      assert.ok(batch.every((record) => Array.isArray(record.DiallerContactsHistory)));
      const [found] = await client.findByUserData("CRM-000417");
      assert.equal(found?.ID, 40101);

      const imported = await client.importContact(
        { Name: "Neu", DiallerCampaignsID: campaign.ID, PhoneNumber1: "+491234", UserData: "NEW-1" },
        { overwriteDuplicates: false },
      );
      assert.equal(imported.record?.UserData, "NEW-1");
      assert.equal(server.contactCount(), 61);

      assert.equal((await client.change("lock", { id: 40101 })).outcome, "done");
      assert.equal((await client.getContact(40101)).bLocked, true);
      assert.equal((await client.change("unlock", { id: 40101 })).outcome, "done");
      assert.equal((await client.change("lock", { userData: "NEW-1" })).outcome, "done");
      assert.equal((await client.change("unlock", { userData: "NEW-1" })).outcome, "done");
      assert.equal((await client.change("delete", { userData: "NEW-1" })).outcome, "done");
      assert.equal((await client.change("delete", { id: 40101 })).outcome, "done");
      assert.equal(server.contactCount(), 59);
      assert.ok((await rejection(client.getContact(40101))) instanceof NoSuchContact);
      assert.deepEqual(said(), [
        "GET /dialler/contacts 200",
        "GET /dialler/campaigns 200",
        `GET /dialler/campaigns/${campaign.ID} 200`,
        `GET /dialler/contacts?diallerCampaignsID=${campaign.ID} 200`,
        "GET /dialler/contacts/40101 200",
        "POST /dialler/contacts?languagesID=1 200",
        "GET /dialler/contacts/contact?userData=CRM-000417 200",
        "POST /dialler/contacts/import?overwriteDuplicates=false 200",
        "PATCH /dialler/contacts/contact/40101/lock 200",
        "GET /dialler/contacts/40101 200",
        "PATCH /dialler/contacts/contact/40101/unlock 200",
        "PATCH /dialler/contacts/contact/lock?userData=NEW-1 200",
        "PATCH /dialler/contacts/contact/unlock?userData=NEW-1 200",
        "DELETE /dialler/contacts/contact?userData=NEW-1 200",
        "DELETE /dialler/contacts/contact/40101 200",
        "GET /dialler/contacts/40101 404",
      ]);
    });
  }

  it("finds exactly the contact whose UserData needs every kind of encoding", async () => {
    const { client } = await demo();
    for (const userData of [
      "a+b &c=d#é/%ü'(!)",
      "%2e%2e",
      "CRM-000421 ",
      "Käufer/2024-0017",
      "客户-00045",
      "__proto__",
    ]) {
      const [byPath] = await client.findByUserData(userData);
      assert.equal(byPath?.UserData, userData);
      const [byBatch] = await client.readBatch({ userData: [userData] });
      assert.equal(byBatch?.ID, byPath.ID);
      const settled = await client.change("lock", { userData });
      assert.equal(settled.outcome, "done");
      assert.equal((await client.findByUserData(userData))[0]?.bLocked, true);
    }
  });

  it("describes the reading of a contact without asking, on the path that the server is known to answer", async () => {
    const { client, said, server } = await demo({ style: "contacts/contact/{id}" }, "/");
    const url = (path: string) => `${server.baseUrl}/dialler/${path}/40101`;
    assert.deepEqual(client.readRequest(40101), { method: "GET", url: url("contacts"), body: undefined });
    assert.deepEqual(said(), []);
    await client.getContact(40102);
    assert.equal(client.readRequest(40101).url, url("contacts/contact"));
    assert.throws(() => client.readRequest(-1), InvalidKey);
  });

  it("reads one contact where the server has it, and remembers where", async () => {
    const { client, said } = await demo({ style: "contacts/contact/{id}" });
    await client.getContact(40101);
    await client.getContact(40102);
    assert.deepEqual(said(), [
      "GET /dialler/contacts/40101 404",
      "GET /dialler/contacts/contact/40101 200",
      "GET /dialler/contacts/contact/40102 200",
    ]);
    const fresh = await demo({ style: "contacts/contact/{id}" });
    assert.ok((await rejection(fresh.client.getContact(7))) instanceof NoSuchContact);
    assert.ok((await rejection(fresh.client.getContact(8))) instanceof NoSuchContact);
    assert.equal(fresh.said().length, 3);
  });

  it("unlocks by UserData at /unlock, and at /lockunlock only after a missing path; remembers it; never locks (H38)", async () => {
    const old = await demo({ oldServer: { unlocksAtLockunlock: true } });
    const target = { userData: "CRM-000417" };
    assert.equal((await old.client.change("unlock", target)).outcome, "done");
    assert.equal((await old.client.change("unlock", target)).outcome, "done");
    assert.equal((await old.client.change("lock", target)).outcome, "done");
    assert.equal((await old.client.change("unlock", { id: 40101 })).outcome, "done");
    assert.deepEqual(old.said(), [
      "PATCH /dialler/contacts/contact/unlock?userData=CRM-000417 404",
      "PATCH /dialler/contacts/contact/lockunlock?userData=CRM-000417 200",
      "PATCH /dialler/contacts/contact/lockunlock?userData=CRM-000417 200",
      "PATCH /dialler/contacts/contact/lock?userData=CRM-000417 200",
      "PATCH /dialler/contacts/contact/40101/unlock 200",
    ]);
  });

  it("tries /lockunlock after no other answer (H38)", async () => {
    for (const answer of [
      reply.json(404, { status: 404, error: "x" }),
      reply.json(500, {}),
      reply.empty(405),
      reply.empty(503),
      reply.reset(),
      reply.redirect(302, "/x"),
      reply.empty(401),
      reply.json(409, { status: 409, error: "x" }),
    ]) {
      const server = await start(() => answer);
      await clientFor(server.baseUrl).change("unlock", { userData: "X" }, { control: quickControl() });
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        ["/rest/v1.0/7/dialler/contacts/contact/unlock?userData=X"],
      );
    }
    const neither = await start(() => reply.empty(404));
    const settled = await clientFor(neither.baseUrl).change(
      "unlock",
      { userData: "X" },
      { control: quickControl() },
    );
    assert.deepEqual([settled.outcome, settled.stopsRun, neither.requests.length], ["failed", true, 2]);
    assert.match(settled.reason ?? "", /contact\/unlock/);
    assert.ok(neither.requests.every(({ path }) => !path.includes("contact/lock?")));
  });

  it("does not take /lockunlock again once it was lost there: the change may have been made", async () => {
    const server = await start(({ index }) => (index === 0 ? reply.empty(404) : reply.reset()));
    const settled = await clientFor(server.baseUrl).change(
      "unlock",
      { userData: "X" },
      { control: quickControl() },
    );
    assert.deepEqual([settled.outcome, server.requests.length], ["unknown", 2]);
  });

  it("takes no record for an answer that was not asked for", async () => {
    for (const body of [
      { records: [{ ID: 6 }], count: 1, status: 200 },
      { records: [], count: 0, status: 200 },
      { records: [{ ID: 5 }, { ID: 6 }], count: 2, status: 200 },
      { records: [{ ID: 5 }, { ID: 5 }], count: 2, status: 200 },
      { records: [{}], count: 1, status: 200 },
      { records: [{ ID: [5] }, {}], count: 1, status: 200 },
    ]) {
      const server = await start(() => reply.json(200, body));
      for (const read of [
        (client: DiallerClient) => client.getContact(5),
        (client: DiallerClient) => client.getCampaign(5),
      ]) {
        const error = await rejection(read(clientFor(server.baseUrl)));
        assert.ok(error instanceof UnreadableReply && error.how === "wrongRecord");
      }
      assert.equal(server.requests.length, 2);
    }
    const text = await start(() => reply.json(200, { records: [{ ID: "5" }] }));
    assert.deepEqual(await clientFor(text.baseUrl).getContact(5), { ID: "5" });
  });

  it("takes no batch whose count contradicts its records: nobody is absent by it", async () => {
    const server = await start(() => reply.json(200, { records: [], count: 1, status: 200 }));
    const error = await rejection(clientFor(server.baseUrl).readBatch({ ids: [5] }));
    assert.ok(error instanceof UnreadableReply && error.how === "wrongRecord");
  });

  it("takes no batch for an answer that holds a record not asked for", async () => {
    const records = [{ ID: 5 }, { ID: 6, UserData: "K" }, { ID: 7, UserData: "other" }];
    const server = await start(() => reply.json(200, { records, count: 3, status: 200 }));
    const client = clientFor(server.baseUrl);
    for (const keys of [
      { ids: [5, 6] },
      { ids: [5], userData: ["K"] },
      { userData: ["K"] },
      { ids: [] },
      {},
    ]) {
      const error = await rejection(client.readBatch(keys));
      assert.ok(error instanceof UnreadableReply && error.how === "wrongRecord");
    }
    assert.equal((await client.readBatch({ ids: [5, 7], userData: ["k "] })).length, 3);
    assert.deepEqual(JSON.parse(server.requests.at(-1)?.body ?? ""), {
      UserDataList: ["k "],
      IDList: [5, 7],
    });
  });

  it("asks for the batch in the language that is given", async () => {
    const server = await start(() => reply.json(200, { records: [], status: 200 }));
    await clientFor(server.baseUrl).readBatch({ ids: [1] }, { languageId: 3 });
    assert.match(server.requests[0]?.path ?? "", /\?languagesID=3$/);
  });

  it("knows a server without campaigns or without the batch read by its missing path", async () => {
    const { client } = await demo({ oldServer: { noCampaigns: true, noBatchRead: true } });
    assert.ok((await rejection(client.listCampaigns())) instanceof NoSuchPath);
    assert.ok((await rejection(client.readBatch({ ids: [40101] }))) instanceof NoSuchPath);
    const refusing = await demo({ oldServer: { noBatchRead: 405 } });
    assert.ok((await rejection(refusing.client.readBatch({ ids: [40101] }))) instanceof NoSuchPath);
  });

  it("sends nothing for keys that must not be sent (D03, I03, I04, I08)", async () => {
    const server = await start(() => reply.json(200, unlocked));
    const client = clientFor(server.baseUrl);
    for (const id of [0, -1, 1.5, NaN, 2 ** 53]) {
      await assert.rejects(client.getContact(id), InvalidKey);
      await assert.rejects(client.getCampaign(id), InvalidKey);
      await assert.rejects(client.readBatch({ ids: [1, id] }), InvalidKey);
      await assert.rejects(recordsOf(client.listContacts(id)), InvalidKey);
    }
    for (const userData of ["", " ", "\ud800"]) {
      await assert.rejects(client.findByUserData(userData), InvalidKey);
      await assert.rejects(client.readBatch({ userData: [userData] }), InvalidKey);
      await assert.rejects(recordsOf(client.listByUserData(userData)), InvalidKey);
    }
    assert.equal(server.requests.length, 0);
  });

  it("repeats a lost read at most twice", async () => {
    for (const [answer, times] of [
      [reply.reset(), 3],
      [reply.json(500, {}), 3],
      [reply.cut(200, JSON.stringify(unlocked)), 3],
      [reply.html(200, "<html>login</html>"), 1],
      [reply.json(200, { status: 500 }), 1],
      [reply.json(401, {}), 1],
      [reply.html(403, "no"), 1],
      [reply.redirect(307, "/x"), 1],
      [reply.json(404, { status: 404, error: "x" }), 1],
      [reply.json(400, { status: 400, error: "x" }), 1],
    ] as const) {
      const server = await start(() => answer);
      const error = await rejection(clientFor(server.baseUrl).getContact(5, { control: quickControl() }));
      assert.ok(error instanceof ApiError);
      assert.equal(server.requests.length, times, error.message);
    }
    const well = await start(({ index }) => (index < 2 ? reply.reset() : reply.json(200, unlocked)));
    assert.equal((await clientFor(well.baseUrl).getContact(5, { control: quickControl() })).ID, 5);
  });

  it("ends a cancelled read at once and does not send it again (N03)", async () => {
    const server = await start(() => reply.hang());
    const client = clientFor(server.baseUrl);
    const reads: ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) => client.getContact(5, { signal }),
      (signal) => client.getCampaign(5, { signal }),
      (signal) => client.readBatch({ ids: [5] }, { signal }),
      (signal) => client.findByUserData("K", { signal }),
      (signal) => client.listCampaigns({ signal }),
      (signal) => recordsOf(client.listContacts(undefined, { signal })),
      (signal) => recordsOf(client.listByUserData("K", { signal })),
    ];
    for (const [index, read] of reads.entries()) {
      const cancel = new AbortController();
      const ended = rejection(read(cancel.signal));
      await until(() => server.requests.length > index);
      cancel.abort();
      assert.ok((await ended) instanceof Cancelled);
      assert.equal(server.requests.length, index + 1);
    }
  });

  describe("importContact", () => {
    it("is sent once, whatever happens, unless it never left", async () => {
      for (const answer of [
        reply.reset(),
        reply.empty(500),
        reply.empty(503, { "Retry-After": "0" }),
        reply.html(200, "<html>"),
      ]) {
        const server = await start(() => answer);
        const error = await rejection(
          clientFor(server.baseUrl).importContact({ Name: "X" }, { overwriteDuplicates: false }),
        );
        assert.ok(error instanceof ApiError);
        assert.equal(server.changing().length, 1);
      }
    });

    it("does not know what the server stored after an empty answer, and is not sent again", async () => {
      const server = await start(() => reply.empty(200));
      const imported = clientFor(server.baseUrl).importContact({ Name: "X" }, { overwriteDuplicates: false });
      assert.deepEqual(await imported, { status: 200, record: undefined });
      assert.equal(server.changing().length, 1);
    });

    it("sends the record as it is, and overwrites only when told", async () => {
      const server = await start(() => reply.json(200, { records: [{ ID: 1 }], status: 200 }));
      const record: WireRecord = JSON.parse('{"Name":"Ü","__proto__":{"x":1}}') as WireRecord;
      await clientFor(server.baseUrl).importContact(record, { overwriteDuplicates: true });
      assert.equal(server.requests[0]?.body, '{"Name":"Ü","__proto__":{"x":1}}');
      assert.match(server.requests[0].path, /overwriteDuplicates=true$/);
    });
  });
});
