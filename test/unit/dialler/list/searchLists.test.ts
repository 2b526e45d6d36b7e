import assert from "node:assert/strict";
import { findLoaded } from "../../../../src/dialler/list/searchLists";
import { campaignRow, dialler, start, stopWhatWasStarted, store } from "../../../support/dialler/openedStore";

const never = new AbortController().signal;
const contacts = [
  { ID: 1, Name: "Berg", UserData: "twice", PhoneNumber1: "+49 431/555-0117" },
  { ID: 2, Name: "Bergmann", UserData: "11", Email: "b@example.com" },
  { ID: 3, Name: "Clas", Company: "Berg AG", UserData: "TWICE" },
  { ID: 11, Name: "Eder", UserData: "twice", DiallerCampaignsID: 72 },
  { ID: 12, Name: "Dorn", UserData: "Berg", DiallerCampaignsID: 72 },
];

describe("findLoaded", function () {
  this.timeout(10_000);
  stopWhatWasStarted();

  const found = async (text: string, most = 20) => {
    const matches = await findLoaded(store.state, text, never, most);
    const ids = (list: readonly { readonly id: number | undefined }[] = []) => list.map(({ id }) => id);
    return { exact: ids(matches?.exact), matching: ids(matches?.matching), more: matches?.more };
  };

  it("finds an ID and a UserData exactly before all others, in every loaded campaign", async () => {
    await start("campaign", contacts);
    await store.load();
    await store.loadAll();
    assert.deepEqual((await found("11")).exact, [11, 2]);
    assert.deepEqual(await found("twice"), { exact: [1, 11], matching: [3], more: false });
    assert.deepEqual(await found("Berg"), { exact: [12], matching: [1, 2, 3], more: false });
  });

  it("finds by number, e-mail address and several words", async () => {
    await start("none", contacts);
    await store.load();
    assert.deepEqual((await found("0431 5550117")).matching, [1]);
    assert.deepEqual((await found("b@example")).matching, [2]);
    assert.deepEqual((await found("ag CLAS")).matching, [3]);
    assert.deepEqual(await found("nobody"), { exact: [], matching: [], more: false });
    assert.deepEqual(await found("  "), { exact: [], matching: [], more: false });
  });

  it("stops at the most that may be offered, and says that there are more", async () => {
    await start("none", contacts);
    await store.load();
    assert.deepEqual(await found("berg", 2), { exact: [], matching: [1, 2], more: true });
    assert.deepEqual(await found("Berg", 3), { exact: [12], matching: [1, 2, 3], more: false });
  });

  it("searches only what is loaded, and requests nothing", async () => {
    await start("campaign", contacts);
    await store.load();
    await store.loadCampaign(campaignRow(71));
    const before = dialler.heard.length;
    assert.deepEqual((await found("twice")).exact, [1]);
    assert.equal(dialler.heard.length, before);
  });

  it("gives nothing when it was cancelled", async () => {
    await start("none", contacts);
    await store.load();
    assert.equal(await findLoaded(store.state, "berg", AbortSignal.abort(), 20), undefined);
  });
});
