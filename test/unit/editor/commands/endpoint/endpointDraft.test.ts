import assert from "node:assert/strict";
import {
  draftOf,
  enterBaseUrl,
  environmentsFor,
  lacksDiallerPath,
  settingOf,
} from "../../../../../src/editor/commands/endpoint/endpointDraft";

describe("the draft of an endpoint", () => {
  it("holds what the settings hold, counts as production without an environment, and never has a token", () => {
    assert.deepEqual(draftOf("main", { baseUrl: "https://h/rest/v1.0/7", caFile: "/ca.pem", token: "x" }), {
      name: "main",
      baseUrl: "https://h/rest/v1.0/7",
      environment: "production",
      token: "",
      caFile: "/ca.pem",
    });
    assert.deepEqual(draftOf("odd", { baseUrl: 7, environment: "live" }).environment, "production");
  });

  it("drops the typed token when the base URL becomes another one, also by its port or client number", () => {
    const first = "https://h/rest/v1.0/7";
    for (const [typed, left] of [
      [first, "secret"],
      [" HTTPS://H:443/rest/v1.0/7/ ", "secret"],
      ["https://h:8443/rest/v1.0/7", ""],
      ["https://h/rest/v1.0/8", ""],
      ["https://other/rest/v1.0/7", ""],
      ["https://", ""],
    ] as const) {
      const draft = { ...draftOf("main", { baseUrl: first }), token: "secret" };
      enterBaseUrl(draft, typed);
      assert.deepEqual([draft.baseUrl, draft.token], [typed, left]);
      // Going back to the first base URL does not bring it back.
      enterBaseUrl(draft, first);
      assert.equal(draft.token, left);
    }
  });

  it("leaves what is not asked about as it is written, also what means nothing", () => {
    const written = { baseUrl: "https://old/rest/v1.0/7", readOnly: true, caFile: "/ca.pem", note: "mine" };
    const draft = { ...draftOf("main", written), baseUrl: " HTTPS://new/rest/v1.0/8 ", token: "secret" };
    assert.deepEqual(settingOf(draft, written), {
      baseUrl: "https://new/rest/v1.0/8/",
      environment: "production",
      readOnly: true,
      caFile: "/ca.pem",
      note: "mine",
    });
  });

  it("allows http only where it leaves the computer", () => {
    const draft = draftOf("a", { environment: "test" });
    assert.equal(settingOf({ ...draft, baseUrl: "http://h/rest/v1.0/7" }).allowHttp, true);
    assert.equal("allowHttp" in settingOf({ ...draft, baseUrl: "http://127.0.0.1:1/rest/v1.0/7" }), false);
    assert.equal("allowHttp" in settingOf({ ...draft, baseUrl: "https://h/rest/v1.0/7" }), false);
  });

  it("doubts an address without the path of a dialler", () => {
    for (const url of ["https://h/rest/v1.0/7", "https://h/rest/v1.0/7/", "https://h/proxy/rest/v1.0/12"])
      assert.equal(lacksDiallerPath(url), false, url);
    for (const url of [
      "https://h",
      "https://h/rest/v1.0",
      "https://h/rest/v1.0/x",
      "https://h/rest/v1.0/7/8",
    ])
      assert.equal(lacksDiallerPath(url), true, url);
  });

  it("preselects development for a loopback address, what was chosen before, else production", () => {
    assert.deepEqual(environmentsFor("https://h/rest/v1.0/7"), ["production", "test", "development"]);
    assert.deepEqual(environmentsFor("http://127.0.0.1:1/rest/v1.0/7")[0], "development");
    assert.deepEqual(environmentsFor("http://127.0.0.1:1/rest/v1.0/7", "test")[0], "test");
    assert.deepEqual(environmentsFor("https://h/rest/v1.0/7", "test")[0], "test");
    // Plain http is never production, also when it was chosen before.
    assert.deepEqual(environmentsFor("http://h/rest/v1.0/7", "production"), ["test", "development"]);
  });
});
