import assert from "node:assert/strict";
import { isUserDataShared } from "../../../../../src/dialler/list/contactsState";
import { LoneRows } from "../../../../../src/editor/view/list/loneRows";
import {
  campaignRow,
  listOf,
  rowOf,
  start,
  stopWhatWasStarted,
  store,
} from "../../../../support/dialler/openedStore";

describe("LoneRows", () => {
  stopWhatWasStarted();

  it("finds the rows to draw again when another campaign brings their UserData", async () => {
    await start("campaign", [
      { ID: 1, UserData: "TWICE" },
      { ID: 2, UserData: "ONCE" },
      { ID: 11, UserData: "TWICE", DiallerCampaignsID: 72 },
    ]);
    await store.load();
    await store.loadCampaign(campaignRow(71));
    assert.equal(isUserDataShared(store.state, "TWICE"), false);
    const lone = new LoneRows();
    lone.note(rowOf(1), "TWICE", false);
    lone.note(rowOf(2), "ONCE", false);
    assert.deepEqual(lone.joinedBy(listOf(71)), []);
    await store.loadCampaign(campaignRow(72));
    assert.equal(isUserDataShared(store.state, "TWICE"), true);
    assert.equal(isUserDataShared(store.state, "ONCE"), false);
    assert.deepEqual(lone.joinedBy(listOf(72)), [rowOf(1)]);
    lone.note(rowOf(1), "TWICE", true);
    assert.deepEqual(lone.joinedBy(listOf(72)), []);
  });
});
