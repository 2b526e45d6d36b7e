import assert from "node:assert/strict";
import fc from "fast-check";
import { exportName, notImportedName } from "../../../../src/dialler/transfer/exportName";

const at = new Date(2026, 0, 5, 7, 3);

describe("the name proposed for an export", () => {
  it("names the endpoint, the local time and the format", () => {
    assert.equal(exportName("test", "spreadsheet", at), "contacts-test-2026-01-05-0703.csv");
    assert.equal(exportName("test", "raw", at), "contacts-test-2026-01-05-0703-raw.csv");
    assert.equal(exportName("test", "json", at), "contacts-test-2026-01-05-0703.json");
    assert.equal(notImportedName(at), "rows-not-imported-2026-01-05-0703.csv");
  });

  it("is a name that every file system takes, whatever the endpoint is called", () => {
    assert.equal(exportName("../Büro: 1?", "json", at), "contacts-Büro-1-2026-01-05-0703.json");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (endpoint) => {
        const name = exportName(endpoint, "raw", at);
        assert.match(name, /^contacts(-[\p{L}\p{M}\p{N}_-]{1,80})?-2026-01-05-0703-raw\.csv$/u);
        assert.ok(Buffer.byteLength(name) < 255);
      }),
    );
  });
});
