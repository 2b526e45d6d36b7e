import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isLoading, shownList, totalsOf } from "../../../../src/dialler/list/contactsState";
import * as reply from "../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../support/dialler/scriptedReply";
import { contact, gate, list } from "../../../support/dialler/smallDialler";
import { until } from "../../../support/dialler/clientFor";
import {
  asGiven,
  campaignRow,
  contactOf,
  dialler,
  idsOf,
  kindOf,
  listOf,
  loadBoth,
  rowOf,
  rowsOf,
  someContacts,
  start,
  stopWhatWasStarted,
  store,
} from "../../../support/dialler/openedStore";

describe("ContactStore", function () {
  this.timeout(20_000);
  stopWhatWasStarted();

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
});
