import assert from "node:assert/strict";
import { totalsOf } from "../../../../src/dialler/list/contactsState";
import { byTheBook, gate, startSmallDialler } from "../../../support/dialler/smallDialler";
import { until } from "../../../support/dialler/clientFor";
import {
  campaignRow,
  connection,
  contactOf,
  dialler,
  idsOf,
  kindOf,
  listOf,
  loadBoth,
  refused,
  result,
  rowOf,
  rowsOf,
  signals,
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

    it("shows what is under way until its result comes, on this server only, and draws the row again each time", async () => {
      await start("none");
      await store.load();
      const other = await startSmallDialler(someContacts);
      started.push(other);
      const elsewhere = await other.connect();
      signals.length = 0;
      store.begin(elsewhere, "delete", [1]);
      assert.deepEqual(
        [store.changeUnderWay(connection, 1), store.changeUnderWay(elsewhere, 1), signals.length],
        [undefined, "delete", 0],
      );
      store.begin(connection, "lock", [1, 2, 999]);
      assert.deepEqual(signals.splice(0), [{ kind: "rows", rows: [rowOf(1), rowOf(2)] }]);
      store.apply(connection, "lock", [result(1, "failed")]);
      assert.deepEqual(signals.splice(0), [{ kind: "rows", rows: [rowOf(1)] }]);
      assert.deepEqual(
        [1, 2].map((id) => store.changeUnderWay(connection, id)),
        [undefined, "lock"],
      );
      store.end(connection, [1, 2]);
      assert.deepEqual(signals.splice(0), [{ kind: "rows", rows: [rowOf(2)] }]);
      assert.equal(store.changeUnderWay(elsewhere, 1), "delete");
    });

    it("takes a contact that the server no longer has out of list and counts, also while a list is loading", async () => {
      for (const groupBy of ["campaign", "none"] as const) {
        const held = gate();
        await start(groupBy);
        await loadBoth();
        const { count } = totalsOf(store.state);
        store.noteAbsent({ baseUrl: "https://other.example/" }, 1);
        assert.ok(store.rowById(1));
        dialler.script = async ({ kind }, ordinary) => {
          const answer = ordinary();
          if (kind === "list") await held.opened;
          return answer;
        };
        const lists = (): number => dialler.heard.filter(({ kind }) => kind === "list").length;
        const before = lists();
        const refreshed = store.refresh();
        await until(() => lists() > before);
        store.noteAbsent(connection, 1);
        assert.equal(store.rowById(1), undefined);
        held.open();
        await refreshed;
        assert.equal(store.rowById(1), undefined);
        assert.equal(totalsOf(store.state).count, count - 1);
      }
    });

    it("keeps the names of campaigns for a flat list of the same server, without a request", async () => {
      await start();
      await store.load();
      want({ groupBy: "none" });
      await store.refresh();
      assert.deepEqual([store.campaignName(71), store.campaignName(99)], ["Spring", undefined]);
      assert.equal(dialler.heard.filter(({ kind }) => kind === "campaigns").length, 1);
      store.open(await dialler.connect());
      assert.equal(store.campaignName(72), "Survey");
      const other = await startSmallDialler(someContacts);
      started.push(other);
      store.open(await other.connect());
      assert.equal(store.campaignName(71), undefined);
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
});
