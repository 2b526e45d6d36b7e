import assert from "node:assert/strict";
import {
  documentAddress,
  documentKeyOf,
  type DocumentKind,
} from "../../../../../src/editor/view/document/documentKey";

const key = { endpoint: "Demo", baseUrl: "https://h/rest/v1.0/7/", id: 40516 };
const kinds: readonly DocumentKind[] = ["record", "history", "rawHistory"];

describe("documentAddress", () => {
  it("labels a tab with ID and endpoint", () => {
    assert.deepEqual(
      kinds.map((kind) => documentAddress(key, kind).path.split("/").at(-1)),
      ["40516 (Demo).json", "40516 (Demo) history.txt", "40516 (Demo) history.json"],
    );
  });

  it("is read back as what it was made for, whatever the endpoint is called", () => {
    for (const kind of kinds)
      for (const endpoint of ["Demo", "my) (own).json", "a/b\\c?d#e%f", "40101 (x) history", "ß 漢字"]) {
        const read = documentKeyOf(documentAddress({ ...key, endpoint }, kind));
        assert.deepEqual(
          [read?.key.id, read?.key.baseUrl, read?.kind],
          [key.id, key.baseUrl, kind],
          endpoint,
        );
        assert.deepEqual(
          documentAddress(read?.key ?? key, kind),
          documentAddress({ ...key, endpoint }, kind),
        );
      }
  });

  it("takes no other document for a contact", () => {
    const scheme = "dialler-contact";
    for (const path of [
      "/Preview.txt",
      "/40101",
      "/Demo/0 (Demo).json",
      "/Demo/40101.json",
      "/Demo/1 (x).md",
    ])
      assert.equal(documentKeyOf({ scheme, path, query: "1" }), undefined, path);
    assert.equal(documentKeyOf({ ...documentAddress(key, "record"), scheme: "file" }), undefined);
  });
});
