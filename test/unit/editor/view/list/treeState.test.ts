import assert from "node:assert/strict";
import type { WireRecord } from "../../../../../src/dialler/api/record/wire";
import type { Connection } from "../../../../../src/dialler/endpoint/connect";
import { readFilter } from "../../../../../src/dialler/list/contactFilter";
import { ContactStore } from "../../../../../src/dialler/list/contactStore";
import type { GroupBy } from "../../../../../src/dialler/list/listLoader";
import { CampaignRow, ContactRow, GroupRow } from "../../../../../src/dialler/list/rows";
import { EmptyRow, LoadRow, ProblemRow, StepRow } from "../../../../../src/editor/view/list/problemRows";
import { type Obstacle, type TreeRow, TreeState } from "../../../../../src/editor/view/list/treeState";
import * as reply from "../../../../support/dialler/scriptedReply";
import {
  byTheBook,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../../support/dialler/smallDialler";

const refused = reply.json(400, { status: 400, error: "no, SECRET" });
const noCampaigns: Script = (heard, ordinary) =>
  heard.kind === "campaigns" ? reply.json(200, { records: [], count: 0, status: 200 }) : ordinary();

describe("TreeState", function () {
  this.timeout(20_000);
  let dialler: SmallDialler | undefined;
  let connection: Connection;
  let store: ContactStore;
  let tree: TreeState;
  let obstacle: Obstacle | undefined;
  let pageSize: number;

  const start = async (
    groupBy: GroupBy,
    contacts: number | readonly WireRecord[],
    script: Script = byTheBook,
  ): Promise<SmallDialler> => {
    const started = (dialler = await startSmallDialler(contacts, script));
    connection = await started.connect();
    store = new ContactStore(() => ({ groupBy, sortBy: "id", lockField: "" }));
    obstacle = undefined;
    pageSize = 50;
    tree = new TreeState({
      store,
      obstacle: () => obstacle,
      discreet: (text) => text.replaceAll("SECRET", "***"),
      pageSize: () => pageSize,
    });
    store.open(connection);
    return started;
  };
  afterEach(async () => {
    await dialler?.stop();
    dialler = undefined;
  });

  const filterBy = async (text: string): Promise<void> => {
    const reading = readFilter(text);
    store.setFilter(reading.ok ? reading.filter : undefined);
    await store.filtered();
  };
  const campaign = (id: number): CampaignRow => {
    const row = store.campaignRows().find(({ campaignId }) => campaignId === id);
    assert.ok(row, `campaign ${id} is known`);
    return row;
  };
  const groups = (): GroupRow[] => tree.children().filter((row) => row instanceof GroupRow);
  const keys = (rows: readonly TreeRow[]): string[] =>
    rows.map((row) => (row instanceof ContactRow ? row.key : row.constructor.name));

  it("shows nothing of a connection that was only opened, and requests nothing", async () => {
    const { heard } = await start("none", 1);
    assert.deepEqual(tree.children(), []);
    assert.deepEqual([tree.viewState(), tree.description(), tree.message()], ["loading", "test", ""]);
    store.open(undefined);
    assert.deepEqual([tree.children(), tree.viewState(), tree.description()], [[], "loading", ""]);
    assert.equal(heard.length, 0);
  });

  describe("with an obstacle", () => {
    it("shows what it is and what can be done, instead of contacts and of the filter", async () => {
      await start("none", 3);
      await store.load();
      await filterBy("name");
      const explanation = { sentence: "No\ntoken SECRET.", next: "setToken" } as const;
      obstacle = { state: "problem", explanation, endpoint: "elsewhere" };
      assert.deepEqual(
        tree.children().map((row) => row instanceof StepRow && row.step),
        ["retry", "setToken", "editEndpoint", "showLog"],
      );
      assert.deepEqual(
        [tree.viewState(), tree.description(), tree.message()],
        ["problem", "elsewhere", "No token ***."],
      );
    });

    it("shows no row where the view's welcome text says it", async () => {
      await start("none", 3);
      obstacle = { state: "notChosen" };
      assert.deepEqual([tree.children(), tree.viewState()], [[], "notChosen"]);
    });
  });

  describe("of one list", () => {
    it("shows the store's own rows, and the counts", async () => {
      await start("none", [{ ID: 1 }, { ID: 2, bLocked: true }]);
      const loaded = store.load();
      assert.deepEqual([tree.children(), tree.viewState()], [[], "loading"]);
      await loaded;
      assert.deepEqual(tree.children(), [store.rowById(1), store.rowById(2)]);
      assert.deepEqual(
        [tree.viewState(), tree.description(), tree.message()],
        ["listed", "test · 2 contacts, 1 locked", ""],
      );
    });

    it("is flat up to two pages, and in groups of a page beyond", async () => {
      await start("none", 21);
      await store.load();
      pageSize = 11;
      assert.equal(tree.children().length, 21);
      pageSize = 10;
      assert.equal(groups().length, 3);
      const [first, , last] = groups();
      assert.ok(first && last);
      assert.deepEqual(keys(tree.children(first)), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
      assert.deepEqual(keys(tree.children(last)), ["21"]);
      assert.equal(tree.grouping(first)?.size, 10);
      pageSize = 11;
      assert.deepEqual([tree.children(first), tree.grouping(first)], [[], undefined]);
    });

    it("is in at most a thousand groups", async () => {
      await start("none", 2001);
      await store.load();
      pageSize = 1;
      assert.equal(groups().length, 667);
      const [first] = groups();
      assert.equal(first && tree.grouping(first)?.size, 3);
    });

    it("keeps a group the same object, and finds the group of a contact", async () => {
      await start("none", 21);
      await store.load();
      pageSize = 10;
      const [first, second] = groups();
      const row = store.rowById(11);
      assert.ok(row && second);
      assert.equal(tree.parent(row), second);
      assert.equal(tree.parent(second), undefined);
      store.apply(connection, "delete", [{ id: 3, outcome: "done" }]);
      assert.equal(tree.children().length, 20);
      pageSize = 9;
      assert.equal(groups()[0], first);
      // Nothing of another connection may pass for a row of this one.
      assert.ok(dialler);
      store.open(await dialler.connect());
      await store.load();
      assert.notEqual(groups()[0], first);
    });

    it("says that it is empty, incomplete or could not be read", async () => {
      const started = await start("none", []);
      await store.load();
      assert.deepEqual(
        [tree.children(), tree.viewState(), tree.description()],
        [[], "empty", "test · 0 contacts"],
      );
      started.contacts.set(1, { ID: 1, Name: "Berg" });
      started.script = (_, ordinary) => ordinary();
      await store.refresh();
      started.script = () => refused;
      await store.refresh();
      const [problem, contact] = tree.children();
      assert.ok(problem instanceof ProblemRow && contact === store.rowById(1));
      assert.ok(problem.sentence.includes("no, ***"), problem.sentence);
      assert.deepEqual([tree.viewState(), tree.message()], ["listed", "outdated, could not be refreshed"]);
    });
  });

  describe("by campaign", () => {
    const contacts = [
      { ID: 1, Name: "Berg" },
      { ID: 2, Name: "Adam", bLocked: true },
      { ID: 11, Name: "Eder", DiallerCampaignsID: 72 },
    ];

    it("shows the campaigns, the contacts of an opened one, and what is known of it", async () => {
      await start("campaign", contacts);
      await store.load();
      const row = campaign(71);
      assert.deepEqual(tree.children(), [row, campaign(72)]);
      assert.deepEqual([tree.children(row), tree.campaignDescription(row)], [[], ""]);
      await store.loadCampaign(row);
      assert.deepEqual(keys(tree.children(row)), ["1", "2"]);
      assert.equal(tree.campaignDescription(row), "2, 1 locked");
      const [contact] = tree.children(row);
      assert.equal(contact && tree.parent(contact), row);
      assert.equal(tree.parent(row), undefined);
      pageSize = 0.5;
      const [group] = tree.children(row);
      assert.ok(group instanceof GroupRow);
      assert.equal(tree.parent(group), row);
    });

    it("says that a campaign has no contacts, except under a filter", async () => {
      await start("campaign", contacts.slice(0, 2));
      await store.load();
      await store.loadAll();
      assert.deepEqual(tree.children(), [campaign(71), campaign(72)]);
      const [row] = tree.children(campaign(72));
      assert.ok(row instanceof EmptyRow);
      await filterBy("berg");
      assert.deepEqual(tree.children(campaign(72)), []);
    });

    it("hides a campaign in which nothing matches, but not one that was never opened", async () => {
      await start("campaign", contacts);
      await store.load();
      await store.loadCampaign(campaign(71));
      await filterBy("eder");
      assert.deepEqual(tree.children().slice(1), [campaign(72)]);
      assert.equal(tree.message(), "Filtered: “eder” 0 of 2, in 1 of 2 campaigns loaded");
      await store.loadCampaign(campaign(72));
      await store.filtered();
      assert.deepEqual(tree.children(), [campaign(72)]);
      assert.deepEqual(
        [tree.campaignDescription(campaign(72)), tree.message(), tree.viewState()],
        ["1 of 1", "Filtered: “eder” 1 of 3", "filtered"],
      );
      await filterBy("nothing");
      assert.deepEqual([tree.children(), tree.message(), tree.viewState()], [[], "", "filtered"]);
    });

    it("says in its first row how many campaigns a filter cannot search yet, as the same row", async () => {
      await start("campaign", contacts);
      await store.load();
      assert.deepEqual(tree.children(), [campaign(71), campaign(72)]);
      await filterBy("eder");
      const [row, ...others] = tree.children();
      assert.ok(row instanceof LoadRow);
      assert.equal(row.campaigns, 2);
      assert.deepEqual(others, [campaign(71), campaign(72)]);
      assert.equal(tree.children()[0], row);
      assert.equal(tree.parent(row), undefined);
      assert.deepEqual(tree.children(row), []);
      assert.equal(tree.message(), "Filtered: “eder”, no campaign is loaded yet");
      await store.loadCampaign(campaign(71));
      const [now] = tree.children();
      assert.ok(now instanceof LoadRow && now.campaigns === 1);
      await store.loadAll();
      await store.filtered();
      assert.deepEqual(tree.children(), [campaign(72)]);
    });

    it("expands campaigns with matches while at most 200 contacts match", async () => {
      const many = Array.from({ length: 201 }, (_, index) => ({
        ID: index + 1,
        Name: index === 0 ? "One" : "Many",
        Tag: "all",
        DiallerCampaignsID: index < 100 ? 71 : 72,
      }));
      await start("campaign", many);
      await store.load();
      const expanded = () => store.campaignRows().filter((row) => tree.expandsMatches(row));
      await filterBy("all");
      assert.deepEqual(expanded(), []);
      await store.loadAll();
      await store.filtered();
      assert.deepEqual(expanded(), []);
      await filterBy("many");
      assert.deepEqual(expanded(), [campaign(71), campaign(72)]);
      await filterBy("one");
      assert.deepEqual(expanded(), [campaign(71)]);
      await filterBy("");
      assert.deepEqual(expanded(), []);
    });

    it("shows a problem above the campaigns, or below the one it happened to, as the same row", async () => {
      const started = await start("campaign", contacts);
      await store.load();
      started.script = () => refused;
      await store.loadCampaign(campaign(71));
      const [problem] = tree.children(campaign(71));
      assert.ok(problem instanceof ProblemRow);
      assert.equal(tree.children(campaign(71))[0], problem);
      assert.equal(tree.parent(problem), campaign(71));
      const [step] = tree.children(problem);
      assert.equal(step && tree.parent(step), campaign(71));
      await store.refresh();
      const [above, ...others] = tree.children();
      assert.ok(above instanceof ProblemRow && above.campaign === undefined);
      assert.deepEqual(others, [campaign(71), campaign(72)]);
    });

    it("has a word for no campaigns, and for campaigns that could not be read", async () => {
      const started = await start("campaign", contacts, noCampaigns);
      await store.load();
      assert.deepEqual([tree.children(), tree.viewState()], [[], "empty"]);
      started.script = () => refused;
      store.open(connection);
      await store.load();
      assert.deepEqual([keys(tree.children()), tree.viewState()], [["StepRow", "StepRow"], "problem"]);
      assert.match(tree.message(), /no, \*\*\*/);
    });
  });
});
