import assert from "node:assert/strict";
import { get, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { startDemoServer, type DemoServer } from "../../../../src/dialler/demo/demoServer";
import { bodyOf, callDemo, recordsOf } from "../../../support/dialler/callDemo";

describe("the list of the demo server", () => {
  let server: DemoServer;
  before(async () => {
    server = await startDemoServer({ contacts: 400 });
  });
  after(() => server.stop());

  const list = async (query = "") => bodyOf(await callDemo(server, "GET", `/dialler/contacts${query}`));

  it("has the vendor's envelope and counts its records", async () => {
    const { records, ...envelope } = await list();
    assert.ok(Array.isArray(records) && records.length === 400);
    assert.deepEqual(envelope, {
      filter: "",
      limitStart: 0,
      limitPageSize: -1,
      count: 400,
      orderBy: "Name",
      ascending: true,
      status: 200,
    });
  });

  it("is sorted by name", async () => {
    const names = recordsOf(await list()).map(({ Name }) => String(Name));
    assert.deepEqual(names, names.toSorted(new Intl.Collator("de").compare));
    assert.ok(names.indexOf("Åkesson") < names.indexOf("Brandt"));
  });

  it("holds one campaign where one is asked for", async () => {
    const parts = await Promise.all([71, 72, 73, 74, 75].map((id) => list(`?diallerCampaignsID=${id}`)));
    const sizes = parts.map((part, place) => {
      const campaigns = new Set(recordsOf(part).map(({ DiallerCampaignsID }) => DiallerCampaignsID));
      assert.deepEqual([...campaigns], [71 + place]);
      return Number(part.count);
    });
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      400,
    );
  });

  it("is empty for an unknown campaign", async () => {
    const { records, count } = await list("?diallerCampaignsID=1");
    assert.deepEqual([records, count], [[], 0]);
  });

  it("ignores a UserData in its query, as a server without that look-up does", async () => {
    assert.equal((await list("?userData=CRM-000417")).count, 400);
  });

  it("is zipped for those who accept that, and for nobody else", async () => {
    const plain = await raw(server, {});
    assert.equal(plain.headers["content-encoding"], undefined);
    const zipped = await raw(server, { "Accept-Encoding": "br;q=1, gzip" });
    assert.equal(zipped.headers["content-encoding"], "gzip");
    assert.ok(zipped.bytes.length * 5 < plain.bytes.length);
    assert.deepEqual(gunzipSync(zipped.bytes), plain.bytes);
    const refused = await raw(server, { "Accept-Encoding": "gzip;q=0, identity" });
    assert.equal(refused.headers["content-encoding"], undefined);
  });

  it("shows what was deleted, imported and overwritten, at its place by name", async () => {
    const other = await startDemoServer({ contacts: 50 });
    try {
      await callDemo(other, "DELETE", "/dialler/contacts/contact/40101");
      const contact = (Name: string, UserData: string) => ({
        Name,
        UserData,
        DiallerCampaignsID: 74,
        PhoneNumber1: "1",
      });
      const post = (overwrite: boolean, body: object) =>
        callDemo(
          other,
          "POST",
          `/dialler/contacts/import?overwriteDuplicates=${overwrite ? "true" : "false"}`,
          body,
        );
      for (const name of ["Zzz", "Aaa", "Mmm"]) await post(false, contact(name, "new"));
      await post(true, contact("Ääz", "CRM-000418"));
      const records = recordsOf(await bodyOf(await callDemo(other, "GET", "/dialler/contacts")));
      const names = records.map(({ Name }) => String(Name));
      assert.equal(records.length, other.contactCount());
      assert.equal(new Set(records.map(({ ID }) => ID)).size, 52);
      assert.deepEqual(names, names.toSorted(new Intl.Collator("de").compare));
      assert.equal(records.find(({ ID }) => ID === 40102)?.Name, "Ääz");
      assert.ok(records.every(({ ID }) => ID !== 40101));
      assert.deepEqual(
        names.filter((name) => ["Zzz", "Aaa", "Mmm"].includes(name)),
        ["Aaa", "Mmm", "Zzz"],
      );
    } finally {
      await other.stop();
    }
  });

  it("is made no faster than it is read, and ends when the reader goes away", async () => {
    const large = await startDemoServer({ contacts: 200_000 });
    try {
      const before = process.memoryUsage().rss;
      const reply = await open(large, {});
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.ok(process.memoryUsage().rss - before < 150_000_000);
      const closed = new Promise((resolve) => reply.once("close", resolve));
      reply.destroy();
      await closed;
      assert.equal((await callDemo(large, "GET", "/dialler/contacts/240100")).status, 200);
    } finally {
      await large.stop();
    }
  });
});

function open(server: DemoServer, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const all = { Authorization: `Bearer ${server.token}`, ...headers };
    get(`${server.baseUrl}/dialler/contacts`, { headers: all }, resolve).once("error", reject);
  });
}

async function raw(server: DemoServer, headers: Record<string, string>) {
  const reply = await open(server, headers);
  const pieces: Buffer[] = [];
  for await (const piece of reply as AsyncIterable<Buffer>) pieces.push(piece);
  return { headers: reply.headers, bytes: Buffer.concat(pieces) };
}
