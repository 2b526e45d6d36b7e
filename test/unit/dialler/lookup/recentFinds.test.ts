import assert from "node:assert/strict";
import { findKeysOf, RecentFinds } from "../../../../src/dialler/lookup/recentFinds";

const here = "https://here.example/rest/v1.0/7/";

describe("findKeysOf", () => {
  it("takes digits for an ID and for a UserData, the ID first", () => {
    assert.deepEqual(findKeysOf("40101"), [
      { kind: "id", id: 40101 },
      { kind: "userData", userData: "40101" },
    ]);
  });

  it("takes anything else for a UserData, exactly as it is typed", () => {
    for (const userData of ["CRM-1", " 007 ", "0", "40101x", "9007199254740993"])
      assert.deepEqual(findKeysOf(userData), [{ kind: "userData", userData }]);
  });

  it("looks for nothing where nothing may be sent", () => {
    for (const text of ["", "  ", "\t", "\ud800"]) assert.deepEqual(findKeysOf(text), []);
  });
});

describe("RecentFinds", () => {
  const find = (id: number, baseUrl = here) =>
    ({ baseUrl, key: { kind: "id", id }, label: `#${id}` }) as const;
  const idsOn = (finds: RecentFinds, baseUrl = here) =>
    finds.on(baseUrl).map(({ key }) => (key.kind === "id" ? key.id : key.userData));

  it("keeps the twenty newest, newest first, each once", () => {
    const finds = new RecentFinds();
    for (let id = 1; id <= 25; id++) finds.add(find(id));
    finds.add(find(10));
    const ids = idsOn(finds);
    assert.equal(ids.length, 20);
    assert.deepEqual(ids.slice(0, 3), [10, 25, 24]);
    assert.equal(new Set(ids).size, 20);
  });

  it("tells an ID from a UserData of the same digits", () => {
    const finds = new RecentFinds();
    finds.add(find(7));
    finds.add({ baseUrl: here, key: { kind: "userData", userData: "7" }, label: "x" });
    assert.deepEqual(idsOn(finds), ["7", 7]);
  });

  it("offers nothing that was found on another server", () => {
    const finds = new RecentFinds();
    finds.add(find(7, "https://there.example/rest/v1.0/7/"));
    assert.deepEqual(idsOn(finds), []);
  });
});
