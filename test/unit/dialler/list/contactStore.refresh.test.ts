import assert from "node:assert/strict";
import { isLoading, totalsOf } from "../../../../src/dialler/list/contactsState";
import * as reply from "../../../support/dialler/scriptedReply";
import { byTheBook, contact, gate, list } from "../../../support/dialler/smallDialler";
import { until } from "../../../support/dialler/clientFor";
import {
  campaignRow,
  contactOf,
  dialler,
  idsOf,
  kindOf,
  listOf,
  loadBoth,
  refused,
  rowOf,
  signals,
  someContacts,
  start,
  stopWhatWasStarted,
  store,
} from "../../../support/dialler/openedStore";

describe("ContactStore", function () {
  this.timeout(20_000);
  stopWhatWasStarted();

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
});
