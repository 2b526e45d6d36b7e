import assert from "node:assert/strict";
import {
  startDemoServer,
  type DemoServer,
  type DemoServerOptions,
} from "../../../../src/dialler/demo/demoServer";
import { bodyOf, callDemo, recordsOf } from "../../../support/dialler/callDemo";

describe("oldServer", () => {
  let server: DemoServer | undefined;
  afterEach(() => server?.stop());

  const start = async (options: DemoServerOptions) => {
    const started = await startDemoServer({ contacts: 20, ...options });
    server = started;
    return async (method: string, path: string, body?: unknown) => {
      const reply = await callDemo(started, method, path, body);
      const text = await reply.text();
      return { status: reply.status, text, count: /"count":(\d+)/.exec(text)?.[1] };
    };
  };

  it("can ignore the campaign in the query of a list", async () => {
    const call = await start({ oldServer: { ignoresCampaignFilter: true } });
    assert.equal((await call("GET", "/dialler/contacts?diallerCampaignsID=74")).count, "20");
  });

  it("can lack the batch read, or refuse its method", async () => {
    const body = { IDList: [40101] };
    const call = await start({ oldServer: { noBatchRead: true } });
    assert.deepEqual(await call("POST", "/dialler/contacts?languagesID=1", body), {
      status: 404,
      text: "",
      count: undefined,
    });
    await server?.stop();
    const again = await start({ oldServer: { noBatchRead: 405 } });
    assert.equal((await again("POST", "/dialler/contacts?languagesID=1", body)).status, 405);
  });

  it("can lack campaigns", async () => {
    const call = await start({ oldServer: { noCampaigns: true } });
    assert.deepEqual(await call("GET", "/dialler/campaigns"), { status: 404, text: "", count: undefined });
  });

  it("can look up a UserData in the list, ignore it, or not look it up at all", async () => {
    for (const [userDataLookup, single, list] of [
      ["contact", "1", "20"],
      ["list", undefined, "1"],
      ["ignored", "20", "20"],
      ["none", undefined, "20"],
    ] as const) {
      const call = await start({ oldServer: { userDataLookup } });
      assert.equal(
        (await call("GET", "/dialler/contacts/contact?userData=CRM-000417")).count,
        single,
        userDataLookup,
      );
      assert.equal((await call("GET", "/dialler/contacts?userData=CRM-000417")).count, list, userDataLookup);
      await server?.stop();
    }
  });

  it("finds nobody with 404 and JSON, or in the list with an empty answer", async () => {
    const call = await start({});
    assert.equal((await call("GET", "/dialler/contacts/contact?userData=nobody")).status, 404);
    await server?.stop();
    const again = await start({ oldServer: { userDataLookup: "list" } });
    assert.equal(
      (await again("GET", "/dialler/contacts?userData=nobody")).text,
      '{"records":[],"count":0,"status":200}',
    );
  });

  it("can read a single contact at the other path, or at both", async () => {
    for (const [style, documented, other] of [
      ["contacts/{id}", 200, 404],
      ["contacts/contact/{id}", 404, 200],
      ["both", 200, 200],
    ] as const) {
      const call = await start({ style });
      assert.equal((await call("GET", "/dialler/contacts/40101")).status, documented);
      assert.equal((await call("GET", "/dialler/contacts/contact/40101")).status, other);
      await server?.stop();
    }
  });

  it("can unlock by UserData at lockunlock", async () => {
    const call = await start({ oldServer: { unlocksAtLockunlock: true } });
    assert.equal((await call("PATCH", "/dialler/contacts/contact/unlock?userData=CRM-000417")).text, "");
    assert.equal(
      (await call("PATCH", "/dialler/contacts/contact/lockunlock?userData=CRM-000417")).status,
      200,
    );
  });

  it("can refuse to lock a locked contact", async () => {
    const call = await start({ oldServer: { refusesRepeatedLock: true } });
    const statuses = [];
    for (const step of ["unlock", "lock", "lock", "unlock"]) {
      statuses.push((await call("PATCH", `/dialler/contacts/contact/40101/${step}`)).status);
    }
    assert.deepEqual(statuses, [409, 200, 409, 200]);
    assert.equal((await call("PATCH", "/dialler/contacts/contact/1/lock")).status, 404);
  });

  it("can tell the lock under another name, or not at all", async () => {
    for (const lockMember of ["isLocked", ""]) {
      await start({ lockMember });
      assert.ok(server);
      await callDemo(server, "PATCH", "/dialler/contacts/contact/40101/lock");
      const [record] = recordsOf(await bodyOf(await callDemo(server, "GET", "/dialler/contacts/40101")));
      assert.ok(record);
      assert.equal(record.bLocked, undefined);
      assert.equal(record.isLocked, lockMember === "" ? undefined : true);
      await server.stop();
    }
  });
});
