import assert from "node:assert/strict";
import { startDemoServer, type DemoServer } from "../../../../src/dialler/demo/demoServer";
import { bodyOf, callDemo, recordsOf } from "../../../support/dialler/callDemo";

describe("batch read of the demo server", () => {
  let server: DemoServer;
  before(async () => {
    server = await startDemoServer({ contacts: 60 });
  });
  after(() => server.stop());

  const read = (body: unknown, query = "?languagesID=1") =>
    callDemo(server, "POST", `/dialler/contacts${query}`, body);
  const ids = async (body: unknown) => {
    const reply = await bodyOf(await read(body));
    const found = recordsOf(reply).map(({ ID }) => Number(ID));
    assert.deepEqual([reply.count, reply.status], [found.length, 200]);
    return found.toSorted();
  };

  it("reads by ID and by UserData, each contact once", async () => {
    assert.deepEqual(await ids({ IDList: [40103, 40101, 40103] }), [40101, 40103]);
    assert.deepEqual(await ids({ UserDataList: ["CRM-000422"] }), [40106, 40115, 40124]);
    assert.deepEqual(await ids({ UserDataList: ["CRM-000417"], IDList: [40101, 40102] }), [40101, 40102]);
  });

  it("leaves unknown keys out of the answer", async () => {
    assert.deepEqual(await ids({ UserDataList: ["nobody", "CRM-000417 "], IDList: [1, -5] }), []);
  });

  it("adds the result code in the language asked for, and the history", async () => {
    const of = async (language: number) => {
      const body = { IDList: Array.from({ length: 60 }, (_, place) => 40101 + place) };
      const records = recordsOf(await bodyOf(await read(body, `?languagesID=${language}`)));
      assert.ok(records.every((record) => "DiallerCampaignsResultCodes" in record));
      assert.ok(records.every((record) => Array.isArray(record.DiallerContactsHistory)));
      return JSON.stringify(records);
    };
    const german = await of(1);
    const english = await of(2);
    assert.match(
      german,
      /"Content":"Nicht erreicht","ExportKey":"RETRY","bDone":false,"bAborted":false,"bDelay":true/,
    );
    assert.match(english, /"Content":"Not reached"/);
    assert.match(german, /"DiallerContactsHistory":\[\{"StatisticsPartA":\{"ID":/);
  });

  it("is refused without languagesID, and with lists that are none", async () => {
    assert.equal((await read({ IDList: [40101] }, "")).status, 400);
    assert.equal((await read({ IDList: [40101] }, "?languagesID=de")).status, 400);
    for (const body of [{}, [], { IDList: 1 }, { IDList: ["40101"] }, { UserDataList: [1] }, "nothing"]) {
      assert.equal((await read(body)).status, 400, JSON.stringify(body));
    }
  });

  it("changes nothing", () => {
    assert.equal(server.contactCount(), 60);
  });
});
