import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Contact } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { startDemoServer } from "../../../../src/dialler/demo/demoServer";
import type { Connection } from "../../../../src/dialler/endpoint/connect";
import { readFilter } from "../../../../src/dialler/list/contactFilter";
import type { ContactList } from "../../../../src/dialler/list/contactList";
import { ContactStore, type StoreChange } from "../../../../src/dialler/list/contactStore";
import { isLoading, shownList, totalsOf } from "../../../../src/dialler/list/contactsState";
import type { ListPreferences } from "../../../../src/dialler/list/listLoader";
import type { CampaignRow, ContactRow } from "../../../../src/dialler/list/rows";
import type { EntryResult, Outcome } from "../../../../src/dialler/runs/outcome";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  connectorOf,
  contact,
  gate,
  list,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

const refused = reply.json(400, { status: 400, error: "no" });

const someContacts: readonly WireRecord[] = [
  { ID: 1, Name: "Berg" },
  { ID: 2, Name: "Adam", bLocked: true },
  { ID: 3, Name: "Clas" },
  { ID: 11, Name: "Eder", DiallerCampaignsID: 72 },
  { ID: 12, Name: "Dorn", DiallerCampaignsID: 72 },
];

describe("ContactStore", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  let connection: Connection;
  let store: ContactStore;
  let wanted: ListPreferences;
  let signals: StoreChange[];
  const started: { stop: () => Promise<void> }[] = [];

  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });

  const start = async (
    groupBy: "campaign" | "none" = "campaign",
    contacts: readonly WireRecord[] = someContacts,
    script: Script = byTheBook,
  ) => {
    dialler = await startSmallDialler(contacts, script);
    started.push(dialler);
    connection = await dialler.connect();
    wanted = { groupBy, sortBy: "name", lockField: "" };
    store = new ContactStore(() => wanted);
    signals = [];
    store.changed.listen((change) => signals.push(change));
    store.open(connection);
  };

  const campaignRow = (id: number): CampaignRow => {
    const row = store.campaignRows().find(({ campaignId }) => campaignId === id);
    assert.ok(row, `campaign ${id} is listed`);
    return row;
  };
  const listOf = (id?: number): ContactList => {
    const { state } = store;
    const contacts =
      id === undefined
        ? state.kind === "flat"
          ? state.contacts
          : undefined
        : store.campaign(campaignRow(id))?.contacts;
    const shown = contacts && shownList(contacts);
    assert.ok(shown, "there is a list to show");
    return shown;
  };
  const kindOf = (id?: number): string | undefined => {
    const { state } = store;
    if (id !== undefined) return store.campaign(campaignRow(id))?.contacts.kind;
    return state.kind === "flat" ? state.contacts.kind : undefined;
  };
  const idsOf = (shown: ContactList) => shown.slice().map((listed) => listed.contact.id);
  const rowsOf = (id?: number): ContactRow[] => store.rows(listOf(id));
  const rowOf = (id: number): ContactRow => {
    const row = store.rowById(id);
    assert.ok(row, `contact ${id} is listed`);
    return row;
  };
  const contactOf = (id: number): Contact => {
    const found = store.contact(rowOf(id));
    assert.ok(found);
    return found;
  };
  const result = (id: number, outcome: Outcome): EntryResult => ({ id, outcome });
  const loadBoth = async () => {
    await store.load();
    for (const row of store.campaignRows()) await store.loadCampaign(row);
  };

  it("asks for nothing before somebody wants to see contacts", async () => {
    await start();
    assert.equal(store.state.kind, "opened");
    assert.equal(dialler.requests.length, 0);
    store.open(undefined);
    await store.load();
    await store.refresh();
    assert.equal(store.state.kind, "closed");
    assert.deepEqual([store.rowById(1), store.campaignRows()], [undefined, []]);
    assert.equal(dialler.requests.length, 0);
  });

  describe("by campaign", () => {
    it("asks for the campaigns, and for the contacts of one when it is opened", async () => {
      await start();
      await store.load();
      assert.deepEqual(
        store.campaignRows().map(({ campaignId }) => [campaignId, store.campaignName(campaignId)]),
        [
          [71, "Spring"],
          [72, "Survey"],
        ],
      );
      assert.deepEqual(totalsOf(store.state), { count: 0, locked: 0 });
      await store.loadCampaign(campaignRow(71));
      assert.deepEqual(idsOf(listOf(71)), [2, 1, 3]);
      assert.equal(kindOf(72), "idle");
      assert.deepEqual(totalsOf(store.state), { count: 3, locked: 1 });
      await store.load();
      await store.loadCampaign(campaignRow(71));
      assert.deepEqual(
        dialler.requests.map(({ path }) => path.split("/dialler/")[1]),
        ["campaigns", "contacts?diallerCampaignsID=71"],
      );
    });

    it("lists the demo dialler", async () => {
      const demo = await startDemoServer({ contacts: 120 });
      started.push(demo);
      await start();
      const there = await connectorOf().connect({ ...testEndpoint, baseUrl: demo.baseUrl }, demo.token);
      store.open(there);
      await loadBoth();
      assert.deepEqual(
        store.campaignRows().map(({ campaignId }) => campaignId),
        [72, 71, 74, 73],
      );
      assert.equal(totalsOf(store.state).count, 120);
      const [row] = rowsOf(71);
      assert.ok(row);
      assert.equal(store.parentOf(row), campaignRow(71));
    });

    it("fetches everything once from a server that ignores the campaign, also when it is refreshed", async () => {
      await start("campaign", someContacts, (heard, ordinary) =>
        heard.kind === "list" ? list([...dialler.contacts.values()]) : ordinary(),
      );
      await loadBoth();
      assert.deepEqual(
        [idsOf(listOf(71)), idsOf(listOf(72))],
        [
          [2, 1, 3],
          [12, 11],
        ],
      );
      assert.equal(dialler.idsOf("list").length, 1);
      dialler.contacts.delete(12);
      await store.refresh();
      assert.deepEqual(idsOf(listOf(72)), [11]);
      assert.equal(dialler.idsOf("list").length, 2);
    });

    it("lists contacts of campaigns that the server did not name, and those of none", async () => {
      await start(
        "campaign",
        [...someContacts, { ID: 20, DiallerCampaignsID: 99 }, { ID: 21, DiallerCampaignsID: null }],
        (heard, ordinary) => (heard.kind === "list" ? list([...dialler.contacts.values()]) : ordinary()),
      );
      await loadBoth();
      assert.deepEqual(
        store.campaignRows().map(({ campaignId }) => campaignId),
        [71, 72, 99, 0],
      );
      assert.deepEqual([idsOf(listOf(99)), idsOf(listOf(0))], [[20], [21]]);
    });

    it("does not take one contact with an odd campaign for the answer to all campaigns", async () => {
      await start("campaign", someContacts, (heard, ordinary) =>
        heard.query.get("diallerCampaignsID") === "71"
          ? list([contact({ ID: 1 }), contact({ ID: 2, DiallerCampaignsID: null })])
          : ordinary(),
      );
      await store.load();
      await store.loadCampaign(campaignRow(71));
      assert.deepEqual(idsOf(listOf(71)), [1, 2]);
      assert.equal(kindOf(72), "idle");
      await store.loadCampaign(campaignRow(72));
      assert.deepEqual(idsOf(listOf(72)), [12, 11]);
    });

    it("keeps the other campaigns usable when one of them fails (H36)", async () => {
      await start("campaign", someContacts, (heard, ordinary) =>
        heard.query.get("diallerCampaignsID") === "72" ? refused : ordinary(),
      );
      await loadBoth();
      assert.deepEqual(idsOf(listOf(71)), [2, 1, 3]);
      const failed = store.campaign(campaignRow(72))?.contacts;
      assert.ok(failed?.kind === "failed");
      assert.equal(failed.stale, undefined);
      dialler.script = byTheBook;
      await store.loadCampaign(campaignRow(72));
      assert.deepEqual(idsOf(listOf(72)), [12, 11]);
    });

    it("keeps a contact apart that moved to another campaign between two answers", async () => {
      await start();
      await store.load();
      await store.loadCampaign(campaignRow(71));
      dialler.contacts.set(1, contact({ ID: 1, Name: "Berg", DiallerCampaignsID: 72 }));
      await store.loadCampaign(campaignRow(72));
      assert.deepEqual(
        [idsOf(listOf(71)), idsOf(listOf(72))],
        [
          [2, 3],
          [1, 12, 11],
        ],
      );
      assert.equal(store.parentOf(rowOf(1)), campaignRow(72));
    });

    it("fails as a whole when the campaigns cannot be had", async () => {
      await start("campaign", someContacts, () => refused);
      await store.load();
      assert.equal(store.state.kind, "failed");
      dialler.script = byTheBook;
      await store.load();
      assert.equal(store.state.kind, "failed");
      await store.refresh();
      assert.equal(store.state.kind, "campaigns");
    });
  });

  describe("as one list", () => {
    it("asks for all contacts, when that is wanted and when the server has no campaigns", async () => {
      for (const groupBy of ["none", "campaign"] as const) {
        await start(groupBy, someContacts, (heard, ordinary) =>
          heard.kind === "campaigns" ? reply.empty(404) : ordinary(),
        );
        await store.load();
        assert.deepEqual(idsOf(listOf()), [2, 1, 3, 12, 11]);
        assert.equal(store.parentOf(rowOf(1)), undefined);
        assert.deepEqual(totalsOf(store.state), { count: 5, locked: 1 });
        assert.deepEqual(dialler.idsOf("campaigns").length, groupBy === "none" ? 0 : 1);
      }
    });

    it("is empty when the server has no contacts (H22), and never by a mistake (H20, H21, N11)", async () => {
      await start("none", []);
      await store.load();
      assert.equal(listOf().count, 0);
      for (const answer of [
        reply.html(200, "<h1>Login</h1>"),
        reply.cut(200, JSON.stringify({ records: [contact({ ID: 1 })], count: 1, status: 200 })),
        reply.json(200, {}),
        reply.json(200, { records: null }),
        reply.json(200, { records: {} }),
        reply.json(200, []),
        reply.json(200, null),
        reply.json(200, { status: 500, records: [] }),
        reply.json(200, { records: [null] }),
      ]) {
        await start("none", someContacts, () => answer);
        await store.load();
        assert.equal(kindOf(), "failed");
      }
    });

    it("loads ten thousand in 39 MB without keeping anything else waiting for a second (H31)", async () => {
      const Comment = "x".repeat(3800);
      const many = Array.from({ length: 10_000 }, (_, at) => contact({ ID: at + 1, Comment }));
      // Written once, before the clock runs: the server is in this process, too.
      const body = Buffer.from(JSON.stringify({ records: many, count: many.length, status: 200 }));
      assert.ok(body.length > 39_000_000);
      await start("none", [], () => reply.text(200, body, { "Content-Type": "application/json" }));
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await store.load();
      delay.disable();
      assert.equal(listOf().count, 10_000);
      assert.ok(delay.max < 1e9, `${delay.max / 1e6} ms`);
    });

    it("tells how many contacts the server announced and how many came (H23)", async () => {
      await start("none", someContacts, () => list([contact({ ID: 1 }), contact({ ID: 2 })], 5));
      await store.load();
      assert.ok(store.state.kind === "flat" && store.state.contacts.kind === "listed");
      const { announced, received, list: shown } = store.state.contacts;
      assert.deepEqual([announced, received, shown.count], [5, 2, 2]);
    });

    it("lists a contact once that the answer holds twice, as it stood last", async () => {
      await start("none", [], () =>
        list([contact({ ID: 1, Name: "Old" }), contact({ ID: 2 }), contact({ ID: "1", Name: "New" })]),
      );
      await store.load();
      assert.deepEqual(idsOf(listOf()), [2, 1]);
      assert.equal(contactOf(1).name, "New");
    });
  });

  it("takes a number in quotes for an ID (D02), and shows contacts whose ID cannot be used (D03)", async () => {
    const odd = [null, undefined, 0, -1, 1.5, true, "../5", "5/lock", "9007199254740993"];
    const records = [{ ID: "123", Name: "A" }, ...odd.map((ID) => ({ ID, Name: "Odd" }))];
    await start("campaign", [], (heard, ordinary) =>
      heard.kind === "list"
        ? list(records.map((record) => contact({ ...record, DiallerCampaignsID: 71 })).map(asGiven(records)))
        : ordinary(),
    );
    await store.load();
    await store.loadCampaign(campaignRow(71));
    assert.deepEqual(idsOf(listOf(71)), [123, ...odd.map(() => undefined)]);
    const rows = rowsOf(71);
    assert.equal(new Set(rows).size, records.length);
    assert.ok(rows.every((row) => store.contact(row) !== undefined));
  });

  it("tells contacts without a usable ID apart, also in two campaigns", async () => {
    await start("campaign", [], (heard, ordinary) => {
      if (heard.kind !== "list") return ordinary();
      const campaign = Number(heard.query.get("diallerCampaignsID"));
      return list([
        { ID: null, Name: `First of ${campaign}`, DiallerCampaignsID: campaign },
        { ID: null, Name: `Second of ${campaign}`, DiallerCampaignsID: campaign },
      ]);
    });
    await loadBoth();
    const rows = [...rowsOf(71), ...rowsOf(72)];
    assert.equal(new Set(rows.map(({ key }) => key)).size, 4);
    assert.deepEqual(
      rows.map((row) => store.contact(row)?.name),
      ["First of 71", "Second of 71", "First of 72", "Second of 72"],
    );
    assert.deepEqual(
      rows.map((row) => store.parentOf(row)?.campaignId),
      [71, 71, 72, 72],
    );
  });

  it("lists a contact of nothing but nulls (D13)", async () => {
    await start("none", [], () => list([{ ID: 5, Name: null, FirstName: null, UserData: null }]));
    await store.load();
    assert.equal(contactOf(5).userData, undefined);
  });

  describe("refreshed", () => {
    it("keeps the rows of contacts that are still there", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy);
        await loadBoth();
        const before = new Map([1, 2, 3, 11, 12].map((id) => [id, rowOf(id)]));
        const campaigns = store.campaignRows();
        dialler.contacts.delete(2);
        dialler.contacts.set(3, contact({ ID: 3, Name: "Zorn" }));
        dialler.contacts.set(4, contact({ ID: 4, Name: "Neu" }));
        await store.refresh();
        assert.deepEqual(idsOf(listOf(groupBy === "none" ? undefined : 71)).slice(0, 2), [
          1,
          groupBy === "none" ? 12 : 4,
        ]);
        for (const id of [1, 3, 11, 12]) assert.equal(rowOf(id), before.get(id));
        assert.deepEqual(
          store.campaignRows().map((row, at) => row === campaigns[at]),
          campaigns.map(() => true),
        );
        assert.equal(contactOf(3).name, "Zorn");
        assert.equal(store.rowById(2), undefined);
        const gone = before.get(2);
        assert.ok(gone);
        assert.equal(store.contact(gone), undefined);
      }
    });

    it("keeps showing what was listed, until and unless the answer is there (N01)", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy);
        await loadBoth();
        const before = groupBy === "none" ? idsOf(listOf()) : idsOf(listOf(71));
        const row = rowOf(1);
        const seen: number[] = [];
        store.changed.listen(() => seen.push(totalsOf(store.state).count));
        dialler.script = () => refused;
        await store.refresh();
        assert.deepEqual(groupBy === "none" ? idsOf(listOf()) : idsOf(listOf(71)), before);
        assert.deepEqual(new Set(seen), new Set([5]));
        assert.equal(rowOf(1), row);
        const { state } = store;
        if (state.kind === "campaigns") assert.ok(state.problem !== undefined && !state.refreshing);
        else assert.equal(kindOf(), "failed");
        dialler.script = (heard, ordinary) => (heard.kind === "list" ? refused : ordinary());
        await store.refresh();
        assert.equal(kindOf(groupBy === "none" ? undefined : 71), "failed");
        assert.equal(totalsOf(store.state).count, 5);
        dialler.script = byTheBook;
        await store.refresh();
        assert.equal(kindOf(groupBy === "none" ? undefined : 71), "listed");
        assert.ok(store.state.kind === "flat" || store.state.kind === "campaigns");
        if (store.state.kind === "campaigns") assert.equal(store.state.problem, undefined);
      }
    });

    it("keeps the whole list, and calls it stale, when the next one is cut (N11)", async () => {
      await start("none");
      await store.load();
      dialler.script = ({ kind }, ordinary) =>
        kind === "list"
          ? reply.cut(200, JSON.stringify({ records: [contact({ ID: 1 })], count: 1 }))
          : ordinary();
      await store.refresh();
      assert.equal(kindOf(), "failed");
      assert.deepEqual(idsOf(listOf()), [2, 1, 3, 12, 11]);
    });

    it("keeps the campaigns when their path is suddenly missing", async () => {
      await start();
      await loadBoth();
      dialler.script = () => reply.html(404, "<h1>Not Found</h1>");
      await store.refresh();
      assert.ok(store.state.kind === "campaigns" && store.state.problem !== undefined);
      assert.equal(totalsOf(store.state).count, 5);
    });

    it("keeps the one list of a server without campaigns, until and unless the answer is there", async () => {
      await start("campaign", someContacts, (heard, ordinary) =>
        heard.kind === "campaigns" ? reply.empty(404) : ordinary(),
      );
      await store.load();
      const seen: number[] = [];
      store.changed.listen(() => seen.push(totalsOf(store.state).count));
      await store.refresh();
      dialler.script = (heard, ordinary) =>
        heard.kind === "campaigns" ? reply.empty(404) : heard.kind === "list" ? refused : ordinary();
      await store.refresh();
      dialler.script = () => refused;
      await store.refresh();
      assert.deepEqual(new Set(seen), new Set([5]));
      assert.equal(kindOf(), "failed");
    });

    it("while it is being refreshed: the last answer counts, and none is awaited for ever", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy);
        await loadBoth();
        const held = gate();
        let first = true;
        dialler.script = async (heard, ordinary) => {
          if (heard.kind !== (groupBy === "none" ? "list" : "campaigns") || !first) return ordinary();
          first = false;
          const old = list(groupBy === "none" ? [contact({ ID: 77 })] : [{ ID: 77, Name: "Old" }]);
          await held.opened;
          return old;
        };
        const overtaken = store.refresh();
        await until(() => !first);
        await store.refresh();
        held.open();
        await overtaken;
        assert.equal(isLoading(store.state), false);
        assert.equal(totalsOf(store.state).count, 5);
        assert.equal(store.rowById(77), undefined);
      }
    });

    it("asks for every campaign once, however often it is asked to refresh meanwhile", async () => {
      await start();
      await loadBoth();
      const held = gate();
      dialler.script = async (heard, ordinary) => {
        if (heard.query.get("diallerCampaignsID") === "71") await held.opened;
        return ordinary();
      };
      const first = store.refresh();
      await until(() => dialler.idsOf("list").length === 3);
      const second = store.refresh();
      await until(() => dialler.idsOf("campaigns").length === 3);
      held.open();
      await Promise.all([first, second]);
      await until(() => !isLoading(store.state));
      const asked = dialler.heard.filter(({ kind }) => kind === "list").slice(2);
      assert.deepEqual(asked.map(({ query }) => query.get("diallerCampaignsID")).sort(), ["71", "72"]);
    });
  });

  describe("opened with another connection", () => {
    it("drops the answers of the old one, however late they come", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        for (const kind of ["campaigns", "list"] as const) {
          if (groupBy === "none" && kind === "campaigns") continue;
          await start(groupBy);
          const held = gate();
          dialler.script = async (heard, ordinary) => {
            if (heard.kind === kind) await held.opened;
            return ordinary();
          };
          const old = loadBoth();
          await until(() => dialler.heard.some((heard) => heard.kind === kind));
          const other = await startSmallDialler([{ ID: 500 }]);
          started.push(other);
          const oldRows = store.campaignRows();
          store.open(await other.connect());
          const seen: number[] = [];
          store.changed.listen(() => seen.push(totalsOf(store.state).count));
          held.open();
          await old;
          assert.ok(seen.every((count) => count === 0));
          assert.equal(
            store.state.kind === "closed" ? undefined : store.state.connection === connection,
            false,
          );
          for (const row of oldRows) assert.equal(store.campaign(row), undefined);
          await loadBoth();
          assert.equal(totalsOf(store.state).count, 1);
          assert.equal(store.rowById(1), undefined);
        }
      }
    });

    it("takes a late answer of the old one for none of the new one's, also while that is awaited", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy);
        const [oldHeld, newHeld] = [gate(), gate()];
        dialler.script = async (heard, ordinary) => {
          if (heard.kind === "list") await oldHeld.opened;
          return ordinary();
        };
        const other = await startSmallDialler([{ ID: 500 }], async (heard, ordinary) => {
          if (heard.kind === "list") await newHeld.opened;
          return ordinary();
        });
        started.push(other);
        const old = loadBoth();
        await until(() => dialler.idsOf("list").length === 1);
        const oldRows = store.campaignRows();
        store.open(await other.connect());
        const fresh = loadBoth();
        await until(() => other.idsOf("list").length === 1);
        for (const row of oldRows) assert.equal(store.campaign(row), undefined);
        oldHeld.open();
        await old;
        assert.ok(isLoading(store.state));
        assert.equal(totalsOf(store.state).count, 0);
        newHeld.open();
        await fresh;
        assert.deepEqual([totalsOf(store.state).count, store.rowById(1)], [1, undefined]);
        assert.ok(store.rowById(500));
      }
    });

    it("asks the old one for no contacts once its late answer says that it has no campaigns", async () => {
      await start();
      const held = gate();
      dialler.script = async (heard, ordinary) => {
        if (heard.kind !== "campaigns") return ordinary();
        await held.opened;
        return reply.empty(404);
      };
      const old = store.load();
      await until(() => dialler.heard.length === 1);
      const other = await startSmallDialler([{ ID: 500 }]);
      started.push(other);
      store.open(await other.connect());
      held.open();
      await old;
      assert.deepEqual(dialler.idsOf("list"), []);
      assert.equal(store.state.kind, "opened");
    });

    it("leaves the new one as it is when the lists of the old one are in order at last", async () => {
      await start();
      await loadBoth();
      const other = await startSmallDialler([{ ID: 500 }]);
      started.push(other);
      const there = await other.connect();
      wanted = { ...wanted, sortBy: "id" };
      const sorting = store.sort();
      store.open(there);
      await sorting;
      assert.deepEqual(store.state, { kind: "opened", connection: there });
    });

    it("ends the reading of the old one when that is let go, without a failure on the new one", async () => {
      await start("none", someContacts, () => reply.hang());
      const old = store.load();
      await until(() => dialler.requests.length === 1);
      const other = await startSmallDialler(3);
      started.push(other);
      store.open(await other.connect());
      connection.dispose();
      await old;
      assert.equal(store.state.kind, "opened");
      await store.load();
      assert.equal(totalsOf(store.state).count, 3);
    });

    it("knows none of the old rows, even where the IDs are the same", async () => {
      await start("none");
      await store.load();
      const old = rowOf(1);
      const other = await startSmallDialler(someContacts);
      started.push(other);
      store.open(await other.connect());
      await store.load();
      assert.equal(store.contact(old), undefined);
      assert.notEqual(rowOf(1), old);
    });
  });

  describe("after an action", () => {
    it("removes what was deleted or not found, and marks what is in doubt", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy, [...someContacts, { ID: 4 }, { ID: 5 }, { ID: 6 }]);
        await loadBoth();
        const rows = new Map([1, 2, 3, 4, 5, 6].map((id) => [id, rowOf(id)]));
        signals.length = 0;
        store.apply(connection, "delete", [
          result(1, "done"),
          result(2, "gone"),
          result(3, "notFound"),
          result(4, "unknown"),
          result(5, "failed"),
          result(6, "skipped"),
          result(11, "notAttempted"),
          result(999, "done"),
        ]);
        assert.deepEqual(
          [1, 2, 3, 4, 5, 6, 11].filter((id) => store.rowById(id) !== undefined),
          [4, 5, 6, 11],
        );
        const doubtful = rows.get(4);
        assert.ok(doubtful && store.isInDoubt(doubtful));
        assert.ok(!store.isInDoubt(rowOf(5)));
        const above = groupBy === "none" ? { kind: "all" } : { kind: "campaign", row: campaignRow(71) };
        assert.deepEqual(signals, [above, { kind: "rows", rows: [doubtful] }]);
        await store.refresh();
        assert.ok(!store.isInDoubt(rowOf(4)));
      }
    });

    it("changes nothing but the row of a contact that was locked or unlocked", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy);
        await loadBoth();
        const order = rowsOf(groupBy === "none" ? undefined : 71);
        signals.length = 0;
        store.apply(connection, "lock", [result(1, "done")]);
        assert.deepEqual(signals, [{ kind: "rows", rows: [rowOf(1)] }]);
        assert.equal(contactOf(1).lock, "locked");
        assert.equal(totalsOf(store.state).locked, 2);
        store.apply(connection, "unlock", [result(1, "done"), result(2, "unknown"), result(3, "failed")]);
        assert.deepEqual(
          [contactOf(1).lock, contactOf(2).lock, contactOf(3).lock],
          ["unlocked", "locked", "unlocked"],
        );
        assert.deepEqual(signals[1], { kind: "rows", rows: [rowOf(1), rowOf(2)] });
        assert.ok(store.isInDoubt(rowOf(2)));
        store.apply(connection, "unlock", [result(2, "done")]);
        assert.ok(!store.isInDoubt(rowOf(2)));
        const now = rowsOf(groupBy === "none" ? undefined : 71);
        assert.deepEqual(
          now.map((row, at) => row === order[at]),
          order.map(() => true),
        );
        signals.length = 0;
        store.apply(connection, "lock", [result(3, "notFound")]);
        assert.equal(store.rowById(3), undefined);
        assert.equal(signals.length, 1);
        signals.length = 0;
        store.apply(connection, "lock", [result(1, "failed"), result(1, "skipped"), result(98, "unknown")]);
        assert.deepEqual(signals, []);
      }
    });

    it("keeps the list objects of campaigns in which nothing changed", async () => {
      await start();
      await loadBoth();
      const before = listOf(72);
      store.apply(connection, "lock", [result(1, "done")]);
      assert.equal(listOf(72), before);
    });

    it("ignores what happened on another server, and takes what happened on an old connection to the same", async () => {
      await start("none");
      await store.load();
      const other = await startSmallDialler(someContacts);
      started.push(other);
      signals.length = 0;
      store.apply(await other.connect(), "delete", [result(1, "done")]);
      assert.deepEqual([store.rowById(1) === undefined, signals.length], [false, 0]);
      store.apply(await dialler.connect(), "delete", [result(1, "done")]);
      assert.equal(store.rowById(1), undefined);
      store.open(undefined);
      signals.length = 0;
      store.apply(connection, "delete", [result(2, "done")]);
      assert.deepEqual(signals, []);
    });

    it("remembers its own lock where the server names none, also over a new connection to the same server", async () => {
      const silent = [
        { ID: 1, bLocked: undefined },
        { ID: 2, bLocked: undefined },
      ];
      await start("none", silent);
      await store.load();
      assert.equal(contactOf(1).lock, "unknown");
      store.apply(connection, "lock", [result(1, "done")]);
      store.apply(connection, "unlock", [result(2, "done")]);
      await store.refresh();
      assert.deepEqual([contactOf(1).lock, contactOf(2).lock], ["locked", "unlocked"]);
      store.open(undefined);
      store.open(await dialler.connect());
      await store.load();
      assert.equal(contactOf(1).lock, "locked");
      const other = await startSmallDialler(silent);
      started.push(other);
      store.open(await other.connect());
      await store.load();
      assert.equal(contactOf(1).lock, "unknown");
    });

    it("does not claim to know a lock that was last changed in doubt", async () => {
      await start("none", [{ ID: 1, bLocked: undefined }]);
      await store.load();
      store.apply(connection, "lock", [result(1, "done")]);
      store.apply(connection, "unlock", [result(1, "unknown")]);
      assert.ok(store.isInDoubt(rowOf(1)));
      await store.refresh();
      assert.equal(contactOf(1).lock, "unknown");
    });

    it("believes the server's lock rather than its own memory", async () => {
      await start("none");
      await store.load();
      store.apply(connection, "lock", [result(1, "done")]);
      await store.refresh();
      assert.equal(contactOf(1).lock, "unlocked");
    });

    it("takes the answer of a refresh that was under way meanwhile, without what is gone", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        await start(groupBy);
        await loadBoth();
        const held = gate();
        let read = false;
        dialler.script = async (heard, ordinary) => {
          if (heard.kind !== "list" || heard.query.get("diallerCampaignsID") === "72") return ordinary();
          const before = ordinary();
          read = true;
          await held.opened;
          return before;
        };
        const refreshing = store.refresh();
        await until(() => read);
        store.apply(connection, "delete", [result(1, "done")]);
        store.apply(connection, "lock", [result(3, "done")]);
        assert.equal(store.rowById(1), undefined);
        held.open();
        await refreshing;
        assert.equal(kindOf(groupBy === "none" ? undefined : 71), "listed");
        assert.equal(store.rowById(1), undefined);
        assert.equal(contactOf(3).lock, "locked");
        // What the server still lists in a later answer is there.
        dialler.script = byTheBook;
        await store.refresh();
        assert.ok(store.rowById(1));
        assert.equal(contactOf(3).lock, "unlocked");
      }
    });

    it("takes the failure of a refresh that was under way meanwhile", async () => {
      await start("none");
      await store.load();
      const held = gate();
      dialler.script = async () => {
        await held.opened;
        return refused;
      };
      const refreshing = store.refresh();
      await until(() => dialler.requests.length === 2);
      store.apply(connection, "delete", [result(1, "done")]);
      held.open();
      await refreshing;
      assert.equal(kindOf(), "failed");
      assert.deepEqual(idsOf(listOf()), [2, 3, 12, 11]);
    });
  });

  it("puts every list into another order, stale ones too, without asking the server", async () => {
    await start();
    await loadBoth();
    dialler.script = (heard, ordinary) =>
      heard.query.get("diallerCampaignsID") === "72" ? refused : ordinary();
    await store.refresh();
    assert.equal(kindOf(72), "failed");
    const asked = dialler.requests.length;
    wanted = { ...wanted, sortBy: "id" };
    await store.sort();
    assert.deepEqual(
      [idsOf(listOf(71)), idsOf(listOf(72))],
      [
        [1, 2, 3],
        [11, 12],
      ],
    );
    assert.equal(dialler.requests.length, asked);
  });

  it("tells of a refresh that found nothing new as progress alone, and of a new name as a change", async () => {
    await start();
    await loadBoth();
    signals.length = 0;
    await store.refresh();
    assert.ok(signals.length > 0);
    assert.deepEqual([...new Set(signals.map(({ kind }) => kind))], ["progress"]);
    dialler.script = (heard, ordinary) =>
      heard.query.get("diallerCampaignsID") === "72"
        ? reply.json(200, {
            records: [{ ID: 11, Name: "Eder II", DiallerCampaignsID: 72 }],
            count: 1,
            status: 200,
          })
        : ordinary();
    signals.length = 0;
    await store.refresh();
    assert.deepEqual(
      signals.filter(({ kind }) => kind !== "progress"),
      [{ kind: "campaign", row: campaignRow(72) }],
    );
  });

  describe("filtered", () => {
    const filterBy = (text: string): void => {
      const reading = readFilter(text);
      assert.ok(reading.ok);
      store.setFilter(reading.filter);
    };
    const filterText = (): string | undefined => store.filter?.text;
    const visibleIds = (id?: number) => idsOf(store.visible(listOf(id)));

    it("shows what matches, of every list that is loaded, and all again without a filter", async () => {
      await start();
      await loadBoth();
      filterBy("d");
      await store.filtered();
      assert.deepEqual([visibleIds(71), visibleIds(72)], [[2], [12, 11]]);
      assert.deepEqual(totalsOf(store.state).count, 5);
      store.setFilter(undefined);
      assert.deepEqual(visibleIds(71), idsOf(listOf(71)));
    });

    it("leaves the rows in sight until their matches are known, and shows all at once without a filter", async () => {
      await start("none");
      await store.load();
      const told: string[] = [];
      const listening = store.changed.listen(({ kind }) => told.push(kind));
      filterBy("d");
      assert.deepEqual(told, ["progress"]);
      await store.filtered();
      assert.deepEqual(told, ["progress", "all"]);
      store.setFilter(undefined);
      assert.deepEqual(told, ["progress", "all", "all"]);
      listening.dispose();
    });

    it("takes what happens to a contact along, without looking at the others again", async () => {
      await start("none");
      await store.load();
      filterBy("-locked:yes");
      await store.filtered();
      const before = visibleIds();
      store.apply(connection, "delete", [{ id: 3, outcome: "done" }]);
      await store.filtered();
      assert.deepEqual(
        visibleIds(),
        before.filter((id) => id !== 3),
      );
    });

    it("looks at contacts that come later, too", async () => {
      await start();
      await store.load();
      filterBy("dorn");
      await store.loadCampaign(campaignRow(72));
      await store.filtered();
      assert.deepEqual(visibleIds(72), [12]);
      await store.loadAll();
      await store.filtered();
      assert.deepEqual(visibleIds(71), []);
    });

    it("is another one for another server, and the same again when one comes back", async () => {
      await start("none");
      filterBy("adam");
      const other = await startSmallDialler([{ ID: 500 }]);
      started.push(other);
      store.open(await other.connect());
      assert.equal(filterText(), undefined);
      store.open(connection);
      assert.equal(filterText(), "adam");
      await store.load();
      await store.filtered();
      assert.deepEqual(visibleIds(), [2]);
    });
  });

  describe("while a list arrives that is stopped", () => {
    /** Sends the first three contacts of a list of five, and then nothing more; told when the reader has gone away. */
    const unfinished =
      (gone: () => void): ScriptedReply =>
      async (socket) => {
        const whole = JSON.stringify({ records: someContacts, count: someContacts.length, status: 200 });
        const begun = whole.slice(0, whole.indexOf(',{"ID":11'));
        socket.once("close", gone);
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${whole.length}\r\n\r\n${begun}`);
        await new Promise((resolve) => socket.once("close", resolve));
      };
    const shownIds = (id?: number): unknown => {
      const { state } = store;
      const contacts =
        state.kind === "flat"
          ? state.contacts
          : id === undefined
            ? undefined
            : store.campaign(campaignRow(id))?.contacts;
      const shown = contacts && shownList(contacts);
      return shown && idsOf(shown);
    };

    for (const groupBy of ["none", "campaign"] as const) {
      it(`keeps what is there, in order, and says that there is more (${groupBy})`, async () => {
        const closed = gate();
        await start(groupBy, someContacts, ({ kind }, ordinary) =>
          kind === "list" ? unfinished(closed.open) : ordinary(),
        );
        const id = groupBy === "none" ? undefined : 71;
        if (id !== undefined) await store.load();
        const loading = id === undefined ? store.load() : store.loadCampaign(campaignRow(id));
        // As the server sends them, before they are sorted at the end.
        await until(() => JSON.stringify(shownIds(id)) === "[1,2,3]");
        assert.ok(isLoading(store.state));
        store.stop();
        await loading;
        assert.deepEqual(shownIds(id), [2, 1, 3]);
        assert.ok(!isLoading(store.state));
        const { state } = store;
        const contacts =
          state.kind === "flat" ? state.contacts : id && store.campaign(campaignRow(id))?.contacts;
        assert.ok(typeof contacts === "object" && contacts.kind === "listed");
        assert.deepEqual([contacts.stopped, contacts.received], [true, 3]);
        // The server is not left sending, and is not asked again.
        await closed.opened;
        assert.equal(dialler.heard.filter(({ kind }) => kind === "list").length, 1);
      });
    }
  });

  it("goes over to the other grouping when it is refreshed", async () => {
    await start();
    await loadBoth();
    wanted = { ...wanted, groupBy: "none" };
    await store.refresh();
    assert.equal(store.state.kind, "flat");
    wanted = { ...wanted, groupBy: "campaign" };
    await store.refresh();
    assert.deepEqual([kindOf(71), totalsOf(store.state).count], ["idle", 0]);
    await store.loadCampaign(campaignRow(71));
    assert.equal(rowsOf(71).length, 3);
  });
});

const testEndpoint = {
  kind: "server",
  name: "test",
  environment: "test",
  readOnly: false,
  caFile: undefined,
} as const;

/** Puts the IDs back as they were given: `contact` makes numbers of them. */
function asGiven(records: readonly WireRecord[]) {
  return (made: WireRecord, at: number): WireRecord => ({ ...made, ID: records[at]?.ID });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
