import assert from "node:assert/strict";
import { readFilter } from "../../../../src/dialler/list/contactFilter";
import { totalsOf } from "../../../../src/dialler/list/contactsState";
import { startSmallDialler } from "../../../support/dialler/smallDialler";
import {
  campaignRow,
  connection,
  dialler,
  idsOf,
  kindOf,
  listOf,
  loadBoth,
  refused,
  start,
  started,
  stopWhatWasStarted,
  store,
  want,
} from "../../../support/dialler/openedStore";

describe("ContactStore", function () {
  this.timeout(20_000);
  stopWhatWasStarted();

  it("puts every list into another order, stale ones too, without asking the server", async () => {
    await start();
    await loadBoth();
    dialler.script = (heard, ordinary) =>
      heard.query.get("diallerCampaignsID") === "72" ? refused : ordinary();
    await store.refresh();
    assert.equal(kindOf(72), "failed");
    const asked = dialler.requests.length;
    want({ sortBy: "id" });
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
});
