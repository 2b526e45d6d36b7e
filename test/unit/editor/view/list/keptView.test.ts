import assert from "node:assert/strict";
import { CampaignRow } from "../../../../../src/dialler/list/rows";
import { KeptView, type Memory } from "../../../../../src/editor/view/list/keptView";
import { connection, start, stopWhatWasStarted } from "../../../../support/dialler/openedStore";

const here = "https://here.example/rest/v1.0/7/";
const there = "https://there.example/rest/v1.0/7/";

describe("KeptView", () => {
  stopWhatWasStarted();
  let disk: Map<string, string>;
  let memory: Memory;

  beforeEach(() => {
    disk = new Map();
    memory = {
      get: (key) => (disk.has(key) ? (JSON.parse(disk.get(key) ?? "") as unknown) : undefined),
      update: (key, value) => Promise.resolve(void disk.set(key, JSON.stringify(value))),
    };
  });
  /** The view after a reload of the window. */
  const reloaded = (): KeptView => new KeptView(memory);

  it("begins with nothing, and writes nothing before something changes", () => {
    const kept = reloaded();
    assert.deepEqual([kept.reversed, kept.filterAtStart(here), disk.size], [false, undefined, 0]);
    kept.noteFilter(here, "");
    assert.equal(disk.size, 0);
  });

  it("remembers the direction of the order", () => {
    const kept = reloaded();
    kept.reverse();
    assert.ok(kept.reversed && reloaded().reversed);
    kept.reverse();
    assert.ok(!reloaded().reversed);
  });

  it("writes no contact data to disk, only the parts of a filter with a closed vocabulary", () => {
    const kept = reloaded();
    kept.noteFilter(
      here,
      "Brandt 0431555 ida@example.com locked:yes phone:0431 userdata:CRM-000417 tries:>3",
    );
    assert.doesNotMatch([...disk.values()].join(), /brandt|0431|ida@|phone|crm/i);
    assert.equal(reloaded().filterAtStart(here), "locked:yes tries:>3");
    assert.equal(reloaded().filterAtStart(there), undefined);
    kept.noteFilter(here, "Brandt");
    assert.equal(reloaded().filterAtStart(here), undefined);
  });

  it("gives a kept filter only once: the window knows it from then on", () => {
    reloaded().noteFilter(here, "locked:yes");
    const kept = reloaded();
    assert.equal(kept.filterAtStart(here), "locked:yes");
    assert.equal(kept.filterAtStart(here), undefined);
  });

  it("remembers the last twenty expanded campaigns of a server", async () => {
    await start("campaign");
    const rows = Array.from({ length: 25 }, (_, index) => new CampaignRow(connection, index + 1));
    const kept = reloaded();
    for (const row of rows) kept.noteOpen(row, true);
    const again = reloaded();
    assert.deepEqual(
      rows.filter((row) => again.isOpen(row)).map(({ campaignId }) => campaignId),
      rows.slice(5).map(({ campaignId }) => campaignId),
    );
    const [last] = rows.slice(-1);
    assert.ok(last);
    kept.noteOpen(last, false);
    assert.ok(!reloaded().isOpen(last));
  });

  it("reads no more than it understands", () => {
    for (const value of [
      null,
      7,
      [],
      { servers: 3, reversed: "yes" },
      { servers: [null, 3, { baseUrl: 4 }, { baseUrl: here, filter: "Brandt locked:no", open: ["x", 3] }] },
    ]) {
      disk.set("contacts.view", JSON.stringify(value));
      const kept = reloaded();
      assert.equal(kept.reversed, false);
      assert.ok([undefined, "locked:no"].includes(kept.filterAtStart(here)));
    }
  });
});
