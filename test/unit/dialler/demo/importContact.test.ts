import assert from "node:assert/strict";
import { startDemoServer, type DemoServer } from "../../../../src/dialler/demo/demoServer";
import { bodyOf, callDemo, recordsOf } from "../../../support/dialler/callDemo";

const erika = {
  Name: "Muster",
  FirstName: "Erika",
  DiallerCampaignsID: 72,
  PhoneNumber3: "+4930231250",
  UserData: "E-1",
};

describe("import into the demo server", () => {
  let server: DemoServer;
  beforeEach(async () => {
    server = await startDemoServer({ contacts: 30 });
  });
  afterEach(() => server.stop());

  const post = (body: unknown, overwrite = "false") =>
    callDemo(server, "POST", `/dialler/contacts/import?overwriteDuplicates=${overwrite}`, body);
  const stored = async (reply: Response) => {
    assert.equal(reply.status, 200);
    const body = await bodyOf(reply);
    assert.deepEqual([body.count, body.status], [1, 200]);
    return recordsOf(body)[0] ?? {};
  };

  it("stores one contact under a new ID and answers with all its members", async () => {
    const record = await stored(await post(erika));
    assert.equal(record.ID, 40131);
    assert.equal(record.FirstName, "Erika");
    assert.equal(record.bLocked, false);
    assert.ok(Object.keys(record).length > 100);
    const read = await bodyOf(await callDemo(server, "GET", "/dialler/contacts/40131"));
    assert.deepEqual(recordsOf(read)[0], record);
    assert.equal(server.contactCount(), 31);
  });

  it("makes a duplicate each time unless it is to overwrite", async () => {
    const first = await stored(await post(erika));
    const second = await stored(await post(erika));
    assert.notEqual(first.ID, second.ID);
    assert.equal(server.contactCount(), 32);
  });

  it("overwrites a contact with the same UserData: what is not given is emptied, calls and lock stay", async () => {
    await callDemo(server, "PATCH", "/dialler/contacts/contact/40101/lock");
    const record = await stored(await post({ ...erika, UserData: "CRM-000417" }, "true"));
    assert.deepEqual(
      [record.ID, record.Name, record.PhoneNumber1, record.Company, record.DiallerCampaignsID],
      [40101, "Muster", null, null, 72],
    );
    assert.deepEqual([record.nTriesPhoneNumber1, record.bLocked], [2, true]);
    assert.equal(server.contactCount(), 30);
  });

  it("finds an overwritten contact once by its UserData", async () => {
    await post({ ...erika, UserData: "CRM-000417" }, "true");
    const found = await callDemo(server, "GET", "/dialler/contacts/contact?userData=CRM-000417");
    assert.deepEqual(
      recordsOf(await bodyOf(found)).map(({ ID, Name }) => [ID, Name]),
      [[40101, "Muster"]],
    );
  });

  it("makes a new contact where there is nothing to overwrite", async () => {
    await post(erika, "true");
    await post({ ...erika, UserData: null }, "true");
    await post({ ...erika, UserData: "" }, "true");
    await post({ ...erika, UserData: "" }, "true");
    assert.equal(server.contactCount(), 34);
    await post(erika, "true");
    assert.equal(server.contactCount(), 34);
  });

  it("finds the campaign by name, and refuses a name that contradicts the ID with 409", async () => {
    const { DiallerCampaignsID, ...nowhere } = erika;
    const name = "Customer Survey 2026";
    assert.equal(
      (await stored(await post({ ...nowhere, DiallerCampaignsName: name }))).DiallerCampaignsID,
      72,
    );
    assert.equal((await stored(await post({ ...erika, DiallerCampaignsName: name }))).DiallerCampaignsID, 72);
    const reply = await post({ ...erika, DiallerCampaignsName: "Zahlungserinnerung" });
    assert.deepEqual([DiallerCampaignsID, reply.status, (await bodyOf(reply)).status], [72, 409, 409]);
  });

  it("answers 404 with JSON for an unknown campaign", async () => {
    const reply = await post({ ...erika, DiallerCampaignsID: 70 });
    assert.equal(reply.status, 404);
    assert.deepEqual(await reply.json(), { status: 404, error: "Dialler campaign not found" });
  });

  it("refuses what is incomplete, too long or no contact with 400 and says why", async () => {
    const { Name, ...nameless } = erika;
    const refused: readonly (readonly [unknown, RegExp])[] = [
      [nameless, /^Name is missing/],
      [{ ...erika, Name: " " }, /^Name is missing/],
      [{ ...erika, DiallerCampaignsID: null }, /DiallerCampaignsID or DiallerCampaignsName/],
      [{ ...erika, PhoneNumber3: null }, /PhoneNumber1 to PhoneNumber6/],
      [{ ...erika, UserData: "x".repeat(65) }, /^UserData is longer than 64/],
      [{ ...erika, FirstName: 7 }, /^FirstName must be text/],
      [[erika], /one contact/],
      ["not json", /not JSON/],
      ["null", /one contact/],
    ];
    for (const [body, reason] of refused) {
      const reply = await post(body);
      assert.equal(reply.status, 400);
      assert.match(String((await bodyOf(reply)).error), reason);
    }
    assert.equal((await post(erika, "maybe")).status, 400);
    assert.equal((await callDemo(server, "POST", "/dialler/contacts/import", erika)).status, 400);
    assert.deepEqual([Name, server.contactCount()], ["Muster", 30]);
  });

  it("refuses a body that does not say it is JSON", async () => {
    const reply = await fetch(`${server.baseUrl}/dialler/contacts/import?overwriteDuplicates=false`, {
      method: "POST",
      headers: { Authorization: `Bearer ${server.token}` },
      body: JSON.stringify(erika),
    });
    assert.equal(reply.status, 400);
  });

  it("takes no harm from members that are not its own", async () => {
    const body = `{"__proto__":{"Company":"from the prototype","polluted":true},"constructor":{"x":1},"ID":1,"bLocked":true,
      "nTriesPhoneNumber1":9,"Name":"__proto__","DiallerCampaignsID":71,"PhoneNumber1":"1","UserData":"__proto__"}`;
    const record = await stored(await post(body));
    assert.deepEqual([record.ID, record.Name, record.UserData], [40131, "__proto__", "__proto__"]);
    assert.deepEqual([record.Company, record.bLocked, record.nTriesPhoneNumber1], [null, false, null]);
    assert.equal(Object.hasOwn(record, "__proto__"), false);
    assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
  });
});
