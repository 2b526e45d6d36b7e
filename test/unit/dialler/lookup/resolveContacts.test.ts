import assert from "node:assert/strict";
import { ApiError } from "../../../../src/dialler/api/http/apiError";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import {
  type DemoServer,
  type DemoServerOptions,
  startDemoServer,
} from "../../../../src/dialler/demo/demoServer";
import type { Connection } from "../../../../src/dialler/endpoint/connect";
import { resolveIds, resolveUserData } from "../../../../src/dialler/lookup/resolveContacts";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  batchOf,
  byTheBook,
  connectorOf,
  list,
  noSuchContact,
  oneTo,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

const duplicates: readonly WireRecord[] = [
  ...[11, 12, 13].map((ID) => ({ ID, UserData: "DUP" })),
  ...[14, 15, 16, 17, 18, 19, 20].map((ID) => ({ ID })),
];

describe("resolveUserData", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  let connection: Connection;
  let asked: number;
  const started: { stop: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });

  const start = async (script: Script = byTheBook, contacts = duplicates) => {
    dialler = await startSmallDialler(contacts, script);
    started.push(dialler);
    connection = await dialler.connect();
    asked = 0;
  };
  const resolve = (userData: string, mayReadWholeList = true) =>
    resolveUserData(connection.client, userData, {
      lockField: "",
      mayReadWholeList: () => {
        asked++;
        return Promise.resolve(mayReadWholeList);
      },
    });
  const idsFor = async (userData: string, mayReadWholeList = true) => {
    const resolution = await resolve(userData, mayReadWholeList);
    return resolution.kind === "unusable"
      ? "unusable"
      : { exact: resolution.exact.map(({ id }) => id), alike: resolution.alike.map(({ id }) => id) };
  };
  const paths = () =>
    dialler.requests.map(
      ({ method, path }) => `${method} ${path.split("/dialler/")[1]?.split("?")[0] ?? ""}`,
    );
  const demoWith = async (options: DemoServerOptions): Promise<[DemoServer, string[]]> => {
    const requests: string[] = [];
    const demo = await startDemoServer({
      ...options,
      observe: ({ method, path }) => requests.push(`${method} ${path.split("/dialler/")[1] ?? ""}`),
    });
    started.push(demo);
    const endpoint = {
      kind: "server",
      name: "demo",
      environment: "test",
      readOnly: false,
      caFile: undefined,
    } as const;
    connection = await connectorOf().connect({ ...endpoint, baseUrl: demo.baseUrl }, demo.token);
    asked = 0;
    return [demo, requests];
  };

  it("finds none, one or several, with one request and without a change (I09, I10, I11)", async () => {
    await start();
    assert.deepEqual(await idsFor("DUP"), { exact: [11, 12, 13], alike: [] });
    assert.deepEqual(await idsFor("CRM-14"), { exact: [14], alike: [] });
    assert.deepEqual(await idsFor("CRM-404"), { exact: [], alike: [] });
    assert.deepEqual(paths(), ["POST contacts", "POST contacts", "POST contacts"]);
    assert.deepEqual([asked, dialler.changing().length], [0, 0]);
  });

  it("delivers odd UserData to the server as they are (I01, I05, D20)", async () => {
    const odd = [
      "a+b &c=d#é/%ü'(!)",
      " leading and trailing ",
      "%2e%2e",
      "..",
      "__proto__",
      "客户-00045",
      "00417",
      "line\r\nbreak",
      "nul\u0000",
      "tab\tx",
      "👩‍👩‍👧",
      "e\u0301",
      "]](command:x)",
      '"quoted"\\',
      "x".repeat(300),
    ];
    for (const hasBatch of [true, false]) {
      await start(
        (heard, ordinary) => (heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary()),
        odd.map((UserData, at) => ({ ID: at + 1, UserData })),
      );
      for (const [at, userData] of odd.entries()) {
        assert.deepEqual(await idsFor(userData), { exact: [at + 1], alike: [] }, userData);
      }
      const delivered = dialler.heard.flatMap(({ kind, query, request }) =>
        kind === "batch" ? [...batchOf(request.body).keys] : [query.get("userData") ?? ""],
      );
      if (hasBatch) assert.deepEqual(delivered, odd);
      else assert.deepEqual(delivered.slice(1), odd);
    }
  });

  it("refuses what cannot be a UserData before any request (I03, I04)", async () => {
    await start();
    for (const userData of ["", " ", "\t", "\u00a0", "a\ud800", "\udc00b"]) {
      await assert.rejects(resolve(userData), InvalidKey);
    }
    assert.deepEqual([dialler.requests.length, asked], [0, 0]);
  });

  describe("looks in the order", () => {
    it("batch, contact by UserData, contacts by UserData, whole list after asking; and remembers", async () => {
      const cases: readonly [DemoServerOptions["oldServer"], string, number][] = [
        [{}, "POST contacts?languagesID=1", 0],
        [{ noBatchRead: true }, "GET contacts/contact?userData=CRM-000420", 0],
        [{ noBatchRead: 405 }, "GET contacts/contact?userData=CRM-000420", 0],
        [{ noBatchRead: true, userDataLookup: "list" }, "GET contacts?userData=CRM-000420", 0],
        [{ noBatchRead: true, userDataLookup: "none" }, "GET contacts", 1],
        [{ noBatchRead: true, userDataLookup: "ignored" }, "GET contacts", 1],
      ];
      for (const [oldServer = {}, last, asks] of cases) {
        const [, requests] = await demoWith({ contacts: 60, oldServer });
        for (let time = 1; time <= 2; time++) {
          const found = await resolve("CRM-000420");
          assert.ok(found.kind === "found");
          assert.deepEqual(new Set(found.exact.map(({ id }) => id)), new Set([40104, 40110]), last);
          assert.equal(found.alike.length, 0);
          assert.equal(asked, asks * time);
          assert.equal(requests.at(-1), last);
          if (time === 2) assert.equal(requests.length, 1);
          requests.length = 0;
        }
      }
    });

    it("and stops there where reading the whole list is declined, without having changed anything", async () => {
      const [demo, requests] = await demoWith({
        contacts: 60,
        oldServer: { noBatchRead: true, userDataLookup: "none" },
      });
      assert.equal(await idsFor("CRM-000420", false), "unusable");
      assert.equal(asked, 1);
      assert.ok(!requests.includes("GET contacts"));
      assert.equal(demo.contactCount(), 60);
    });
  });

  it("never takes the contacts of a server that ignores the question for those that were meant", async () => {
    const everything: Script = (heard, ordinary) =>
      heard.kind === "campaigns" ? ordinary() : list([...dialler.contacts.values()]);
    await start(everything);
    assert.deepEqual(await idsFor("CRM-15"), { exact: [15], alike: [] });
    assert.deepEqual(paths(), ["POST contacts", "GET contacts/contact", "GET contacts", "GET contacts"]);
    assert.equal(asked, 1);
    assert.deepEqual(await idsFor("nobody"), { exact: [], alike: [] });
    assert.equal(await idsFor("CRM-15", false), "unusable");

    for (const wrong of [
      [{ ID: 14, UserData: "CRM-14" }],
      [{ ID: 14 }],
      [{ ID: 14, UserData: null }],
      [{}],
    ]) {
      await start((heard, ordinary) =>
        heard.kind === "list" && !heard.query.has("userData") ? ordinary() : list(wrong),
      );
      for (const userData of ["CRM-15", "null", "undefined"]) {
        assert.deepEqual(await idsFor(userData), { exact: userData === "CRM-15" ? [15] : [], alike: [] });
      }
    }
  });

  it("does not use a way that answers with the right contact and with others besides", async () => {
    await start((heard, ordinary) =>
      heard.kind === "batch" ? list([...dialler.contacts.values()].slice(3, 6)) : ordinary(),
    );
    assert.deepEqual(await idsFor("CRM-14"), { exact: [14], alike: [] });
    assert.deepEqual(paths(), ["POST contacts", "GET contacts/contact"]);
  });

  it("reports keys apart that only look alike: case, accents, blanks at the ends", async () => {
    await start(
      (_, ordinary) => {
        ordinary();
        return list([...dialler.contacts.values()]);
      },
      ["Käufer 1", "kÄUFER 1", "Kaufer 1", "Käufer 1 ", " Käufer 1", "Ka\u0308ufer 1"].map(
        (UserData, at) => ({
          ID: at + 1,
          UserData,
        }),
      ),
    );
    assert.deepEqual(await idsFor("Käufer 1"), { exact: [1], alike: [2, 3, 4, 5, 6] });
    assert.deepEqual(await idsFor("käufer 1"), { exact: [], alike: [1, 2, 3, 4, 5, 6] });
    assert.deepEqual(paths(), ["POST contacts", "POST contacts"]);
  });

  it("throws when the server cannot be asked, tries no other way and changes nothing (I12)", async () => {
    for (const status of [500, 401, 409, 429]) {
      await start(() => reply.json(status, { status, error: "no" }, { "Retry-After": "0" }));
      await assert.rejects(resolve("DUP"), (error) => error instanceof ApiError && error.status === status);
      assert.equal(new Set(paths()).size, 1);
      assert.equal(dialler.changing().length, 0);
      assert.equal(asked, 0);
    }
    await start(() => reply.redirect(302, "http://127.0.0.1:1/"));
    await assert.rejects(resolve("DUP"), ApiError);
    await start(() => reply.html(200, "<h1>Login</h1>"));
    await assert.rejects(resolve("DUP"), ApiError);
    assert.equal(asked, 0);
  });

  it("looks up with a GET where a proxy refuses the batch read, but not where it refuses that as well", async () => {
    for (const status of [403, 405, 413]) {
      const page = reply.html(status, `<h1>${status}</h1>`);
      await start((heard, ordinary) => (heard.kind === "batch" ? page : ordinary()));
      assert.deepEqual(await idsFor("DUP"), { exact: [11, 12, 13], alike: [] });
      assert.deepEqual(await idsFor("CRM-14"), { exact: [14], alike: [] });
      assert.deepEqual(paths(), ["POST contacts", "GET contacts/contact", "GET contacts/contact"]);
    }
    await start(() => reply.html(403, "<h1>no</h1>"));
    await assert.rejects(resolve("DUP"), (error) => error instanceof ApiError && error.status === 403);
    assert.deepEqual([paths(), asked], [["POST contacts", "GET contacts/contact"], 0]);
  });

  it("takes a 404 with JSON for an absence once the way has proven itself", async () => {
    await start((heard, ordinary) => (heard.kind === "batch" ? reply.empty(404) : ordinary()));
    assert.deepEqual(await idsFor("DUP"), { exact: [11, 12, 13], alike: [] });
    assert.deepEqual(await idsFor("nobody"), { exact: [], alike: [] });
    assert.equal(paths().at(-1), "GET contacts/contact");
    assert.equal(asked, 0);
  });

  it("keeps what it remembers of one server apart from another", async () => {
    const [, first] = await demoWith({ contacts: 20, oldServer: { noBatchRead: true } });
    await idsFor("CRM-000417");
    assert.equal(first.length, 2);
    const [, second] = await demoWith({ contacts: 20 });
    await idsFor("CRM-000417");
    assert.deepEqual(second, ["POST contacts?languagesID=1"]);
  });
});

describe("resolveIds", () => {
  const started: SmallDialler[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });
  const start = async (count: number, script: Script = byTheBook): Promise<[SmallDialler, Connection]> => {
    const dialler = await startSmallDialler(count, script);
    started.push(dialler);
    return [dialler, await dialler.connect()];
  };

  it("reads a hundred at once, and leaves out those that are absent", async () => {
    const [dialler, { client }] = await start(205);
    dialler.contacts.delete(7);
    const found = await resolveIds(client, [...oneTo(205), 999], "");
    assert.deepEqual(
      [...found.keys()].sort((a, b) => a - b),
      oneTo(205).filter((id) => id !== 7),
    );
    assert.equal(found.get(3)?.userData, "CRM-3");
    assert.deepEqual(
      dialler.heard.map(({ kind, request }) => [kind, batchOf(request.body).ids.length]),
      [
        ["batch", 100],
        ["batch", 100],
        ["batch", 6],
      ],
    );
  });

  it("reads one as every server can, and none without a request", async () => {
    const [dialler, { client }] = await start(2);
    assert.deepEqual([...(await resolveIds(client, [2], "")).keys()], [2]);
    assert.deepEqual([...(await resolveIds(client, [3], "")).keys()], []);
    assert.deepEqual([...(await resolveIds(client, [], "")).keys()], []);
    assert.deepEqual(
      dialler.heard.map(({ kind }) => kind),
      ["read", "read"],
    );
  });

  it("reads one by one where there is no batch read, or none that answers for each contact", async () => {
    for (const answer of [
      reply.empty(404),
      reply.empty(405),
      reply.json(404, { status: 404, error: "Language not found" }),
    ]) {
      const [dialler, { client }] = await start(5, (heard, ordinary) =>
        heard.kind === "batch" ? answer : ordinary(),
      );
      dialler.contacts.delete(4);
      assert.deepEqual([...(await resolveIds(client, oneTo(6), "")).keys()], [1, 2, 3, 5]);
      assert.equal(dialler.idsOf("batch").length, 1);
      assert.deepEqual(dialler.idsOf("read"), oneTo(6));
    }
  });

  it("throws when the server cannot be asked, rather than call a contact absent", async () => {
    const readings: readonly Script[] = [
      () => reply.json(400, { status: 400, error: "no" }),
      (heard) => (heard.kind === "batch" ? reply.empty(404) : reply.json(400, { status: 400, error: "no" })),
      () => reply.empty(404),
      () => reply.html(404, "<h1>no</h1>"),
      (heard) => (heard.kind === "batch" ? list([{ ID: 77 }]) : noSuchContact),
    ];
    for (const script of readings) {
      const [dialler, { client }] = await start(3, script);
      await assert.rejects(resolveIds(client, [1, 2], ""), ApiError);
      assert.equal(dialler.changing().length, 0);
    }
  });

  it("refuses IDs that no server has before any request", async () => {
    const [dialler, { client }] = await start(3);
    for (const id of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
      await assert.rejects(resolveIds(client, [id], ""), InvalidKey);
      await assert.rejects(resolveIds(client, [1, id], ""), InvalidKey);
    }
    assert.equal(dialler.requests.length, 0);
  });
});
