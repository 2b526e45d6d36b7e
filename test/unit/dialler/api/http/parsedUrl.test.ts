import assert from "node:assert/strict";
import { parsedUrl } from "../../../../../src/dialler/api/http/parsedUrl";

describe("parsedUrl", () => {
  it("knows a URL with letters beyond ASCII, however often it was asked before", () => {
    for (let time = 0; time < 20_000; time++) assert.ok(parsedUrl("https://example.com/a"));
    assert.equal(parsedUrl("https://www.bänk.example/")?.host, "www.xn--bnk-qla.example");
  });

  it("is undefined for what is none", () => {
    for (const text of ["", "x", "//h/a", "https://"]) assert.equal(parsedUrl(text), undefined);
    assert.equal(parsedUrl("/a", "https://h/")?.href, "https://h/a");
  });
});
