import assert from "node:assert/strict";
import { isLoading, totalsOf } from "../../../../src/dialler/list/contactsState";
import * as reply from "../../../support/dialler/scriptedReply";
import { gate, startSmallDialler } from "../../../support/dialler/smallDialler";
import { until } from "../../../support/dialler/clientFor";
import {
  connection,
  dialler,
  loadBoth,
  rowOf,
  someContacts,
  start,
  started,
  stopWhatWasStarted,
  store,
  want,
} from "../../../support/dialler/openedStore";

describe("ContactStore", function () {
  this.timeout(20_000);
  stopWhatWasStarted();

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
      want({ sortBy: "id" });
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
});
