import assert from "node:assert/strict";
import { startDemoServer } from "../../../../src/dialler/demo/demoServer";
import { totalsOf } from "../../../../src/dialler/list/contactsState";
import { byTheBook, connectorOf, contact, list } from "../../../support/dialler/smallDialler";
import {
  campaignRow,
  dialler,
  idsOf,
  kindOf,
  listOf,
  loadBoth,
  refused,
  rowOf,
  rowsOf,
  someContacts,
  start,
  started,
  stopWhatWasStarted,
  store,
  testEndpoint,
  want,
} from "../../../support/dialler/openedStore";

describe("ContactStore", function () {
  this.timeout(20_000);
  stopWhatWasStarted();

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
        [72, 71, 74, 73, 75],
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

  it("goes over to the other grouping when it is refreshed", async () => {
    await start();
    await loadBoth();
    want({ groupBy: "none" });
    await store.refresh();
    assert.equal(store.state.kind, "flat");
    want({ groupBy: "campaign" });
    await store.refresh();
    assert.deepEqual([kindOf(71), totalsOf(store.state).count], ["idle", 0]);
    await store.loadCampaign(campaignRow(71));
    assert.equal(rowsOf(71).length, 3);
  });
});
