import assert from "node:assert/strict";
import { serverOf } from "../../../../src/dialler/journal/runServer";
import { numbered, planOf } from "../../../support/dialler/journals";

describe("serverOf", () => {
  const owner = { pid: 5, startedAt: 1000 };
  const baseUrl = "https://dialler.example.com/rest/v1.0/7/";
  const plan = planOf(numbered(1), { baseUrl, owner, endpoint: "production" });
  const here = { baseUrl, demo: false, owner };

  it("is the same for exactly the base URL, whatever the endpoint is called and whoever began the run", () => {
    assert.equal(serverOf(plan, here), "same");
    assert.equal(serverOf({ ...plan, endpoint: "renamed" }, here), "same");
    assert.equal(serverOf(plan, { ...here, owner: { pid: 6, startedAt: 1 } }), "same");
  });

  it("is another one for every other base URL, also below an endpoint of the same name", () => {
    for (const other of [
      "https://dialler.example.com/rest/v1.0/8/",
      "https://dialler.example.com:8443/rest/v1.0/7/",
      "http://dialler.example.com/rest/v1.0/7/",
      "https://dialler.example.com/rest/v1.0/7",
      "https://dialler.example.com/rest/v1.0/77/",
      "",
    ]) {
      assert.equal(serverOf(plan, { ...here, baseUrl: other }), "other", other);
    }
  });

  it("takes the demo dialler of another session for gone, also below the same address", () => {
    const demo = { ...plan, demo: true };
    const toDemo = { ...here, demo: true };
    assert.equal(serverOf(demo, toDemo), "same");
    assert.equal(serverOf(demo, { ...toDemo, baseUrl: "http://127.0.0.1:2/rest/v1.0/7/" }), "other");
    for (const later of [
      { pid: 5, startedAt: 1001 },
      { pid: 6, startedAt: 1000 },
    ]) {
      assert.equal(serverOf(demo, { ...toDemo, owner: later }), "earlierDemo");
      assert.equal(serverOf(demo, { ...here, owner: later }), "earlierDemo");
    }
  });

  it("never takes a demo dialler for a server that had its address before, or the other way round", () => {
    assert.equal(serverOf(plan, { ...here, demo: true }), "other");
    assert.equal(serverOf({ ...plan, demo: true }, here), "other");
  });
});
